"""The operations of reserved ranges of subnets."""
