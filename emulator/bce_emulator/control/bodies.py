"""What a control call may be asked: a JSON body, whatever its Content-Type, and no name that means nothing."""

from __future__ import annotations

from inspect import isclass
from typing import get_args, get_type_hints

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from bce_emulator.engine.http.request import BodyTooLong, BodyTooSlow, Message, Receive, Scope, read_body
from bce_emulator.settings import hint

MAX_BYTES = 256 * 1024 * 1024
"""Some ten times the state of an account with 10,000 instances."""
STATE, MAX_OTHER_BYTES = b"/_emulator/state", 1024 * 1024
"""The calls that have such documents, and what all others may have."""
ACCOUNT = "account"
JSON = (b"content-type", b"application/json")
ANNOUNCES_BODY = (b"content-length", b"transfer-encoding")


class Body(BaseModel):
    """The body of a control call: camel case outside, and nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


def as_json(scope: Scope) -> Scope:
    """The request with a Content-Type that FastAPI reads as JSON: ``curl -d`` sends that of a form."""
    return {**scope, "headers": [*(pair for pair in scope["headers"] if pair[0] != JSON[0]), JSON]}


async def arrived(scope: Scope, receive: Receive) -> Receive | JSONResponse:
    """A ``receive`` that has the whole body, so that no call begins before its body is known to be one.

    A body that is too long or too slow is refused. Of a client that goes away meanwhile, Disconnected is raised.
    """
    names = {name for name, _ in scope["headers"]}
    if names.isdisjoint(ANNOUNCES_BODY):
        return receive
    most = MAX_BYTES if scope["raw_path"].startswith(STATE) else MAX_OTHER_BYTES
    try:
        body = await read_body(receive, most)
    except BodyTooLong as error:
        return JSONResponse({"error": str(error)}, 413)
    except BodyTooSlow as error:
        return JSONResponse({"error": str(error)}, 408)
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_whole() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_whole


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
