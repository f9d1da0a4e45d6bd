"""Routes can lead to network interfaces."""

from __future__ import annotations

from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("enic", Nic, outlived=True)
