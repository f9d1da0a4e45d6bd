"""The zone operations."""
