"""Classes that become pydantic models when they are first used: of hundreds a run needs a few, and each takes time."""

from __future__ import annotations

import re
import sys
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

_NAME = re.compile(r"\w+")
KEPT = ("__module__", "__qualname__", "__doc__", "__annotations__")
"""What a class has before its model is created."""


class Deferred(type):
    """The type of a class that keeps its body, and makes a pydantic model of it when something is asked of it."""

    _body: dict[str, Any]
    _bases: tuple[type, ...]
    _model: type[BaseModel] | None

    def __new__(
        mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], model: type[BaseModel] | None = None
    ) -> Deferred:
        """Make the class that stands for the model."""
        cls = super().__new__(mcs, name, bases, {key: body[key] for key in KEPT if key in body} | SCHEMA)
        cls._body, cls._bases, cls._model = body, bases, model
        return cls

    def __init__(cls, *_: Any, **__: Any) -> None:
        """Nothing is left to do; the keyword is for ``__new__``."""

    def model(cls) -> type[BaseModel]:
        """The pydantic model."""
        if cls._model is None:
            bases = tuple(base.model() if isinstance(base, Deferred) else base for base in cls._bases)
            metaclass: Any = type(BaseModel)
            cls._model = metaclass(cls.__name__, bases, dict(cls._body))
        model: type[BaseModel] = cls._model
        return model

    def __call__(cls, *values: Any, **members: Any) -> Any:
        """An instance of the model."""
        return cls.model()(*values, **members)

    def __instancecheck__(cls, instance: object) -> bool:
        """Whether something is an instance of the model."""
        return isinstance(instance, cls.model())

    def __getattr__(cls, name: str) -> Any:
        """What else the model has, such as ``model_validate``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(cls.model(), name)


def _schema(cls: Any, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """What pydantic asks a type that stands inside another one."""
    return handler.generate_schema(cls.model())


SCHEMA: dict[str, Any] = {"__get_pydantic_core_schema__": classmethod(_schema)}

CONFIG = ConfigDict(
    alias_generator=to_camel, strict=True, extra="ignore", frozen=True, defer_build=True, regex_engine="python-re"
)


def model_of(model: Any) -> type[BaseModel]:
    """The pydantic model that a class is or stands for."""
    return model.model() if isinstance(model, Deferred) else model


def declared_members(model: Any) -> dict[str, list[Any]]:
    """What the annotation of each field names, by the name that clients write; no model is made for it."""
    members: dict[str, list[Any]] = {}
    for base in reversed(model.__mro__):
        body, module = vars(base).get("_body", {}), sys.modules[base.__module__]
        for name, annotation in body.get("__annotations__", {}).items():
            given = body.get(name)
            alias = given.alias if isinstance(given, FieldInfo) else None
            members[alias or to_camel(name)] = [getattr(module, each, None) for each in _NAME.findall(annotation)]
    return members
