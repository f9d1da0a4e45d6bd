"""Basic protection against DDoS."""
