"""Shared bandwidths (EIP groups): several EIPs that share one bandwidth."""
