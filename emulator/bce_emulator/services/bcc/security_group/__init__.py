"""The security group operations."""
