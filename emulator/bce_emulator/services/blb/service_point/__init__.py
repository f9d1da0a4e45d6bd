"""Service publishing points: a name by which service cards reach a load balancer."""
