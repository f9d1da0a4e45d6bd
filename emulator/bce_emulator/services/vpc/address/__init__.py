"""Addresses: the private ones of subnets, and what can carry a public one."""
