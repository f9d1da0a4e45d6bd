"""Service cards have addresses of their subnets, and are in security groups."""

from __future__ import annotations

from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.endpoint.resource import Snic
from bce_emulator.services.vpc.security_group.membership import is_in_security_groups

holds_addresses(Snic, ipv4=("ip_address",), product=lambda _snic: "snic")
is_in_security_groups(Snic)
