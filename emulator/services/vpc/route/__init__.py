"""The route operations."""
