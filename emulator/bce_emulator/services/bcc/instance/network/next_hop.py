"""Routes can lead to instances."""

from __future__ import annotations

from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("custom", Instance, vpc_of=lambda account, instance: nic_of(account, instance).vpc_id, outlived=True)
