"""The operations of the limits on traffic through gateways."""
