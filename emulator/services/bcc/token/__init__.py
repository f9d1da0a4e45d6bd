"""The client token operation."""
