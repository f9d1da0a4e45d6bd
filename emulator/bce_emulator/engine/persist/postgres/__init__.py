"""Accounts in PostgreSQL, served by whichever of several replicas holds its lock."""
