"""Maintenance events: what the cloud wants to repair of instances, and what its user allows."""
