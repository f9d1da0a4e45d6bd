"""The volume operations."""
