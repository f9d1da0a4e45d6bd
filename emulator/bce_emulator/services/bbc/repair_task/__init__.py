"""Repairs of servers, which the cloud reports and users allow and check."""
