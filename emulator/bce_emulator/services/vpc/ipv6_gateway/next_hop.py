"""Routes can lead to IPv6 gateways."""

from __future__ import annotations

from bce_emulator.services.vpc.ipv6_gateway.resource import Ipv6Gateway
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("ipv6gateway", Ipv6Gateway)
