"""The image operations."""
