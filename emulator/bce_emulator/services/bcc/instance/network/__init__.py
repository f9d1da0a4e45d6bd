"""Where an instance is in the network: subnet, addresses, security groups."""
