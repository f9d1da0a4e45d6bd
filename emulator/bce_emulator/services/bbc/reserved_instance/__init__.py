"""Reserved instances, as far as bare metal has calls about them."""
