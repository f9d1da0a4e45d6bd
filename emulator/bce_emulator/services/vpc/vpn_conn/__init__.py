"""VPN connections: tunnels between VPN gateways and customer gateways."""
