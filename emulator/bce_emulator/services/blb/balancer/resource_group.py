"""What Resource Manager calls this kind."""

from __future__ import annotations

from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.shared.resource_groups import grouped

grouped("BLB", LoadBalancer)
