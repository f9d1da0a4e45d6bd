"""The keypair operations."""
