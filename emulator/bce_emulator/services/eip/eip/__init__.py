"""The EIP operations."""
