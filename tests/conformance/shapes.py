"""Whether a response is what is published, what is declared, and what the strictest official client decodes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from inspect import isgeneratorfunction
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.declare.response_types import is_response_type

HERE = Path(__file__).parent
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "date-time": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "any": (str, int, float, bool, dict, list, NoneType),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|")
NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


@cache
def published() -> dict[str, Any]:
    """What is published of every operation, by ``product.Operation``."""
    facts: dict[str, Any] = {}
    for path in (HERE / "published").glob("*.json"):
        facts |= json.loads(path.read_text())
    return facts


def check_response(product: str, operation: str, body: Any) -> None:
    """Refuse a response that the official clients could not decode, or that is not the declared one."""
    name = f"{product}.{operation}"
    shape = published()[name].get("response")
    found = misfits(shape, body) if shape else []
    assert not found, f"{name} answers what clients cannot decode: {found[:5]}"
    declared = declared_response(declarations()[name].function)
    found = strays(declared, body) if is_declared(declared) else []
    assert not found, f"{name} answers what it does not declare: {found[:5]}"


@cache
def declarations() -> dict[str, Operation]:
    """Every declared operation by ``product.Operation``."""
    return {f"{operation.product}.{operation.name}": operation for operation in OPERATIONS.values()}


def misfits(shape: Any, value: Any, place: str = "") -> list[str]:
    """Where a value departs from a shape; members that the shape does not know are nobody's business."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{place} is no object: {value!r}"]
        if is_map(shape):
            return [misfit for name, each in value.items() for misfit in misfits(shape["*"], each, f"{place}.{name}")]
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
    if type(value) not in TYPES[shape] or (shape == "date-time" and not MOMENT.fullmatch(value)):
        return [f"{place} is no {shape}: {value!r}"]
    return []


@cache
def declared_response(function: Callable[..., Any]) -> Any:
    """The type that a function says it returns, be it after some steps."""
    hint = get_type_hints(function, include_extras=True)["return"]
    return get_args(hint)[-1] if isgeneratorfunction(function) else hint


def is_declared(hint: Any) -> bool:
    """Whether a type tells the members of a response, or of what type they all are; None is the empty object."""
    return all(one is NoneType or is_response_type(one) or is_declared_container(one) for one in alternatives(hint))


def is_declared_container(hint: Any) -> bool:
    """Whether a type is a list or a map, and says what of."""
    return get_origin(hint) in {list, dict} and get_args(hint)[-1] is not Any


def left_open(hint: Any, place: str = "") -> list[str]:
    """Where a declared type does not say what is there."""
    found = []
    for one in alternatives(hint):
        if is_response_type(one):
            prefix = f"{place}." if place else ""
            found += [
                each for name, (type_, _) in declared_members(one).items() for each in left_open(type_, prefix + name)
            ]
        elif get_origin(one) in {list, dict}:
            found += left_open(get_args(one)[-1], place + ("[]" if get_origin(one) is list else ".*"))
        elif one not in NAMES and get_origin(one) is not Literal:
            found.append(place or "the whole")
    return found


@cache
def declared_members(hint: Any) -> dict[str, tuple[Any, bool]]:
    """The members of a response type with their types, and whether each is always there."""
    found = {}
    for name, annotation in get_type_hints(hint, include_extras=True).items():
        optional = False
        inner = annotation
        while get_origin(inner) in {NotRequired, Annotated}:
            optional = optional or get_origin(inner) is NotRequired
            inner = get_args(inner)[0]
        found[name] = (inner, not optional)
    return found


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The types that a value of a type may have."""
    origin = get_origin(hint)
    if origin is Annotated:
        return alternatives(get_args(hint)[0])
    if origin in {Union, UnionType}:
        return tuple(one for each in get_args(hint) for one in alternatives(each))
    if isinstance(hint, type) and issubclass(hint, str):
        return (str,)
    return (hint,)


def departures(hint: Any, shape: Any, place: str = "") -> list[str]:
    """Where a declared type departs from the published shape; a shape that nobody publishes is ``{}``.

    Which members are always there and which may be null is not published.
    """
    if hint is NoneType and not place:
        return (
            [f"does not answer {name}" for name in shape] if isinstance(shape, dict) else [f"answers no {spelt(shape)}"]
        )
    found = []
    for one in alternatives(hint):
        if one is not NoneType:
            found += departures_of_one(one, shape, place)
    return found


def departures_of_one(hint: Any, shape: Any, place: str) -> list[str]:
    if shape == "any":
        return []
    if is_response_type(hint) and isinstance(shape, dict):
        return departures_of_object(hint, shape, place)
    if is_response_type(hint) and shape == "object":
        return []
    if get_origin(hint) is list and isinstance(shape, list):
        return departures(get_args(hint)[0], shape[0], f"{place}[]")
    if get_origin(hint) is dict and (shape == "object" or is_map(shape)):
        return departures(get_args(hint)[1], shape["*"], f"{place}.*") if is_map(shape) else []
    if isinstance(shape, str) and fits(hint, shape):
        return []
    return [f"answers {place or 'the whole'} as {described(hint)}, published as {spelt(shape)}"]


def departures_of_object(hint: Any, shape: dict[str, Any], place: str) -> list[str]:
    mine = declared_members(hint)
    prefix = f"{place}." if place else ""
    if is_map(shape):
        return [each for name, (type_, _) in mine.items() for each in departures(type_, shape["*"], prefix + name)]
    found = [f"does not answer {prefix}{name}" for name in shape if name not in mine]
    for name, (type_, _) in mine.items():
        if name in shape:
            found += departures(type_, shape[name], prefix + name)
        else:
            found.append(f"answers {prefix}{name}")
    return found


def fits(hint: Any, shape: str) -> bool:
    """Whether every value of a plain type is one of the published type."""
    if get_origin(hint) is Literal:
        return all(fits(type(value), shape) for value in get_args(hint))
    return hint in TYPES[shape]


def strays(hint: Any, value: Any, place: str = "") -> list[str]:
    """Where a value that was really answered, read from JSON, departs from the declared type."""
    found = [strays_of_one(one, value, place) for one in alternatives(hint)]
    return min(found, key=len)


def strays_of_one(hint: Any, value: Any, place: str) -> list[str]:
    origin = get_origin(hint)
    if hint is Any or (hint is NoneType and not place and value == {}):
        return []
    if is_response_type(hint) and isinstance(value, dict):
        return strays_of_object(hint, value, place)
    if origin is list and isinstance(value, list):
        return [stray for each in value for stray in strays(get_args(hint)[0], each, f"{place}[]")]
    if origin is dict and isinstance(value, dict):
        return [stray for name, each in value.items() for stray in strays(get_args(hint)[1], each, f"{place}.{name}")]
    if origin is Literal and value in get_args(hint):
        return []
    if type(value) is hint or (hint is float and type(value) is int):
        return []
    return [f"{place or 'the whole'} is no {described(hint)}: {value!r}"]


def strays_of_object(hint: Any, value: dict[str, Any], place: str) -> list[str]:
    mine = declared_members(hint)
    prefix = f"{place}." if place else ""
    found = [f"{prefix}{name} is missing" for name, (_, always) in mine.items() if always and name not in value]
    found += [f"{prefix}{name} is not declared" for name in value if name not in mine]
    for name, each in value.items():
        if name in mine:
            found += strays(mine[name][0], each, prefix + name)
    return found


def is_map(shape: Any) -> bool:
    """Whether a shape is of an object whose members have any names."""
    return isinstance(shape, dict) and shape.keys() == {"*"}


def described(hint: Any) -> str:
    """A declared type as a reader of JSON would call it."""
    origin = get_origin(hint)
    if origin is Literal:
        return " or ".join(map(repr, get_args(hint)))
    if is_response_type(hint):
        return f"object ({hint.__name__})"
    if origin in {list, dict}:
        return "list" if origin is list else "map"
    return NAMES.get(hint) or str(getattr(hint, "__name__", hint))


def spelt(shape: Any) -> str:
    """A published type in a word."""
    if isinstance(shape, dict):
        return "map" if is_map(shape) else "object"
    return "list" if isinstance(shape, list) else str(shape)
