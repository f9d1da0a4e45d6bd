"""Dedicated clusters (LBDC), which load balancers can be put on."""
