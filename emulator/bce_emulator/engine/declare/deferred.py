"""Classes that become pydantic models when they are first used: of hundreds a run needs a few, and each takes time."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

_MAKING = RLock()
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
            with _MAKING:
                cls._make()
        model: Any = cls._model
        return cast("type[BaseModel]", model)

    def _make(cls) -> None:
        """Make the model, unless another thread, such as one that writes our document, was first."""
        if cls._model is None:
            bases = tuple(base.model() if isinstance(base, Deferred) else base for base in cls._bases)
            metaclass: Any = type(BaseModel)
            cls._model = metaclass(cls.__name__, bases, dict(cls._body))

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


def completed(model: Any) -> type[BaseModel]:
    """The same, ready to read with; by one thread, as models stand inside others."""
    with _MAKING:
        made = model_of(model)
        made.model_rebuild()
    return made


def members_marked(model: Any, fits: Callable[[tuple[str, ...]], bool]) -> list[str]:
    """The names that clients write of the fields whose marks fit; no model is made for it."""
    members: dict[str, FieldInfo | Any] = {}
    for base in reversed(model.__mro__):
        body, module = vars(base).get("_body", {}), base.__module__
        for name, annotation in body.get("__annotations__", {}).items():
            members.pop(name, None)
            if fits(_marks(module, annotation) if _names(annotation) else ()):
                members[name] = body.get(name)
    return [
        given.alias or _camel(name) if isinstance(given, FieldInfo) else _camel(name) for name, given in members.items()
    ]


@cache
def _marks(module: str, annotation: str) -> tuple[str, ...]:
    """The texts that an annotation names, or what it names is annotated with."""
    named = [getattr(sys.modules[module], name, None) for name in _names(annotation)]
    return tuple(mark for each in named for mark in (each, *getattr(each, "__metadata__", ())) if isinstance(mark, str))


@cache
def _names(annotation: str) -> list[str]:
    """The names in an annotation that are not the language's own, which have no marks."""
    return [name for name in _NAME.findall(annotation) if name not in vars(builtins)]


_camel = cache(to_camel)
