"""The operations of NAT gateways."""
