"""clientToken: the answer already given, for as long as the cloud remembers it."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from emulator.engine.errors import IdempotentParameterMismatch

LIFETIME = 24 * 3600
REMEMBERED = 10_000


class Remembered(NamedTuple):
    """A token's first request and its answer, and when the token was last received."""

    fingerprint: bytes
    body: bytes
    last_used: float


class Tokens:
    """The client tokens of one account, per operation; the least recently used go when there are too many."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[str, str], Remembered] = OrderedDict()

    def answer(self, operation: str, token: str, fingerprint: bytes, now: float) -> bytes | None:
        """The body already answered to this request, or None if the token is new; another request is refused."""
        key = (operation, token)
        kept = self.kept.get(key)
        if kept is None or now - kept.last_used > LIFETIME:
            return None
        self.kept[key] = kept._replace(last_used=now)
        self.kept.move_to_end(key)
        if kept.fingerprint != fingerprint:
            raise IdempotentParameterMismatch("this clientToken was sent before with another path, query or body")
        return kept.body

    def remember(self, operation: str, token: str, fingerprint: bytes, body: bytes, now: float) -> None:
        """Remember the answer to a request that succeeded."""
        self.kept[(operation, token)] = Remembered(fingerprint, body, now)
        if len(self.kept) > REMEMBERED:
            self.kept.popitem(last=False)
