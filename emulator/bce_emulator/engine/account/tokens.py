"""clientToken: the answer already given, for as long as the cloud remembers it."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.errors import IdempotentParameterMismatch

LIFETIME = DAY
REMEMBERED = 10_000


class Remembered(NamedTuple):
    """A token's first request and its answer, and when the token was last received."""

    fingerprint: bytes
    body: bytes
    last_used: float


class Tokens:
    """The client tokens of one account in one region, whatever the operation.

    The least recently used go when there are too many.

    ``touched``, where somebody keeps it, gathers what has changed, with None for what has gone.
    """

    def __init__(self) -> None:
        self.kept: OrderedDict[str, Remembered] = OrderedDict()
        self.touched: dict[str, Remembered | None] | None = None

    def response(self, token: str, fingerprint: bytes, now: float) -> bytes | None:
        """The body already answered to this request, or None if the token is new; another request is refused."""
        kept = self.kept.get(token)
        if kept is None or now - kept.last_used > LIFETIME:
            return None
        self._keep(token, kept._replace(last_used=now))
        if kept.fingerprint != fingerprint:
            raise IdempotentParameterMismatch("this clientToken was sent before with another path, query or body")
        return kept.body

    def remember(self, token: str, fingerprint: bytes, body: bytes, now: float) -> None:
        """Remember the answer to a request that succeeded."""
        self._keep(token, Remembered(fingerprint, body, now))
        if len(self.kept) > REMEMBERED:
            gone, _ = self.kept.popitem(last=False)
            if self.touched is not None:
                self.touched[gone] = None

    def _keep(self, token: str, kept: Remembered) -> None:
        self.kept[token] = kept
        self.kept.move_to_end(token)
        if self.touched is not None:
            self.touched[token] = kept
