"""Clusters of EIPs."""
