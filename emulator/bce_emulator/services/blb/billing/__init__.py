"""How load balancers of both families are paid for."""
