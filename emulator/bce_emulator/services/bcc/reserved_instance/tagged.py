"""Reserved instances can be tagged by calls of other products too."""

from __future__ import annotations

from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstance
from bce_emulator.services.shared.reserved_instances import has_reserved_instances

has_reserved_instances(ReservedInstance)
