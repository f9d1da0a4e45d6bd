"""Seeing what happened, and deciding what goes wrong."""
