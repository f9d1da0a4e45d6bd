"""Load balancers of both families, ordinary and application ones: one kind of resource."""
