"""Plays recorded requests against a fresh account of an emulator in this process, at the times that they were sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.fidelity.exchange import Recorded
from bce_emulator.fidelity.names import Names
from bce_emulator.services.shared.password import encrypt
from bce_emulator.settings import DEFAULT_SECRET_KEY, Settings

ACCOUNT = "compare"
PASSWORD, WEAK = re.compile(r"Recorded-password-[0-9]+"), re.compile(r"Recorded-weak-[0-9]+")
SAFE = "-_.~/:"


class Player:
    """An emulator whose wall clock stands at the time of the exchange that is played."""

    def __init__(self, start: float) -> None:
        self.now = start
        settings = Settings(pace="realistic", auth="off", control="off", forget_idle="never")
        self.emulator = Emulator(settings.changed(credentials=f"{ACCOUNT}:{DEFAULT_SECRET_KEY}"), wall=lambda: self.now)

    def region(self, region: str) -> AccountRegion:
        """The account in a region."""
        return self.emulator.accounts.open(ACCOUNT).in_region(region)

    def resources(self) -> Iterator[tuple[AccountRegion, Resource]]:
        """Everything the account has."""
        for account in self.emulator.accounts.open(ACCOUNT).opened_regions():
            for collection in list(account.collections.values()):
                for resource in list(collection):
                    yield account, resource

    def find(self, resource_id: str) -> tuple[AccountRegion, Resource] | None:
        """The resource with an id, of any kind."""
        for account in self.emulator.accounts.open(ACCOUNT).opened_regions():
            for collection in account.collections.values():
                if resource_id in collection.by_id:
                    return account, collection.by_id[resource_id]
        return None

    def named(self, name: str) -> tuple[AccountRegion, Resource] | None:
        """The resource with an id, or another name that is as good, such as the address of an EIP."""
        for account in self.emulator.accounts.open(ACCOUNT).opened_regions():
            for kind in list(account.collections):
                for field in kind.other_ids:
                    if (found := account.find_by(kind, field, name)) is not None:
                        return account, found
        return self.find(name)

    def move(self, moment: float, seen: Callable[[], None]) -> None:
        """Make it this time; what is due on the way happens at its own moment, and ``seen`` is told of each."""
        clock = self.emulator.accounts.open(ACCOUNT).clock
        while (due := min((each.moment for each in clock.unordered() if each.is_live()), default=moment)) < moment:
            self.now = max(self.now, due)
            clock.run_due()
            seen()
        self.now = max(self.now, moment)
        clock.run_due()
        seen()

    async def play(self, recorded: Recorded, names: Names) -> tuple[int, Any]:
        """Status and answer of a recorded request, in which the cloud's names are those of the emulator."""
        body = b"" if recorded.request is None else self._body(recorded.request, names)
        query = "&".join(f"{_quoted(key)}={_quoted(names.here(value))}" for key, value in recorded.query)
        headers = [(b"host", recorded.host.encode()), (b"content-type", b"application/json")]
        scope = {
            "type": "http",
            "method": recorded.method,
            "raw_path": _quoted("/".join(map(names.here, recorded.path.split("/")))).encode(),
            "query_string": query.encode(),
            "headers": [*headers, (b"content-length", b"%d" % len(body))],
        }
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.emulator.dispatcher(scope, receive, send)
        return sent[0]["status"], json.loads(sent[1]["body"])

    def _body(self, value: Any, names: Names) -> bytes:
        return (
            value.encode("utf-8", "replace")
            if isinstance(value, str)
            else json.dumps(self.translated(value, names)).encode()
        )

    def translated(self, value: Any, names: Names) -> Any:
        """A value of the cloud with the emulator's names, and with passwords as good as they were."""
        if isinstance(value, dict):
            return {name: self.translated(inner, names) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.translated(each, names) for each in value]
        if not isinstance(value, str):
            return value
        if PASSWORD.fullmatch(value):
            return encrypt(value.replace("-password", ""), DEFAULT_SECRET_KEY)
        if WEAK.fullmatch(value):
            return encrypt("weak", DEFAULT_SECRET_KEY)
        return names.here(value)


def _quoted(text: str) -> str:
    return quote(text, safe=SAFE, errors="replace")
