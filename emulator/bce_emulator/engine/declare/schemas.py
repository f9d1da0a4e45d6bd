"""Declared responses as JSON schemas: response types, lists and plain types."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from bce_emulator.engine.declare.response_types import is_response_type

Json = dict[str, Any]

SCHEMAS = "#/components/schemas/{model}"
PLAIN: dict[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}


class Schemas:
    """The schemas of the response types that were asked for, by name, with those inside them."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.named: dict[str, Json] = {}
        self._reserved = set(reserved)
        self._names: dict[Any, str] = {}

    def of(self, hint: Any) -> Json:
        """The schema of a type; what a function that answers nothing has is the empty object."""
        if hint is None or hint is NoneType:
            return {"type": "object"}
        return self._schema(hint)

    def _schema(self, hint: Any) -> Json:
        origin, parts = get_origin(hint), get_args(hint)
        if hint in PLAIN:
            return PLAIN[hint]
        if is_response_type(hint):
            return {"$ref": SCHEMAS.format(model=self._name(hint))}
        if origin in {Annotated, NotRequired}:
            return self._schema(parts[0])
        if origin in {Union, UnionType}:
            return {"anyOf": [self._schema(part) for part in parts]}
        return self._container(hint, origin, parts)

    def _container(self, hint: Any, origin: Any, parts: tuple[Any, ...]) -> Json:
        if origin is list:
            return {"type": "array", "items": self._schema(parts[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self._schema(parts[1])}
        if origin is Literal:
            return {"enum": list(parts)}
        raise TypeError(f"a response cannot be declared as {hint!r}")

    def _name(self, form: Any) -> str:
        """The name of a class, with its module where the name is taken; its schema is made once."""
        if form in self._names:
            return self._names[form]
        name: str = form.__name__
        if name in self._reserved:
            name = f"{form.__module__.replace('.', '__')}__{name}"
        self._names[form] = name
        self._reserved.add(name)
        schema = self.named[name] = {}
        members = get_type_hints(form, include_extras=True)
        schema |= {
            "type": "object",
            "description": " ".join((form.__doc__ or "").split()),
            "properties": {member: self._schema(hint) for member, hint in members.items()},
            "required": sorted(member for member, hint in members.items() if _is_always_there(hint)),
        }
        return name


def _is_always_there(hint: Any) -> bool:
    """Whether a member is required, which it is unless it is declared not to be."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_origin(hint) is not NotRequired
