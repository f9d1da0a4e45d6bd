"""What is different between two documents of an account, for a reader."""

from __future__ import annotations

import json
from typing import Any

from bce_emulator.engine.http.request import Json

ABSENT = "(absent)"


def state_diff(before: Json, after: Json) -> Json:
    """Which resources were added and removed, which facts have changed, and all of it again in lines to read."""
    added: list[Json] = []
    removed: list[Json] = []
    changed: list[Json] = []
    olds, news = _resources(before), _resources(after)
    for key in [*olds, *(key for key in news if key not in olds)]:
        named = dict(zip(("region", "kind", "id"), key, strict=True))
        if key not in news:
            removed.append(named)
        elif key not in olds:
            added.append(named)
        elif members := changes(olds[key], news[key]):
            changed.append(named | {"members": members})
    common = {
        name: members
        for name in ("clock", "facts", "seconds")
        if (members := changes(before.get(name) or {}, after.get(name) or {}))
    }
    found = {"added": added, "removed": removed, "changed": changed, **common}
    return {"same": not (added or removed or changed or common), **found, "lines": _lines(found)}


def changes(before: Json, after: Json) -> dict[str, Json]:
    """The members that differ, each with what it was and what it is."""
    return {
        name: {"before": before.get(name, ABSENT), "after": after.get(name, ABSENT)}
        for name in [*before, *(name for name in after if name not in before)]
        if before.get(name, ABSENT) != after.get(name, ABSENT)
    }


def _resources(document: Json) -> dict[tuple[str, str, str], Json]:
    return {
        (region, kind, facts["id"]): facts
        for region, content in document["regions"].items()
        for kind, collection in content.get("kinds", {}).items()
        for facts in collection.get("kept", ())
    }


def _lines(found: Json) -> list[str]:
    lines = [f"+ {_name(each)}" for each in found["added"]] + [f"- {_name(each)}" for each in found["removed"]]
    for each in found["changed"]:
        lines += [f"~ {_name(each)} {line}" for line in _member_lines(each["members"])]
    for name in ("clock", "facts", "seconds"):
        lines += [f"~ {name} {line}" for line in _member_lines(found.get(name, {}))]
    return lines


def _name(each: Json) -> str:
    return f"{each['region']} {each['kind']} {each['id']}"


def _member_lines(members: Json) -> list[str]:
    return [f"{name}: {_text(value['before'])} -> {_text(value['after'])}" for name, value in members.items()]


def _text(value: Any) -> str:
    return value if value == ABSENT else json.dumps(value, ensure_ascii=False)
