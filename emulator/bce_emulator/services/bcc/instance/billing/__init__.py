"""How an instance is paid for, and what happens when that ends."""
