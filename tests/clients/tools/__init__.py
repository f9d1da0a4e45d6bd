"""How packages of each language are installed, pinned, into the cache."""
