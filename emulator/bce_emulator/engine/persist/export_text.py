"""The document of an account worked out in small steps, between which others are served."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.persist.state_schema import FORMAT
from bce_emulator.engine.persist.state_snapshot import (
    dump,
    events_of,
    export,
    export_common,
    export_lapsed,
    export_time,
    export_token,
    fields_of,
)

ATTEMPTS = 2
"""How often a document is worked out in steps before it is worked out at once."""
PART = 1_000
"""About how many pieces of text make a part of some 500 KB."""


def export_text(select: Callable[[], Account]) -> Generator[None, None, list[bytes]]:
    """The JSON of what an account has, in parts, worked out in small steps between which it may change.

    What is not a resource is noted first. If no resource has changed till the end, the document is of that moment; else
    it is begun again, at last without a pause. ``select`` gives the account, which may be another by then.
    """
    for _ in range(ATTEMPTS):
        account = select()
        collections_then = _versions(account)
        text = yield from _text_in_steps(account)
        if _versions(account) == collections_then:
            return text
    return [dump(export(select()))]


def _versions(account: Account) -> list[tuple[Collection[Any], int]]:
    return [(each, each.version) for region in account.opened_regions() for each in region.collections.values()]


def _text_in_steps(account: Account) -> Generator[None, None, list[bytes]]:
    clock = export_time(account.clock)
    due = account.clock.unordered()
    common = {name: dict(value) for name, value in export_common(account).items()}
    regions = [
        (region.region, dict(region.last_numbers), list(region.tokens.kept.items()), _noted(region))
        for region in account.opened_regions()
    ]
    live: set[int] = set()
    parts: list[bytes] = [b""]
    text: list[bytes] = []
    for at, (name, numbers, tokens, kinds) in enumerate(regions):
        text += (b"," if at else b"", dump(name), b":", dump({"numbers": numbers})[:-1], b',"tokens":[')
        for index, (token, remembered) in enumerate(tokens):
            text += (b"," if index else b"", dump(export_token(token, remembered)))
            yield
        text.append(b'],"kinds":{')
        for place, (key, serial, gone, resources) in enumerate(kinds):
            text += (b"," if place else b"", dump(key), b":", dump({"serial": serial, "gone": gone})[:-1], b',"kept":[')
            for index, resource in enumerate(resources):
                text += (b"," if index else b"", dump(fields_of(resource)))
                live.update(event.number for event in events_of(resource))
                if len(text) > PART:
                    parts.append(b"".join(text))
                    text.clear()
                yield
            text.append(b"]}")
        text.append(b"}}")
    head = {"format": FORMAT, "account": account.name, "clock": clock | {"lapsed": export_lapsed(due, live)}} | common
    parts[0] = dump(head)[:-1] + b',"regions":{'
    return [*parts, b"".join((*text, b"}}"))]


def _noted(region: AccountRegion) -> list[tuple[str, int, dict[str, int], list[Resource]]]:
    return [
        (kind.type_key(), collection.last_serial, dict(collection.gone), list(collection))
        for kind, collection in sorted(region.collections.items(), key=lambda item: item[0].type_key())
        if collection.last_serial
    ]
