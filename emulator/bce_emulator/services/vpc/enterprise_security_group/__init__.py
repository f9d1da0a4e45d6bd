"""The enterprise security group operations."""
