"""Basic protection against DDoS: every EIP has it."""
