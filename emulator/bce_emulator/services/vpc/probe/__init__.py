"""The operations of probes."""
