"""Flavors, their RAIDs, stock and prices."""
