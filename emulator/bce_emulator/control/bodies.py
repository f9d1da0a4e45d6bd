"""What a control call may be asked: a JSON body, whatever its Content-Type, and no name that means nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from inspect import isclass
from mmap import mmap
from typing import Any, get_args, get_type_hints

import orjson
from fastapi import HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from bce_emulator.engine.http.request import BodyTooLong, BodyTooSlow, Message, Receive, Scope, Send, read_chunks
from bce_emulator.engine.persist.json_split import Text
from bce_emulator.engine.steps import Steps, emptied, in_turn
from bce_emulator.settings import hint

STATE, MAX_OTHER_BYTES = frozenset({b"/_emulator/state", b"/_emulator/state/diff"}), 1024 * 1024
"""The calls that have documents of accounts, and what all others may have."""
QUESTIONS = frozenset({b"/_emulator/reachability", b"/_emulator/journal/verify", b"/_emulator/state/diff"})
"""The calls that have a body because they ask much; they change nothing."""
LONG_ANSWERS = frozenset(b"/_emulator/" + each for each in (b"state", b"journal", b"resources", b"accounts"))
"""The calls that answer with whatever there is."""
DOCUMENTS = frozenset(b"/_emulator/" + each for each in (b"operations", b"api.json", b"openapi.json"))
"""The calls whose answer is made the first time, in a thread that takes up to two seconds."""
PART_BYTES = 256 * 1024
"""Of how many bytes, or somewhat more, a part of a long list is."""
ACCOUNT = "account"
JSON = (b"content-type", b"application/json")
ANNOUNCES_BODY = (b"content-length", b"transfer-encoding")


class Body(BaseModel):
    """The body of a control call: camel case outside, and nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


def written(value: Any) -> Response:
    """A response that may be long; FastAPI would go through it member by member."""
    return Response(orjson.dumps(value), media_type="application/json")


def text_of(document: Any, levels: int = 3) -> bytes:
    """A long document as JSON, for a thread: a part is written at a time, as writing lets nobody else go on.

    It is let go of on the way, for the same reason.
    """
    return orjson.dumps(_in_parts(document, levels))


def _in_parts(value: Any, levels: int) -> Any:
    if levels and isinstance(value, dict):
        return {name: _in_parts(value.pop(name), levels - 1) for name in list(value)}
    if levels and isinstance(value, list):
        return [_in_parts(each, levels - 1) for each in value]
    return orjson.Fragment(orjson.dumps(value))


class InParts(Response):
    """A long answer, of which each part is sent and let go of before others are served and the next one follows."""

    media_type = JSON[1].decode()

    def __init__(self, parts: list[bytes]) -> None:
        super().__init__(headers={"content-length": str(sum(map(len, parts)))})
        self._parts = parts

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it; what is sent to a client that is gone is dropped."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        self._parts.reverse()
        for part in emptied(self._parts):
            await send({"type": "http.response.body", "body": part, "more_body": True})
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def listed(name: str, written: Iterable[bytes]) -> Steps[Response]:
    """A response with a list of what is written already; to copy all of a long one would take long too."""
    parts: list[bytes] = []
    content = bytearray(b'{"%b":[' % name.encode())
    comma = b""
    for each in written:
        if len(content) >= PART_BYTES:
            parts.append(bytes(content))
            content.clear()
        content += comma + each
        comma = b","
        yield
    return InParts([*parts, bytes(content) + b"]}"])


def as_json(scope: Scope) -> Scope:
    """The request with a Content-Type that FastAPI reads as JSON: ``curl -d`` sends that of a form."""
    return {**scope, "headers": [*(pair for pair in scope["headers"] if pair[0] != JSON[0]), JSON]}


def may_change(scope: Scope) -> bool:
    """Whether a call may change something."""
    return scope["method"] != "GET" and scope["raw_path"] not in QUESTIONS


def is_long(scope: Scope) -> bool:
    """Whether a call has the document of an account, or may have."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    is_counted = b"transfer-encoding" not in headers and length.isdigit() and int(length[:20]) <= MAX_OTHER_BYTES
    return scope["raw_path"] in STATE and not is_counted


def made_one_by_one(scope: Scope) -> frozenset[bytes] | None:
    """The calls, this one among them, of whose answers one at a time is made, if there are such."""
    if may_change(scope):
        return None
    return next((calls for calls in (LONG_ANSWERS, DOCUMENTS) if scope["raw_path"] in calls), None)


async def arrived(scope: Scope, receive: Receive, max_state_bytes: int) -> Receive | JSONResponse:
    """A ``receive`` that has the whole body, so that no call begins before its body is known to be one.

    A body that is too long or too slow is refused. Of a client that goes away meanwhile, Disconnected is raised.
    """
    names = {name for name, _ in scope["headers"]}
    if names.isdisjoint(ANNOUNCES_BODY):
        return receive
    is_state = scope["raw_path"] in STATE
    try:
        chunks = await read_chunks(receive, max_state_bytes if is_state else MAX_OTHER_BYTES)
    except BodyTooLong as error:
        return JSONResponse({"error": f"{error} (--max-state-bytes)" if is_state else str(error)}, 413)
    except BodyTooSlow as error:
        return JSONResponse({"error": str(error)}, 408)
    body = await in_turn(joined(chunks))
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_whole() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_whole


def joined(chunks: list[bytes]) -> Steps[Text]:
    """One text of these: to have 16 MB in a row at once takes 10 ms, most of it for the memory."""
    size = sum(map(len, chunks))
    if size <= MAX_OTHER_BYTES:
        return b"".join(chunks)
    text = mmap(-1, size)
    chunks.reverse()
    for chunk in emptied(chunks):
        text.write(chunk)
        yield
    return text


async def whole_body(request: Request) -> Text:
    """The body of a call that ``arrived``; Starlette would copy it."""
    body: Text = (await request.receive()).get("body", b"")
    return body


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
