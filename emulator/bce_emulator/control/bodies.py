"""What a control call may be asked: a JSON body, whatever its Content-Type, and no name that means nothing."""

from __future__ import annotations

from inspect import isclass
from typing import get_args, get_type_hints

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from bce_emulator.engine.http.request import Message, Receive, Scope
from bce_emulator.settings import hint

MAX_BYTES = 256 * 1024 * 1024
"""Some ten times the state of an account with 10,000 instances."""
ACCOUNT = "account"
JSON = (b"content-type", b"application/json")


class Body(BaseModel):
    """The body of a control call: camel case outside, and nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


def as_json(scope: Scope) -> Scope:
    """The request with a Content-Type that FastAPI reads as JSON: ``curl -d`` sends that of a form."""
    return {**scope, "headers": [*(pair for pair in scope["headers"] if pair[0] != JSON[0]), JSON]}


def bounded(receive: Receive) -> Receive:
    """A ``receive`` that gives up on a body that is too long."""
    left = MAX_BYTES

    async def receive_some() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, f"the body is longer than {MAX_BYTES} bytes")
        return message

    return receive_some


async def check_query(request: Request) -> None:
    """Refuse a query parameter that the call does not have: a misspelt account would be the default one.

    An account can be named to every call, also to those that are about none.
    """
    route = request.scope["route"]
    known = [ACCOUNT, *(parameter.alias for parameter in route.dependant.query_params)]
    for name in request.query_params:
        if name not in known:
            raise HTTPException(400, f"this call has no parameter {name!r}{hint(name, known)}")


def no_such_member(route: APIRoute, path: str, name: str) -> str:
    """What to say of a member that a body does not have."""
    members: list[str] = []
    for annotation in get_type_hints(route.endpoint).values():
        for kind in (annotation, *get_args(annotation)):
            if isclass(kind) and issubclass(kind, Body):
                members += [field.alias or key for key, field in kind.model_fields.items()]
    return f"{path}: there is no such member{hint(name, members)}"
