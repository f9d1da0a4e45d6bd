"""An account as rows: its resources and client tokens one by one, and what is common to it or to one of its regions."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterable
from typing import Any

import orjson

from bce_emulator.engine.account.accounts import Account, Accounts, Credentials
from bce_emulator.engine.persist.document import document_of
from bce_emulator.engine.persist.json_split import GivenParts, Path
from bce_emulator.engine.persist.rows import COMMON, CREDENTIALS, NUMBERS, TOKEN, Key, Rows, StoreError
from bce_emulator.engine.persist.state_schema import FORMAT, DocumentError
from bce_emulator.engine.persist.state_snapshot import build, export_common
from bce_emulator.engine.steps import Steps, in_order


def restore(
    accounts: Accounts, name: str, rows: Iterable[tuple[Key, bytes]], regions: abc.Collection[str], source: Rows
) -> Steps[tuple[Account, list[Key]]]:
    """The account that these rows are of, and rows to be removed; or the error that says why they do not fit.

    An order that did not come to its end has left rows with later serials than their collection has had, or in a
    region without a row ``NUMBERS``.
    """
    content: dict[str, Any] = {"regions": {}}
    tokens: dict[Path, list[bytes]] = {}
    kept: dict[Path, list[tuple[int, bytes]]] = {}
    generation = ""
    for key, text in rows:
        generation = key[0]
        _enter(content, tokens, kept, key, text)
        yield
    if "clock" not in content:
        raise StoreError(f"{source.name} is damaged (account {name!r} is not whole); {source.left}")
    blank = accounts.blank(name)
    at = content["clock"].pop("at", 0.0)
    content["clock"]["now"] = at if content["clock"]["frozen"] else blank.clock.now() + at
    regions_kept = content["regions"]
    content["regions"] = {region: each for region, each in regions_kept.items() if "numbers" in each}
    parts = GivenParts(b"", orjson.dumps({"format": FORMAT, "account": name} | content))
    parts.given = tokens
    unfinished: list[Key] = []
    for path, each in kept.items():
        _, region, _, kind, _ = map(str, path)
        last = regions_kept[region]["kinds"][kind]["serial"]
        late = [text for serial, text in each if serial > last]
        unfinished += [(generation, region, kind, orjson.loads(text)["id"]) for text in late]
        yield
        if region in content["regions"]:
            parts.given[path] = yield from in_order([of for of in each if of[0] <= last] if late else each)
    try:
        document = yield from document_of(parts, regions)
    except DocumentError as error:
        raise StoreError(f"{source.name}, account {name}: {error}; {source.left}") from None
    if not document.clock.frozen:
        document.clock.now = blank.clock.now() + at  # time has gone on meanwhile
    account = yield from build(accounts, name, document)
    for opened in account.regions.values():
        opened.tokens.touched = {}
        for collection in opened.collections.values():
            collection.touched = {}
    return account, unfinished


def common_of(account: Account) -> dict[str, Any]:
    """What a request cannot change; the time is kept as it stands, or as its distance from the wall clock."""
    clock = account.clock
    return export_common(account) | {"clock": {"frozen": clock.frozen, "pace": clock.pace, "at": clock.setting}}


def credentials_text(credentials: Credentials) -> bytes:
    """A pair of keys as JSON."""
    return orjson.dumps({name: getattr(credentials, name) for name in Credentials.__slots__})


def _enter(
    content: dict[str, Any],
    tokens: dict[Path, list[bytes]],
    kept: dict[Path, list[tuple[int, bytes]]],
    key: Key,
    text: bytes,
) -> None:
    """Put a row where the document of its account has it: a token or a resource as its text, the latter by serial."""
    _, region, kind, id_ = key
    if kind == CREDENTIALS:
        return
    if kind == COMMON:
        content.update(orjson.loads(text))
        return
    region_content = content["regions"].setdefault(region, {"kinds": {}})
    if kind == TOKEN:
        tokens.setdefault(("regions", region, "tokens"), []).append(text)
        return
    value = orjson.loads(text)
    if kind == NUMBERS:
        region_content["numbers"] = value["numbers"]
        for name, serial in value["serials"].items():
            _collection(region_content, name)["serial"] = serial
    elif isinstance(value, int):
        _collection(region_content, kind)["gone"][id_] = value
    else:
        _collection(region_content, kind)
        kept.setdefault(("regions", region, "kinds", kind, "kept"), []).append((value["serial"], text))


def _collection(region_content: dict[str, Any], kind: str) -> dict[str, Any]:
    collection: dict[str, Any] = region_content["kinds"].setdefault(kind, {"serial": 0, "gone": {}})
    return collection
