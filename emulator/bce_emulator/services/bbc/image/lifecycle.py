"""What an image goes through: so far there are only the system images, which are available."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import Lifecycle, permit
from bce_emulator.engine.errors import OperationDenied

AVAILABLE = "Available"
STATES = (AVAILABLE, "Creating", "CreateFailed", "NotAvailable", "Error")

LIFECYCLE = Lifecycle(permissions=(permit("use", (AVAILABLE,), OperationDenied),), states=STATES)
