"""Transfers of EIPs."""
