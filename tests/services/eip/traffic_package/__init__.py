"""Traffic packages."""
