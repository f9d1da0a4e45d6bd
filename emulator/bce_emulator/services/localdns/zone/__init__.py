"""Private zones, and the VPCs in which they are resolved."""
