"""The deployset operations."""
