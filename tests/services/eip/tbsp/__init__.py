"""Protection packages."""
