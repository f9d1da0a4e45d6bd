"""Unban records: addresses that were banned for a while because of attacks."""
