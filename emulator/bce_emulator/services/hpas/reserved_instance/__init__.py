"""Reserved instances."""
