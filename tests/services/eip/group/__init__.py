"""Shared bandwidths."""
