"""Security groups of load balancers, of either kind and family."""
