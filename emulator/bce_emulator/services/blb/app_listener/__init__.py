"""Listeners of application load balancers."""
