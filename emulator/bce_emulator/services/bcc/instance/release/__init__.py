"""Giving instances back, at once, later, or to the recycle bin."""
