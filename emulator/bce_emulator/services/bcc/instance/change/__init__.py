"""Changing what an instance is."""
