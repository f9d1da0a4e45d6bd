"""SSL VPN: the server of a VPN gateway, and its users."""
