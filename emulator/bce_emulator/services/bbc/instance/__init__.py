"""Bare metal instances."""
