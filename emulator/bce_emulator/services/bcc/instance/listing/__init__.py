"""Looking at instances."""
