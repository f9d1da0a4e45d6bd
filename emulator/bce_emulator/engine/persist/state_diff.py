"""What is different between two documents of an account, for a reader; worked out in small steps."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.http.request import Json
from bce_emulator.engine.persist.document import document_of
from bce_emulator.engine.persist.json_split import Parts
from bce_emulator.engine.persist.snapshot import Snapshot
from bce_emulator.engine.persist.state_snapshot import dump, events_of, fields_of
from bce_emulator.engine.steps import Steps, collected

ABSENT = "(absent)"
COMMON = ("clock", "facts", "seconds")

Place = tuple[str, str]
"""Region and kind."""
Texts = dict[str, bytes]
"""The JSON of each resource, by its id."""


@dataclass
class Contents:
    """A document to be compared: what no resource has, and the resources in each place.

    They are not in one dictionary, as the collector would look at a key for each of them, at many in one go.
    """

    common: Json
    places: dict[Place, Texts]


def contents_of_document(parts: Parts, regions: Collection[str]) -> Steps[Contents]:
    """A document that was taken apart, if it fits."""
    document = yield from document_of(parts, regions)
    lapsed = yield from collected(map(orjson.loads, parts.items(("clock", "lapsed"))))
    common = orjson.loads(parts.rest)
    if lapsed:
        common["clock"]["lapsed"] = lapsed
    places: dict[Place, Texts] = {}
    for region, content in document.regions.items():
        for kind, kept in content.kinds.items():
            read, kept.kept = deque(kept.kept), ()
            texts = places[region, kind] = {}
            for text in parts.items(("regions", region, "kinds", kind, "kept")):
                texts[read.popleft().id] = text  # and the memory of the resource is free
                yield
    return Contents(common, places)


def contents_of_account(account: Account) -> Steps[Contents]:
    """What an account has when this begins."""
    with Snapshot(account) as snapshot:
        live: set[int] = set()
        places: dict[Place, Texts] = {}
        for region in snapshot.regions:
            for noted in region.kinds:
                texts = places[region.region, noted.kind.type_key()] = {}
                for resource in map(snapshot.then, noted.resources):
                    text = bytearray(dump(fields_of(resource)))  # which has room to grow
                    texts[resource.id] = bytes(text)
                    live.update(event.number for event in events_of(resource))
                    yield
        clock = snapshot.clock | {"lapsed": snapshot.lapsed(live)}
        return Contents(orjson.loads(dump({"clock": clock} | snapshot.common)), places)


def state_diff(before: Contents, after: Contents) -> Steps[Json]:
    """Which resources were added and removed, which facts have changed, and all of it again in lines to read.

    What was compared is let go of along the way, as to free all of it at once takes long.
    """
    added: list[Json] = []
    removed: list[Json] = []
    changed: list[Json] = []
    for place, olds in before.places.items():
        news = after.places.get(place, {})
        for id_ in list(olds):
            old, new = olds.pop(id_), news.pop(id_, None)
            if new is None:
                removed.append(_named(place, id_))
            elif old != new and (members := changes(orjson.loads(old), orjson.loads(new))):
                changed.append(_named(place, id_) | {"members": members})
            yield
    for place, news in after.places.items():
        for id_ in news:
            added.append(_named(place, id_))
            yield
    common = {
        name: members
        for name in COMMON
        if (members := changes(before.common.get(name) or {}, after.common.get(name) or {}))
    }
    found = {"added": added, "removed": removed, "changed": changed, **common}
    lines = yield from collected(_lines(found))
    return {"same": not (added or removed or changed or common), **found, "lines": lines}


def changes(before: Json, after: Json) -> dict[str, Json]:
    """The members that differ, each with what it was and what it is."""
    return {
        name: {"before": before.get(name, ABSENT), "after": after.get(name, ABSENT)}
        for name in [*before, *(name for name in after if name not in before)]
        if before.get(name, ABSENT) != after.get(name, ABSENT)
    }


def _lines(found: Json) -> Iterator[str]:
    yield from (f"+ {_name(each)}" for each in found["added"])
    yield from (f"- {_name(each)}" for each in found["removed"])
    for each in found["changed"]:
        yield from (f"~ {_name(each)} {line}" for line in _member_lines(each["members"]))
    for name in COMMON:
        yield from (f"~ {name} {line}" for line in _member_lines(found.get(name, {})))


def _named(place: Place, id_: str) -> Json:
    return dict(zip(("region", "kind", "id"), (*place, id_), strict=True))


def _name(each: Json) -> str:
    return f"{each['region']} {each['kind']} {each['id']}"


def _member_lines(members: Json) -> list[str]:
    return [f"{name}: {_text(value['before'])} -> {_text(value['after'])}" for name, value in members.items()]


def _text(value: Any) -> str:
    return value if value == ABSENT else json.dumps(value, ensure_ascii=False)
