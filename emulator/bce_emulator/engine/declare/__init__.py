"""What an operation declares: its routes, what may be asked, how it can fail."""
