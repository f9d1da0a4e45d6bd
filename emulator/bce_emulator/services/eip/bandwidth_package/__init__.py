"""Bandwidth packages: more bandwidth for an EIP or a shared bandwidth, for a while."""
