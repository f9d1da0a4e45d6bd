"""Routes can lead to dedicated-line gateways."""

from __future__ import annotations

from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("dcGateway", EtGateway)
