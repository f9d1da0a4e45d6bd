"""Whether the model of a request reads its members as the types, and knows the values, that are published."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from bce_emulator.engine.declare.models import LenientBool, LenientInt, LenientStr, Model, members

PLAIN = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))
ALSO = {
    get_args(hint)[1].func: kind
    for hint, kind in ((LenientInt, "string"), (LenientBool, "string"), (LenientStr, "integer"))
}
"""What else is read where a type is lenient, by the function that makes it so."""


def misread(model: type[Model], facts: dict[str, Any], place: str = "") -> Iterator[str]:
    """Where the members of a model, and what is in them, are read otherwise than published."""
    for name, field in members(model).items():
        if name in facts:
            yield from misread_member(declared(field), facts[name], place + name)


def misread_query(model: type[Model], facts: dict[str, Any]) -> Iterator[str]:
    """The same for a query, where a list is a text with commas, which the metadata calls a string."""
    listed = {name for name, field in members(model).items() if any(map(is_list, alternatives(declared(field))))}
    yield from misread(
        model, {name: fact for name, fact in facts.items() if not (name in listed and fact["type"] == "string")}
    )


def misread_member(hint: Any, fact: dict[str, Any], place: str) -> Iterator[str]:
    read = {kind for one in alternatives(hint) for kind in kinds(one)}
    if fact["type"] not in read | {"any"} and "any" not in read:
        yield f"reads {place} as {' or '.join(sorted(read))}, published as {fact['type']}"
    values = {value for one in alternatives(hint) if get_origin(one) is Literal for value in get_args(one)}
    for value in fact.get("known", ()) if values else ():
        if value not in values:
            yield f"does not know {place} {value}"
    for one in alternatives(hint):
        if isinstance(one, type) and issubclass(one, Model):
            yield from misread(one, fact.get("members", {}), f"{place}.")
        if is_list(one) and fact["type"] == "array":
            yield from misread_member(get_args(one)[0], fact["items"], f"{place}[]")


def declared(field: FieldInfo) -> Any:
    """The type of a field, with what pydantic keeps beside it."""
    hint: Any = field.annotation
    for each in field.metadata:
        hint = Annotated[hint, each]
    return hint


def alternatives(hint: Any) -> list[Any]:
    """The types that a hint allows; those that are read leniently keep what makes them so."""
    if get_origin(hint) in {Union, UnionType}:
        return [one for each in get_args(hint) for one in alternatives(each)]
    if get_origin(hint) is Annotated:
        inner, *beside = get_args(hint)
        lenient = [each for each in beside if isinstance(each, BeforeValidator)]
        return [one for each in alternatives(inner) for one in (Annotated[each, *lenient] if lenient else each,)]
    return [] if hint is type(None) else [hint]


def kinds(hint: Any) -> set[str]:
    """The types of JSON that are read as one type."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *lenient = get_args(hint)
        return kinds(inner) | {ALSO.get(each.func, "any") for each in lenient}
    if origin is Literal:
        return {kind for value in get_args(hint) for kind in kinds(type(value))}
    if is_list(hint):
        return {"array"}
    if origin is dict or issubclass(hint, Model):
        return {"object", "map"}
    return {next(kind for plain, kind in PLAIN if issubclass(hint, plain))}


def is_list(hint: Any) -> bool:
    """Whether a type is that of a list; models hold lists as tuples."""
    return get_origin(hint) is tuple
