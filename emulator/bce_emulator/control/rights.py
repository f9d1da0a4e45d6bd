"""What a limited token may do: only read, or only what is about the accounts that begin with a prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple
from urllib.parse import parse_qs, unquote

from fastapi import Depends, Request
from fastapi.responses import JSONResponse

from bce_emulator.control.bodies import may_change
from bce_emulator.engine.http.request import Scope
from bce_emulator.settings import parse_limited_tokens

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

RIGHT = "bce_emulator.right"
"""Where a request's scope has the right of its token, if that is a limited one."""
CONTROL = "/_emulator/"
SIGNED_ANEW = "code"
"""The end of the one call that gives away what a request can be sent with."""
OF_NO_ACCOUNT = frozenset({"live", "ready", "version", "operations", "regions", "api.json", "openapi.json"})
OF_OTHERS = frozenset({"state/fork", "metrics"})
"""What is about further accounts than the one that is named."""
ACCOUNTS, REQUESTS = "accounts", "requests"


class Right(NamedTuple):
    """What a limited token is for: accounts with this prefix, or all of them, and then only for reading."""

    prefix: str


async def _right(request: Request) -> Right | None:
    right: Right | None = request.scope.get(RIGHT)
    return right


Rights = Annotated[Right | None, Depends(_right)]
"""The right of who calls, or None for who may do everything."""


def refusal_of_right(scope: Scope, emulator: Emulator) -> JSONResponse | None:
    """The answer to a control call that its token does not allow, or None if it does."""
    right: Right | None = scope.get(RIGHT)
    if right is None:
        return None
    path = unquote(scope["raw_path"].decode("latin-1")).removeprefix(CONTROL)
    if not right.prefix:
        only_reads = not may_change(scope) and path.rpartition("/")[2] != SIGNED_ANEW
        return None if only_reads else _refusal("this token may only read")
    if _is_within(path, scope, right.prefix, emulator):
        return None
    return _refusal(f"this token is for accounts that begin with {right.prefix}; name one in ?account=")


def _is_within(path: str, scope: Scope, prefix: str, emulator: Emulator) -> bool:
    first, _, rest = path.partition("/")
    method: str = scope["method"]
    if path in OF_NO_ACCOUNT:
        return method == "GET"
    if first == ACCOUNTS:  # which sees to it itself, but for the one that is removed
        return not rest or _is_of(rest, prefix, emulator)
    if first == REQUESTS:
        entry = emulator.journal.find(rest.partition("/")[0])
        return bool(entry and entry.account.startswith(prefix))
    named = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get("account", [])
    return path not in OF_OTHERS and len(named) == 1 and _is_of(named[0], prefix, emulator)


def _is_of(access_key: str, prefix: str, emulator: Emulator) -> bool:
    """Whether keys begin with the prefix, and so does the account that they open, if any."""
    found = emulator.identity.find(access_key)
    account = found.account if found is not None else access_key
    return access_key.startswith(prefix) and account.startswith(prefix)


def share(right: Right, emulator: Emulator) -> int:
    """How many pairs of keys that begin with a prefix its token may have made, so that all of them leave room.

    As many as for each other prefix, and as for whoever has the admin token.
    """
    prefixes = {prefix for prefix in parse_limited_tokens(emulator.settings).values() if prefix}
    return max(1, emulator.settings.max_accounts // (len(prefixes) + 1))


def _refusal(text: str) -> JSONResponse:
    return JSONResponse({"error": text}, 403)
