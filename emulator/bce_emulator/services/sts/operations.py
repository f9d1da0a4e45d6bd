"""Mint temporary keys: of the account itself, or of a role in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.declare.models import IN_QUERY, LenientBool
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, NotPermitted
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.sts.acl import Acl, text_of

KEY_QUOTA = account_setting("sts.temporaryKeyQuota", 1_000, "temporary keys that an account has at one time")
MAX_KEYS = 10_000
"""How many temporary keys all accounts together have at one time: who asks for more and more fills no memory."""

SESSION_SECONDS, MAX_SESSION_SECONDS = 43_200, 129_600
"""How long keys of the account itself live: the default of the clients, and the most, which is proposed."""
ROLE_SECONDS = 7_200
"""How long keys of a role live at most, and by default."""


class TemporaryKeys(TypedDict):
    """A pair of keys and the token that each request with them needs; times are those of the wall clock."""

    accessKeyId: str
    secretAccessKey: str
    sessionToken: str
    createTime: str
    expiration: str
    userId: str


class RoleKeys(TemporaryKeys):
    """The keys of a role."""

    roleId: str


class GetSessionTokenRequest(Acl):
    """For how long the keys live, and what they may do."""

    duration_seconds: Annotated[int, Field(ge=1, le=MAX_SESSION_SECONDS), IN_QUERY] = SESSION_SECONDS


class AssumeRoleRequest(Acl):
    """Which role of which account, for how long, and what the keys may do."""

    account_id: Annotated[str, Field(min_length=1), IN_QUERY]
    role_name: Annotated[str, Field(min_length=1), IN_QUERY]
    user_id: Annotated[str, IN_QUERY] = ""
    with_token: Annotated[LenientBool, IN_QUERY] = False
    duration_seconds: Annotated[int, Field(ge=1, le=ROLE_SECONDS), IN_QUERY] = ROLE_SECONDS


@operation("POST /v1/sessionToken", errors=[QuotaLimitExceeded], basis="client")
def get_session_token(account: AccountRegion, request: GetSessionTokenRequest, call: Call) -> TemporaryKeys:
    """Mint temporary keys that open the same account."""
    return _mint(account, request, request.duration_seconds, call.credentials)


@operation(
    "POST /v1/credential?assumeRole",
    errors=[NoSuchObject, QuotaLimitExceeded],
    doc="https://intl.cloud.baidu.com/doc/IAM/s/Qjwvyc8ov-en",
)
def assume_role(account: AccountRegion, request: AssumeRoleRequest, call: Call) -> RoleKeys:
    """Mint temporary keys for a role of the account; every role is there, and may do what the account may."""
    if request.account_id != account.name and request.account_id in account.account.registry:
        raise NoSuchObject(f"the account {request.account_id} has no role that another one may assume")
    keys = _mint(account, request, request.duration_seconds, call.credentials)
    return {**keys, "roleId": id_text("hex32", "role", account.name, request.role_name)}


def _mint(account: AccountRegion, acl: Acl, seconds: int, by: Credentials) -> TemporaryKeys:
    """New keys of the account, which live no longer than the keys they were asked for with."""
    registry, allowed = account.account.registry, _acl_of_new_keys(acl, by)
    now = registry.wall()
    _make_room(account, now)
    access_key = account.new_text("temporary key", "hex32")
    while access_key in registry.credentials:
        access_key = account.new_text("temporary key", "hex32")
    created = Credentials(
        access_key,
        account.new_text("temporary secret", "hex32"),
        account.name,
        account.new_text("session token", "hex32") + account.new_text("session token", "hex32"),
        min(now + seconds, by.expires_at or now + seconds),
        allowed,
        minted=True,
    )
    registry.add_credentials(created)
    assert created.expires_at is not None
    return {
        "accessKeyId": created.access_key,
        "secretAccessKey": created.secret_key,
        "sessionToken": created.session_token,
        "createTime": iso(now),
        "expiration": iso(created.expires_at),
        "userId": account.name,
    }


def _acl_of_new_keys(acl: Acl, by: Credentials) -> str:
    """What new keys may do: what is asked for, and never more than the keys that ask."""
    wanted = text_of(acl)
    if wanted and by.acl and wanted != by.acl:
        raise NotPermitted("keys that have an acl mint others with the same acl only")
    return wanted or by.acl


def _make_room(account: AccountRegion, now: float) -> None:
    """Where a bound is met, forget the keys that have died, and refuse more living ones."""
    registry, quota = account.account.registry, account.setting(KEY_QUOTA)
    explanation = f"the setting {KEY_QUOTA.name} of this account is {quota}"
    dead = _dead_if_full(registry.minted_by(account.name), quota, now, explanation)
    if registry.minted >= MAX_KEYS:
        every = [each for each in registry.credentials.values() if each.minted]
        dead += _dead_if_full(every, MAX_KEYS, now, f"all accounts together have {MAX_KEYS} temporary keys")
    for access_key in dict.fromkeys(dead):
        registry.remove_credentials(access_key)


def _dead_if_full(keys: list[Credentials], most: int, now: float, explanation: str) -> list[str]:
    if len(keys) < most:
        return []
    dead = [each.access_key for each in keys if each.expires_at is not None and each.expires_at < now]
    if len(keys) - len(dead) >= most:
        raise QuotaLimitExceeded(explanation)
    return dead
