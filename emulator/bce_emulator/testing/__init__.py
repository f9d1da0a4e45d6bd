"""An emulator for tests, in a thread of this process or somewhere else: ``with Emulator() as cloud: …``."""

from __future__ import annotations

from bce_emulator.testing.account import TestAccount
from bce_emulator.testing.server import Emulator, Server

__all__ = ["Emulator", "Server", "TestAccount"]
