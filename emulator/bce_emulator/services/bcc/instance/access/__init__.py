"""How one gets into an instance: passwords, and what a login is made of."""
