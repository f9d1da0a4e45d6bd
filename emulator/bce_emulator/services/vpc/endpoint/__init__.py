"""Service cards (SNIC): an address in a subnet that leads to a service."""
