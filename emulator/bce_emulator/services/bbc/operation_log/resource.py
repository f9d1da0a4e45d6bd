"""One thing that was done to a server. https://cloud.baidu.com/doc/BBC/s/cjwvxubls"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource

MAX_ENTRIES = 1_000
"""How many entries a region keeps: the latest."""


@dataclass(slots=True, kw_only=True, eq=False)
class ServerOperation(Resource):
    """An entry of the log: an operation, and the id of what it was done to."""

    prefix: ClassVar[str] = "log"

    operation: str
    subject: str


def note(account: AccountRegion, operation: str, *subjects: str) -> None:
    """Note what was done to servers or images; the oldest entries go where there would be too many."""
    for subject in subjects:
        if len(account.collection(ServerOperation)) >= MAX_ENTRIES:
            account.remove(next(iter(account.all(ServerOperation))))
        account.add(ServerOperation(id=account.new_id(ServerOperation), operation=operation, subject=subject))
