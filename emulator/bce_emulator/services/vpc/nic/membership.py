"""Network interfaces are in security groups, and clients ask for those of an instance."""

from __future__ import annotations

from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.membership import is_in_security_groups

is_in_security_groups(Nic, instance_field="device_id")
