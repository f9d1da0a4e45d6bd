"""HTTP: from the socket to the operation that is asked for, and back."""
