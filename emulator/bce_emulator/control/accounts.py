"""Accounts: make one with keys of its own, give one more keys, see them, remove them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import HTTPException, Response
from pydantic import Field

from bce_emulator.control.bodies import Body, listed
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import AccountsShown, Deleted, KeysMade
from bce_emulator.control.rights import Right, Rights, share
from bce_emulator.control.selection import Served, awake, selected_one
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.clock import iso, seconds
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.persist.rows import Size
from bce_emulator.engine.steps import in_turn
from bce_emulator.settings import ACCESS_KEY, ACCESS_KEY_FORM

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

SHORTEST_SECRET = 16
"""Passwords are encrypted with so many characters of the secret key."""

MAX_OWNER = 128
_PRINTABLE = re.compile(r"[!-~]{1,4096}")


class NewAccount(Body):
    """The keys to make; what is not named is made up."""

    access_key_id: str | None = None
    secret_access_key: str | None = None
    session_token: str | None = None
    expires_at: str | None = None
    account: str | None = None
    owner: Annotated[str, Field(max_length=MAX_OWNER)] = ""
    max_resources: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    forget_after_seconds: Annotated[int, Field(ge=1, lt=2**31)] | None = None


async def make(emulator: Served, rights: Rights, body: NewAccount | None = None) -> dict[str, Any]:
    """Make an account, or a further pair of keys for one; the secrets are shown here and never again."""
    request = body or NewAccount()
    check(request)
    if request.account:
        await awake(emulator, request.account)
    named = request.access_key_id or ""
    check_rights(rights, named, request.account or named)
    if rights is not None:
        _check_share(emulator, rights)
    known = emulator.accounts.credentials
    most = emulator.settings.max_accounts
    if len(known) - emulator.accounts.minted >= most:
        raise HTTPException(400, f"there are {most} pairs of keys already; DELETE accounts/{{access key}} first")
    access_key = request.access_key_id or _new_access_key(emulator)
    if access_key in known or access_key in emulator.accounts:
        raise HTTPException(400, f"the access key {access_key!r} is taken; leave accessKeyId out to get a new one")
    account = selected_one(emulator, request.account, opens=False).name if request.account else access_key
    check_rights(rights, named, account)
    credentials = Credentials(
        access_key,
        request.secret_access_key or secrets.token_hex(16),
        account,
        request.session_token or (secrets.token_urlsafe(48) if request.expires_at else ""),
        expiry(request),
        owner=request.owner,
        max_resources=request.max_resources,
        forget_at=emulator.accounts.wall() + request.forget_after_seconds if request.forget_after_seconds else None,
    )
    emulator.accounts.add_credentials(credentials)
    emulator.accounts.open(account)
    return (
        described(credentials)
        | {"secretAccessKey": credentials.secret_key}
        | ({"sessionToken": credentials.session_token} if credentials.session_token else {})
    )


async def read(emulator: Served, rights: Rights) -> Response:
    """Every account with its keys, without their secrets."""
    prefix = rights.prefix if rights is not None else ""
    stored = await emulator.store.sizes() if emulator.store is not None else lambda _: None
    return await in_turn(listed("accounts", _written(emulator, prefix, stored)))


def _written(emulator: Emulator, prefix: str, stored: Callable[[str], Size | None]) -> Iterator[bytes]:
    names: set[str] = set()
    for name in (*(each.account for each in emulator.accounts.credentials.values()), *emulator.accounts.names()):
        if name not in names and name.startswith(prefix):
            names.add(name)
            yield orjson.dumps(account(emulator, name, *(stored(name) or ((), 0))))


async def remove(emulator: Served, access_key: str) -> dict[str, Any]:
    """Remove a pair of keys; with the keys that an account is called by goes the account and all that it has."""
    await awake(emulator, access_key)
    known = emulator.accounts.credentials
    credentials = emulator.identity.find(access_key)
    if credentials is None or (credentials.account not in emulator.accounts and access_key not in known):
        raise HTTPException(404, f"no account has the access key {access_key!r}")
    if access_key == emulator.default_account:
        raise HTTPException(400, f"{access_key} is the default account, which stays; POST reset empties it")
    if credentials.account != access_key:
        emulator.accounts.remove_credentials(access_key)
        return {"deleted": [access_key]}
    pairs = emulator.accounts.forget(access_key)
    await in_turn(emulator.accounts.free())
    return {"deleted": list(dict.fromkeys([access_key, *pairs]))}


def _new_access_key(emulator: Emulator) -> str:
    accounts = emulator.accounts
    while True:
        accounts.last_access_key += 1
        number = str(accounts.last_access_key)
        access_key = "ALTAK" + id_text("mixed", "key", number) + id_text("lower", "key", number)
        if emulator.identity.find(access_key) is None:
            return access_key


def check(request: NewAccount) -> None:
    """Refuse keys that could not be used."""
    if request.access_key_id is not None and not ACCESS_KEY.fullmatch(request.access_key_id):
        raise HTTPException(400, f"accessKeyId is {ACCESS_KEY_FORM}")
    secret = request.secret_access_key
    if secret is not None and (len(secret) < SHORTEST_SECRET or not _PRINTABLE.fullmatch(secret)):
        raise HTTPException(
            400,
            f"secretAccessKey is at least {SHORTEST_SECRET} ASCII characters without blanks; it encrypts passwords",
        )
    if request.account and request.max_resources is not None:
        raise HTTPException(400, "maxResources belongs to the keys that an account is made with, so leave account out")
    if request.session_token is not None and not _PRINTABLE.fullmatch(request.session_token):
        raise HTTPException(400, "sessionToken is 1 to 4096 printable ASCII characters without blanks")


def check_rights(rights: Right | None, access_key: str, account: str) -> None:
    """Have who may use some accounts only make no others."""
    prefix = rights.prefix if rights is not None else ""
    if not (access_key.startswith(prefix) and account.startswith(prefix)):
        raise HTTPException(
            403, f"this token is for accounts that begin with {prefix}; so do accessKeyId, which is needed, and account"
        )


def _check_share(emulator: Emulator, right: Right) -> None:
    """Have who may use some accounts only leave room for others."""
    most = share(right, emulator)
    known = emulator.accounts.credentials
    if sum(each.startswith(right.prefix) and not pair.minted for each, pair in known.items()) >= most:
        raise HTTPException(
            400,
            f"there are {most} pairs of keys that begin with {right.prefix}, this token's share of --max-accounts; "
            "DELETE accounts/{access key} first",
        )


def expiry(request: NewAccount) -> float | None:
    """When a temporary pair of keys expires, by the wall clock; None if it does not."""
    if request.expires_at is None:
        return None
    try:
        return seconds(request.expires_at)
    except ValueError:
        raise HTTPException(400, "expiresAt is a time such as 2026-01-01T00:00:00Z") from None


def described(credentials: Credentials) -> dict[str, Any]:
    """A pair of keys without its secrets."""
    rendered: dict[str, Any] = {"accessKeyId": credentials.access_key, "account": credentials.account}
    rendered["temporary"] = bool(credentials.session_token)
    if credentials.expires_at is not None:
        rendered["expiresAt"] = iso(credentials.expires_at)
    if credentials.owner:
        rendered["owner"] = credentials.owner
    if credentials.max_resources is not None:
        rendered["maxResources"] = credentials.max_resources
    if credentials.forget_at is not None:
        rendered["forgottenAt"] = iso(credentials.forget_at)
    return rendered


def account(emulator: Emulator, name: str, regions: Iterable[str] = (), resources: int = 0) -> dict[str, Any]:
    """An account as the list shows it; regions and the number of resources are those of one that is only on disk."""
    account = emulator.accounts.get(name) if name in emulator.accounts.by_name else None
    if account is not None:
        regions = account.regions
        resources = account.count()
    known = emulator.accounts.credentials
    keys = dict.fromkeys([name, *emulator.accounts.keys_of(name)])
    return {
        "account": name,
        "keys": [described(known.get(key) or Credentials(key, "", name)) for key in keys],
        "regions": list(regions),
        "resources": resources,
    }


CALLS: Calls = (
    ControlCall("POST", "accounts", make, KeysMade),
    ControlCall("GET", "accounts", read, AccountsShown),
    ControlCall("DELETE", "accounts/{access_key}", remove, Deleted),
)
