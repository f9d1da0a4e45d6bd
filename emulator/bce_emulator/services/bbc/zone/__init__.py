"""Regions, as bare metal lists them."""
