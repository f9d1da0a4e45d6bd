"""EIP clusters."""
