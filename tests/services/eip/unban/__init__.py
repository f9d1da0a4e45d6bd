"""Records of banned addresses."""
