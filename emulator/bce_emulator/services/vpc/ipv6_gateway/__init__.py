"""The operations of IPv6 gateways."""
