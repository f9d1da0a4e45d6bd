"""The vpc operations."""
