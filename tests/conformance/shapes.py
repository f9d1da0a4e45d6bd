"""Whether an answer has the types that the strictest official client decodes it into."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "map": (dict,),
    "object": (dict,),
    "any": (str, int, float, bool, dict, list, type(None)),
}


@cache
def published() -> dict[str, Any]:
    """Parameters and answers of the published operations, by ``product.Operation``."""
    return json.loads((HERE / "published.json").read_text())


def misfits(shape: Any, value: Any, place: str = "") -> list[str]:
    """Where a value departs from a shape; members that the shape does not know are nobody's business."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{place} is no object: {value!r}"]
        known = {name.lower(): name for name in shape}
        return [
            misfit
            for name, member in value.items()
            if name.lower() in known
            for misfit in misfits(shape[known[name.lower()]], member, f"{place}.{name}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place} is no list: {value!r}"]
        return [misfit for each in value for misfit in misfits(shape[0], each, f"{place}[]")]
    allowed = TYPES.get(shape, TYPES["any"])
    if type(value) in allowed:
        return []
    return [f"{place} is no {shape}: {value!r}"]


def check_answer(product: str, operation: str, body: dict[str, Any]) -> None:
    """Refuse an answer that the official clients could not decode."""
    shape = published().get(f"{product}.{operation}", {}).get("answer")
    if shape:
        found = misfits(shape, body)
        assert not found, f"{operation} answers what clients can not decode: {found[:5]}"
