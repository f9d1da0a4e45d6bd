"""The source addresses of probes are addresses of their subnet."""

from __future__ import annotations

from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.probe.resource import Probe

holds_addresses(Probe, ipv4=("source_ips",), product=lambda _probe: "probe")
