"""The automatic snapshot policy operations."""
