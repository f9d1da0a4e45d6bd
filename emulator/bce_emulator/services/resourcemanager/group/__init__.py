"""Resource groups, and what is in them."""
