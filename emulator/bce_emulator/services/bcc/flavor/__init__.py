"""The operations of flavors, prices and stocks."""
