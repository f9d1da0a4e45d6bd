"""Elastic network interfaces: the primary ones of instances, and others."""
