"""Listeners of load balancers of both families."""
