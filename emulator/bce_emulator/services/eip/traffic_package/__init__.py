"""Traffic packages: so many GB paid for ahead, shared by all EIPs that are paid by traffic."""
