"""The task operations."""
