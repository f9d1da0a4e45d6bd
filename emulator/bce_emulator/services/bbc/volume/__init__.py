"""Cloud disks, as bare metal lists them."""
