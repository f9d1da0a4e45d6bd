"""VPN gateways: where tunnels and SSL clients reach a VPC."""
