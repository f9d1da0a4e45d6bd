"""The control API under /_emulator/: ordinary FastAPI routes."""
