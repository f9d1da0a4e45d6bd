"""How a JSON value differs from what was expected of it: members that are missing or have another value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from bce_emulator.engine.observe.redaction import MASK, is_secret, masked_json
from bce_emulator.engine.observe.unknown_fields import nearest

MAX_MISMATCHES = 20
DEEPEST = 32

Mismatch = dict[str, Any]


def mismatches(expected: Any, seen: Any) -> list[Mismatch]:
    """What is expected and not there; an object may have more members than expected, a list must be as long."""
    return list(islice(_mismatches(expected, seen, ""), MAX_MISMATCHES))


def depth(value: Any) -> int:
    """How deep a JSON value is nested, counted no further than one beyond the deepest that is compared."""
    level, deep = [value], 0
    while level and deep <= DEEPEST:
        deep += 1
        nested = [each for each in level if isinstance(each, (dict, list))]
        level = [inner for each in nested for inner in (each.values() if isinstance(each, dict) else each)]
    return deep


def _mismatches(expected: Any, seen: Any, path: str) -> Iterator[Mismatch]:
    if isinstance(expected, dict) and isinstance(seen, dict):
        for name, value in expected.items():
            inner = f"{path}.{name}" if path else name
            if name in seen:
                yield from _mismatches(value, seen[name], inner)
            else:
                yield _mismatch(inner, value) | _spelled(name, seen)
    elif isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
        for index, pair in enumerate(zip(expected, seen, strict=True)):
            yield from _mismatches(*pair, f"{path}.{index}")
    elif not _equal(expected, seen):
        yield _mismatch(path, expected) | {"seen": _rendered(path, seen)}


def _equal(expected: Any, seen: Any) -> bool:
    if isinstance(expected, bool) or isinstance(seen, bool):
        return expected is seen
    return bool(expected == seen)


def _mismatch(path: str, expected: Any) -> Mismatch:
    return {"member": path, "expected": _rendered(path, expected)}


def _spelled(name: str, seen: dict[str, Any]) -> Mismatch:
    near = nearest(name, list(seen))
    return {"missing": True} | ({"nearest": near} if near else {})


def _rendered(path: str, value: Any) -> Any:
    return MASK if any(is_secret(part) for part in path.split(".")) else masked_json(value)
