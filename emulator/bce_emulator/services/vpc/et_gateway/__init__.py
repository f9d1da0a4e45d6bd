"""Dedicated-line gateways: where a line to somebody's own network reaches a VPC."""
