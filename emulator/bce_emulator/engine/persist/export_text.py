"""The document of an account, worked out in small steps, between which the account goes on."""

from __future__ import annotations

from typing import Any

import orjson

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.persist.snapshot import NotedRegion, Snapshot
from bce_emulator.engine.persist.state_schema import FORMAT
from bce_emulator.engine.persist.state_snapshot import dump, events_of, export_token, fields_of
from bce_emulator.engine.steps import Steps, at_once

PART = 1_000
"""About how many pieces of text make a part of some 500 KB."""


def export_text(account: Account) -> Steps[list[bytes]]:
    """The JSON of what an account has when this begins, in parts."""
    with Snapshot(account) as snapshot:
        live: set[int] = set()
        parts: list[bytes] = [b""]
        text: list[bytes] = []
        for at, region in enumerate(snapshot.regions):
            text += (b"," if at else b"", dump(region.region), b":", dump({"numbers": region.numbers})[:-1])
            yield from _region_text(snapshot, region, text, parts, live)
        common = snapshot.common
        clock = snapshot.clock | {"lapsed": snapshot.lapsed(live)}
        parts[0] = dump({"format": FORMAT, "account": account.name, "clock": clock} | common)[:-1] + b',"regions":{'
        return [*parts, b"".join((*text, b"}}"))]


def export(account: Account) -> dict[str, Any]:
    """Everything an account has, in the form of a ``Document``."""
    document: dict[str, Any] = orjson.loads(b"".join(at_once(export_text(account))))
    return document


def _region_text(
    snapshot: Snapshot, region: NotedRegion, text: list[bytes], parts: list[bytes], live: set[int]
) -> Steps[None]:
    text.append(b',"tokens":[')
    for index, (token, remembered) in enumerate(region.tokens):
        text += (b"," if index else b"", dump(export_token(token, remembered)))
        yield
    text.append(b'],"kinds":{')
    for place, noted in enumerate(region.kinds):
        head = dump({"serial": noted.serial, "gone": noted.gone})[:-1]
        text += (b"," if place else b"", dump(noted.kind.type_key()), b":", head, b',"kept":[')
        for index, resource in enumerate(map(snapshot.then, noted.resources)):
            text += (b"," if index else b"", dump(fields_of(resource)))
            live.update(event.number for event in events_of(resource))
            if len(text) > PART:
                parts.append(b"".join(text))
                text.clear()
            yield
        text.append(b"]}")
    text.append(b"}}")
