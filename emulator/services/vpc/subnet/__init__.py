"""The subnet operations."""
