"""IP groups of application load balancers: addresses, and the protocols they are reached by."""
