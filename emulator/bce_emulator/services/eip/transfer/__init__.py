"""Transfers: EIPs that go from one account to another."""
