"""Customer gateways: the other ends of tunnels."""
