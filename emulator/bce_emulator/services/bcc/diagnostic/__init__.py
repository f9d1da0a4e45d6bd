"""Diagnostics: what a look at an instance finds wrong with it."""
