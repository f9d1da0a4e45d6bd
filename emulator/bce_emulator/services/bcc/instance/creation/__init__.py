"""Making instances."""
