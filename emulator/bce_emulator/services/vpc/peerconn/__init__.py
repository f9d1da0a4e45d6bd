"""Peer connections: two VPCs, of whatever regions and accounts, that reach each other."""
