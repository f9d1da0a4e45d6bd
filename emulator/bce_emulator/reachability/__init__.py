"""Would traffic pass? Worked out from what there is, when somebody asks; nothing is kept for it."""
