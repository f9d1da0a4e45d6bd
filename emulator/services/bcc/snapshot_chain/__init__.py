"""The snapshot chain operations."""
