"""Backend servers of ordinary load balancers."""
