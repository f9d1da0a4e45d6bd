"""What the names in a zone resolve to."""
