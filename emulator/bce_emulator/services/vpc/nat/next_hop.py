"""Routes can lead to NAT gateways."""

from __future__ import annotations

from bce_emulator.services.vpc.nat.resource import Nat
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("nat", Nat)
