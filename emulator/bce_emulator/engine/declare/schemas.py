"""Declared responses as JSON schemas: ``TypedDict`` classes, lists and plain types."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

Json = dict[str, Any]

SCHEMAS = "#/components/schemas/{model}"
PLAIN: dict[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


class Schemas:
    """The schemas of the ``TypedDict`` classes that were asked for, by name, with those inside them."""

    def __init__(self) -> None:
        self.named: dict[str, Json] = {}
        self._names: dict[Any, str] = {}

    def of(self, hint: Any) -> Json:
        """The schema of a type; what a function that answers nothing has is the empty object."""
        if hint is None or hint is NoneType:
            return {"type": "object"}
        return self._schema(hint)

    def _schema(self, hint: Any) -> Json:
        origin, parts = get_origin(hint), get_args(hint)
        schema: Json = {}
        if hint in PLAIN:
            schema = PLAIN[hint]
        elif is_typeddict(hint):
            schema = {"$ref": SCHEMAS.format(model=self._name(hint))}
        elif origin in {Required, NotRequired}:
            schema = self._schema(parts[0])
        elif origin is list:
            schema = {"type": "array", "items": self._schema(parts[0])}
        elif origin is dict or hint is dict:
            schema = {"type": "object"} | ({"additionalProperties": self._schema(parts[1])} if parts else {})
        elif origin is Literal:
            schema = {"enum": list(parts)}
        elif origin in {Union, UnionType}:
            schema = {"anyOf": [self._schema(part) for part in parts]}
        return schema

    def _name(self, form: Any) -> str:
        """The name of a class, with its module where another one has the same name; its schema is made once."""
        if form in self._names:
            return self._names[form]
        name: str = form.__name__
        if name in self.named:
            name = f"{form.__module__.replace('.', '_')}_{name}"
        self._names[form] = name
        schema = self.named[name] = {}
        members = get_type_hints(form, include_extras=True)
        schema |= {
            "type": "object",
            "description": " ".join((form.__doc__ or "").split()),
            "properties": {member: self._schema(hint) for member, hint in members.items()},
            "required": sorted(form.__required_keys__),
        }
        return name
