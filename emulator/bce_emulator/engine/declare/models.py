"""What may be asked: the base of all request models, and how a request's parts fill one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo

from bce_emulator.engine.declare.deferred import CONFIG, Deferred, completed, members_marked
from bce_emulator.engine.errors import ApiError, BadRequest, InappropriateJSON
from bce_emulator.engine.http.request import parse_object

_INTEGER = re.compile(r"-?[0-9]{1,19}")
IN_QUERY, IN_BODY = "in the query", "in the body"
REMEMBERED, MAX_LENGTH, MAX_BODY = 2_048, 128, 256
"""How many models of all operations are remembered, and how long values in the path, and the body, of one can be."""
MIN_INTEGER, MAX_INTEGER = -(2**63), 2**63 - 1
"""What fits into the integers that clients and answers have."""


class _Absent(BaseModel):
    """Leaves out what is not set."""

    model_config = CONFIG

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_not_set(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        texts = _text_members(cls)
        if any(type(value) is int and not MIN_INTEGER <= value <= MAX_INTEGER for value in values.values()):
            _check_size(cls, values)
        return {
            name: tuple(value) if type(value) is list else value
            for name, value in values.items()
            if value is not None and (value != "" or name in texts)
        }


if TYPE_CHECKING:
    Model = _Absent
else:

    class Model(metaclass=Deferred, model=_Absent):
        """A request, or a part of one: snake case inside, camel case outside; unknown members are ignored.

        Clients send ``null`` for what they do not set, and ``""`` for enumerations, numbers and lists: both are absent.
        """


M = TypeVar("M", bound=Model)


def _is_integer(text: str) -> bool:
    return _INTEGER.fullmatch(text) is not None and MIN_INTEGER <= int(text) <= MAX_INTEGER


def _digits(value: Any) -> Any:
    return int(value) if isinstance(value, str) and _is_integer(value) else value


def _truth(value: Any) -> Any:
    return {"true": True, "false": False}.get(value.lower(), value) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


LenientInt = Annotated[int, BeforeValidator(_digits)]
"""An integer that some clients send as a string of digits."""
LenientBool = Annotated[bool, BeforeValidator(_truth)]
"""A boolean that some clients send as the text ``true`` or ``false``."""
LenientStr = Annotated[str, BeforeValidator(_text)]
"""A string that some clients send as an integer."""
ClientToken = Annotated[str, Field(max_length=64, pattern=r"^[\x00-\x7f]*$"), IN_QUERY]
"""Makes an operation idempotent: ASCII, at most 64 characters, in the query."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one field of a model comes from: its name outside, the places, and how a text in the query is read."""

    name: str
    in_query: bool
    read: Callable[[str], Any]
    in_body: bool = False


class Reader:
    """Fills the model of an operation from the path, the query and the body of a request."""

    def __init__(self, model: type[Model], method: str, missing: type[ApiError] = InappropriateJSON) -> None:
        self.model = model
        self.missing = missing
        self.reads_body = method not in {"GET", "DELETE", "HEAD"}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Where each field comes from, by the name that clients write."""
        return {
            name: Source(name, in_query, _reader_for(field.annotation), not in_query or IN_BODY in field.metadata)
            for name, field in members(self.model).items()
            for in_query in (self._is_in_query(field.metadata),)
        }

    @cached_property
    def query_keys(self) -> list[str]:
        """The names of the fields that come from the query, which are known before there is a model."""
        return members_marked(self.model, self._is_in_query)

    @cached_property
    def _in_query_alone(self) -> set[str]:
        """The fields that are not read from a body; one with both marks is read from where it is."""
        return {name for name, source in self.sources.items() if not source.in_body}

    @cached_property
    def has_body_members(self) -> bool:
        """Whether fields come from the body though the method has none."""
        return any(IN_BODY in field.metadata for field in members(self.model).values())

    def _is_in_query(self, marks: Iterable[Any]) -> bool:
        return IN_QUERY in marks or not (self.reads_body or IN_BODY in marks)

    @cached_property
    def _validate(self) -> Callable[[dict[str, Any]], Model]:
        model = completed(self.model)
        validate: Callable[[dict[str, Any]], Any] = model.model_validate
        return validate

    def make(self) -> None:
        """Have everything that it takes to read a request, which else is made with the first one."""
        _ = self._validate, self.sources, self._in_query_alone

    def read(self, path_values: Mapping[str, str], query: tuple[tuple[str, str], ...], body: bytes) -> Model:
        """A valid model of a request with this body, or the documented refusal."""
        is_short = len(body) <= MAX_BODY and sum(map(len, path_values.values())) <= MAX_LENGTH
        if is_short and not (query and self.query_keys):
            return _remembered(self, tuple(path_values.items()), body)
        return self.fill(path_values, query, parse_object(body))

    def fill(self, path_values: Mapping[str, str], query: tuple[tuple[str, str], ...], body: dict[str, Any]) -> Model:
        """A valid model of these values, or the documented refusal."""
        values = body if self.reads_body else {name: body[name] for name in body.keys() - self._in_query_alone}
        for name, text in query:
            source = self.sources.get(name)
            if source is not None and source.in_query and text != "":
                try:
                    values[name] = _joined(values.get(name), source.read(text))
                except ValueError as error:
                    raise BadRequest(f"{name}: {error}") from None
        values.update(path_values)
        try:
            return self._validate(values)
        except ValidationError as error:
            raise self._refusal(error) from None

    def _refusal(self, error: ValidationError) -> ApiError:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        explanation = f"{path}: {first['msg']}"
        source = self.sources.get(str(first["loc"][0])) if first["loc"] else None
        in_body = not (source and source.in_query)
        if first["type"] == "missing" and (in_body or self.missing is not InappropriateJSON):
            return self.missing(explanation)
        is_wrong_type = first["type"].endswith("_type")
        return InappropriateJSON(explanation) if is_wrong_type and in_body else BadRequest(explanation)


@lru_cache(REMEMBERED)
def _remembered(reader: Reader, path_values: tuple[tuple[str, str], ...], body: bytes) -> Model:
    """A model is immutable, so the one for a path and a body can be kept."""
    return reader.fill(dict(path_values), (), parse_object(body))


def rephrased(model: type[M], values: dict[str, Any], missing: type[ApiError] = InappropriateJSON) -> M:
    """A request in the words of another operation; what those do not allow is refused as if it had come so."""
    made: Any = Reader(model, "POST", missing).fill({}, (), values)
    return cast(M, made)


def members(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names that clients write."""
    return {field.alias or to_camel(name): field for name, field in model.model_fields.items()}


def _check_size(model: type[BaseModel], values: dict[str, Any]) -> None:
    for name in members(model).keys() & values.keys():
        if type(values[name]) is int and not MIN_INTEGER <= values[name] <= MAX_INTEGER:
            raise ValueError(f"{name} does not fit into 64 bits")


@cache
def _text_members(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in members(model).items() if str in _plain_types(field.annotation))


def _plain_types(annotation: Any) -> set[Any]:
    """The types that an annotation allows, without None and without what Annotated adds."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_types(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return set().union(*(_plain_types(part) for part in get_args(annotation))) - {type(None)}
    return {annotation}


def _reader_for(annotation: Any) -> Callable[[str], Any]:
    types = _plain_types(annotation)
    if int in types:
        return _read_integer
    if bool in types:
        return _read_truth
    if any(get_origin(type_) is tuple for type_ in types):
        return _read_list
    return str


def _read_integer(text: str) -> int:
    if not _is_integer(text):
        raise ValueError("not a whole number")
    return int(text)


def _read_truth(text: str) -> bool:
    value = _truth(text)
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _joined(known: Any, read: Any) -> Any:
    """A list may come in several query items of one name."""
    return known + read if isinstance(known, tuple) and isinstance(read, tuple) else read


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
