"""What a request said and nobody read: members that the operation does not know, with the nearest one that it does."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any, get_args

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from bce_emulator.engine.declare.models import Model, members
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.request import Request

MAX_FIELDS = 50
MAX_NAME = 100
READ_BY_THE_ENGINE = frozenset({"authorization", "x-bce-security-token"})

UnknownField = dict[str, str]


def unknown_fields(operation: Operation, request: Request) -> list[UnknownField]:
    """The members of query and body that the operation did not read, at most 50 of them."""
    try:
        body = request.json()
    except ApiError:
        body = {}
    return list(islice(_all_unknown(operation, request, body), MAX_FIELDS))


def nearest(name: str, known: list[str]) -> str:
    """The spelling that was probably meant, or an empty string."""
    by_fold = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold()[:MAX_NAME], by_fold, n=1)
    return by_fold[near[0]] if near else ""


def _all_unknown(operation: Operation, request: Request, body: dict[str, Any]) -> Iterator[UnknownField]:
    sources = operation.reader.sources if operation.reader else {}
    in_query = [name for name, source in sources.items() if source.in_query]
    in_body = [name for name, source in sources.items() if source.in_body]
    keys = {route.key for route in operation.routes} | READ_BY_THE_ENGINE
    for name, _ in request.query:
        if name not in in_query and name not in keys and name.lower() not in keys:
            yield _unknown_field("query", name, name, in_query, "body" if name in in_body else "")
    for name in body:
        if name not in in_body:
            yield _unknown_field("body", name, name, in_body, "query" if name in in_query else "")
    if operation.model is not None:
        for name, field in members(operation.model).items():
            if name in body and name in in_body:
                yield from _unknown_inside(_models_of(field.annotation), body[name], name)


def _unknown_inside(models: list[type[Model]], value: Any, path: str) -> Iterator[UnknownField]:
    if len(models) != 1:
        return
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unknown_inside(models, each, f"{path}.{index}")
    if not isinstance(value, dict):
        return
    known = members(models[0])
    also = {name for field in known.values() for name in _other_spellings(field)}
    for name, inner in value.items():
        field = known.get(name)
        if field is None:
            if name not in also:
                yield _unknown_field("body", name, f"{path}.{name}", list(known))
        else:
            yield from _unknown_inside(_models_of(field.annotation), inner, f"{path}.{name}")


def _other_spellings(field: FieldInfo) -> list[Any]:
    """By what else a member goes that is read under several names."""
    return field.validation_alias.choices if isinstance(field.validation_alias, AliasChoices) else []


def _models_of(annotation: Any) -> list[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_of(part)]


def _unknown_field(where: str, name: str, path: str, known: list[str], belongs_in: str = "") -> UnknownField:
    unknown = {"in": where, "member": path[:MAX_NAME]}
    near = "" if belongs_in else nearest(name, known)
    if near:
        unknown["nearest"] = near
    if belongs_in:
        unknown["belongsIn"] = belongs_in
    return unknown
