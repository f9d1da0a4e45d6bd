"""What Resource Manager calls this kind."""

from __future__ import annotations

from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.resource_groups import grouped

grouped("BCC", Instance)
