"""A snapshot that one account shares with another, as both have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class SnapshotShare(Resource):
    """A snapshot of one account that another account may make volumes of."""

    prefix: ClassVar[str] = "s"

    source_id: str
    source_account: str
    account_id: str


def has_shares(account: AccountRegion) -> bool:
    """Whether a snapshot of the account is shared, or one of others with it, so that it may look at those."""
    return bool(account.collections.get(SnapshotShare))
