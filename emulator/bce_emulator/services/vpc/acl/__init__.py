"""The ACL operations."""
