"""What an account owns, and what time does to it."""
