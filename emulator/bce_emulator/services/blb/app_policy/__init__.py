"""Policies of application load balancers: where a listener leads."""
