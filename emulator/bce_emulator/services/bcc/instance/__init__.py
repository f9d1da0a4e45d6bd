"""The instance operations."""
