"""Routes can lead to VPN gateways."""

from __future__ import annotations

from bce_emulator.services.vpc.route.next_hop import is_next_hop
from bce_emulator.services.vpc.vpn.resource import Vpn

is_next_hop("vpn", Vpn)
