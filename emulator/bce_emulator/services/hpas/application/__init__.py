"""Applications that instances can be ordered for."""
