"""The flavor operations."""
