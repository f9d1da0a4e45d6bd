"""The snapshot operations."""
