"""What a client can create, see and remove."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, NamedTuple

import orjson

from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.declare.product import key_of, product_of
from bce_emulator.engine.errors import ApiError, NoSuchObject

set_too = _set = object.__setattr__
"""Sets a further field in a change that was noted already, as by a function that follows a state; it is in no index."""


class Pending(NamedTuple):
    """A transition under way: the action, the state after, the virtual moment of its end, the order among equals."""

    action: str
    then: str
    due: float
    number: int = 0


class Timer(NamedTuple):
    """Something that will happen to a resource at a virtual moment, by the name its ``on_timer`` function has."""

    name: str
    due: float
    number: int = 0


class OnDelete(Enum):
    """What a resource does when the one that it refers to is to be deleted."""

    RESTRICT = "restrict"
    CASCADE = "cascade"


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A field that names resources of another type by their ids, or by another field of theirs.

    ``target`` is the key of that type.
    """

    field: str
    target: str
    on_delete: OnDelete | Callable[[Any], OnDelete] = OnDelete.RESTRICT
    target_field: str = "id"


@dataclass(slots=True, kw_only=True, eq=False)
class Resource:
    """A dataclass. Every value is immutable, so that a change is always an assignment, and is seen.

    What can be worked out from other resources is worked out when shown, not kept. ``other_ids`` are fields that name
    one resource as its id does. What the clock brings to a kind may be something that ``looks_at_others``, as an
    operation may.
    """

    prefix: ClassVar[str]
    id_letters: ClassVar[str] = "mixed"
    not_found: ClassVar[type[ApiError]] = NoSuchObject
    other_ids: ClassVar[tuple[str, ...]] = ()
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=("Available",))
    due: ClassVar[dict[str, Callable[[Any, Any], None]]] = {}
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = ()
    added: ClassVar[tuple[Callable[[Any, Any], None], ...]] = ()
    gone: ClassVar[tuple[Callable[[Any, Any], None], ...]] = ()
    looks_at_others: ClassVar[Looks] = False
    is_draft: ClassVar[bool] = False

    collection: Collection[Any] | None = field(default=None, repr=False, init=False)
    rendered: tuple[tuple[object, ...], orjson.Fragment] | None = field(default=None, repr=False, init=False)
    id: str
    state: str = "Available"
    created: float = 0.0
    pending: Pending | None = None
    timers: tuple[Timer, ...] = ()
    serial: int = 0

    def __init_subclass__(cls) -> None:
        """Have a new resource be a draft while its fields are set: a class of the same form, which notes nothing."""
        if cls.is_draft or "__slots__" not in cls.__dict__:  # the class from which a dataclass with slots is made
            return
        members = {"__slots__": cls.__dict__["__slots__"], "__setattr__": _set, "is_draft": True}
        draft = type(cls.__name__, cls.__bases__, members)
        init: Callable[..., None] = cls.__init__

        @functools.wraps(init)
        def begin(self: Resource, **values: Any) -> None:
            _set(self, "__class__", draft)
            init(self, **values)
            self.__class__ = cls

        cls.__init__ = begin  # type: ignore[method-assign]

    def __setattr__(self, name: str, value: object) -> None:
        """Set a field, and note the change in the collection."""
        collection = self.collection
        if collection is not None:
            for watch in collection.watchers:
                watch(self)
            if name in collection.indexes:
                collection.move(self, name, value)
            if collection.touched is not None:
                collection.touched[self.id] = self
            collection.version += 1
            if self.rendered is not None:
                _set(self, "rendered", None)
        _set(self, name, value)

    @classmethod
    @functools.cache
    def type_key(cls) -> str:
        """The key of the resource type: product and name."""
        return key_of(product_of(cls.__module__), cls.__name__)

    @property
    def title(self) -> str:
        """What an explanation calls it."""
        return self.id

    @property
    def status(self) -> str:
        """The state as a client sees it."""
        return self.lifecycle.shown_as.get(self.state, self.state)


def on_timer(kind: type[Resource], name: str) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Declare what happens to a kind of resource when a timer of this name is due."""

    def declare(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        kind.due = {**kind.due, name: function}
        return function

    return declare
