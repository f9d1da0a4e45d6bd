"""Whose request it is: from the authorization string to an account and the keys that signed."""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Accounts, Credentials
from bce_emulator.engine.errors import AccessDenied, ApiError, InvalidAccessKeyId, RequestExpired
from bce_emulator.engine.http import signature
from bce_emulator.engine.http.request import Head, Request

log = logging.getLogger("bce_emulator")

MAX_ACCOUNTS = 10_000
NEARLY_FULL = 0.9
MORE_ROOM = "DELETE /_emulator/accounts/<access key> makes room, as do --max-accounts and --forget-idle"
SECURITY_TOKEN = "x-bce-security-token"
MAX_NAMED = 10
DIGITS = 64
"""How long a signature is."""
MAX_PROVEN = 2_048
"""How many strings that were right are remembered; the oldest goes."""
OPEN_KEY = re.compile(r"[!-.0-~]{1,128}")
OPEN_KEY_FORM = "at most 128 printable ASCII characters without blanks and slashes"
"""What an authorization string can carry: a slash ends the access key in it, and a header loses blanks."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of a caller: whether signatures and their times are judged, and which keys need no preparation."""

    verify: bool = True
    judge_time: bool = True
    default_access_key: str = "test"
    open_prefix: str = "test-"
    open_secret_key: str | None = field(default=None, repr=False)
    max_accounts: int = MAX_ACCOUNTS


class Proven(NamedTuple):
    """What an authorization string says before its signature, if one with the right signature has come.

    ``stamp`` is the date that its request has to have, ``earliest`` and ``latest`` are when it can be accepted.
    """

    access_key: str
    secret_key: str
    stamp: str
    earliest: float
    latest: float
    names: tuple[bytes, ...]
    key: signature.Key


class Identity:
    """Finds the account and the keys of a request."""

    def __init__(
        self, accounts: Accounts, policy: Policy, wall: Callable[[], float], region_of: Callable[[str], str]
    ) -> None:
        self.accounts = accounts
        accounts.find_credentials = self.find
        self.policy = policy
        self._wall = wall
        self._region_of = region_of
        self._warned_near = self._warned_full = False
        self.proven: dict[bytes, Proven] = {}

    def identify(self, request: Request) -> tuple[AccountRegion, Credentials]:
        """The account and the keys that a request was signed with, or the documented refusal."""
        credentials = self.caller(request, self._wall())
        return self.account_of(credentials, request.head), credentials

    def caller(self, request: Request, now: float) -> Credentials:
        """The keys that a request was signed with, or the documented refusal. ``now`` is when it arrived."""
        self.accounts.forget_idle()
        return self.prove(request, now) if self.policy.verify else self._claimed(request)

    def account_of(self, credentials: Credentials, head: Head) -> AccountRegion:
        """The account that these keys open, in the region that a request with this head is sent to."""
        if not head.region:
            head.region = self._region_of(head.host)
        return self.accounts.open(credentials.account).in_region(head.region)

    def account_key_named(self, request: Request) -> tuple[str, str] | None:
        """Account and region that a refused request names, be it rightly or not; None if nobody has that key yet."""
        access_key = claimed_access_key(request)
        credentials = self.accounts.credentials.get(access_key)
        name = credentials.account if credentials is not None else access_key
        if credentials is None and name not in self.accounts:
            return None
        account = self.accounts.by_name.get(name)
        region = self._region_or_default(request.host)
        opened = account.regions.get(region) if account is not None else None
        return opened.account_key if opened is not None else (name, region)

    def _region_or_default(self, host: str) -> str:
        try:
            return self._region_of(host)
        except ApiError:
            return self._region_of("")

    def find(self, access_key: str) -> Credentials | None:
        """The keys with this access key; one with the open prefix is an account from its first use."""
        found = self.accounts.credentials.get(access_key)
        if found is not None:
            return found
        policy = self.policy
        if policy.open_secret_key is None or not access_key.startswith(policy.open_prefix):
            return None
        if access_key not in self.accounts and not self._may_open(access_key):
            return None
        return Credentials(access_key, policy.open_secret_key, account=access_key)

    def _may_open(self, access_key: str) -> bool:
        if not OPEN_KEY.fullmatch(access_key):
            return False
        count, most = len(self.accounts), self.policy.max_accounts
        self._tell(access_key, count, most)
        return count < most

    def _tell(self, access_key: str, count: int, most: int) -> None:
        """Log that there is little room for further accounts, and that there is none: once each till there is again."""
        near = count >= most * NEARLY_FULL
        if count >= most and not self._warned_full:
            log.warning("%s was refused: there are %d accounts already; %s", access_key, count, MORE_ROOM)
        elif near and not self._warned_near:
            log.warning("there are %d accounts, and at most %d; %s", count, most, MORE_ROOM)
        self._warned_near, self._warned_full = near, near and (self._warned_full or count >= most)

    def why_unknown(self, access_key: str) -> str:
        """Why an access key with the open prefix opens no account; empty for others, which are just not there."""
        if self.policy.open_secret_key is None or not access_key.startswith(self.policy.open_prefix):
            return ""
        if not OPEN_KEY.fullmatch(access_key):
            return f"an access key is {OPEN_KEY_FORM}"
        return f"there are {self.policy.max_accounts} accounts already; {MORE_ROOM}"

    def known_keys(self) -> str:
        """Which access keys open an account, some of them if there are many."""
        names = list(self.accounts.credentials)[:MAX_NAMED]
        names += [f"{self.policy.open_prefix}*"] if self.policy.open_secret_key is not None else []
        more = len(self.accounts.credentials) - MAX_NAMED
        return f"known access keys are {', '.join(names)}" + (f" and {more} more" if more > 0 else "")

    def prove(self, request: Request, now: float) -> Credentials:
        """The keys that a request was signed with, or the refusal at this time.

        A client that signs more than once a second sends strings that only differ in the signature; nothing but that
        is worked out of those.
        """
        signed, head = request.signed, request.head
        if signed is None or (known := self.proven.get(signed[:-DIGITS])) is None:
            return self._prove(request, now)
        access_key, secret_key, stamp, earliest, latest, names, key = known
        text = head.canonical.get(names) if head.canonical else None
        credentials = self.accounts.credentials.get(access_key) or self.find(access_key)
        if (
            text is not None
            and credentials is not None
            and credentials.secret_key == secret_key
            and not credentials.session_token
            and head.date == stamp
            and earliest <= now <= latest
            and hmac.compare_digest(signature.sign(key, text).encode(), signed[-DIGITS:])
        ):
            return credentials
        return self._prove(request, now)

    def _prove(self, request: Request, now: float) -> Credentials:
        string = signature.find_authorization(request)
        if string is None:
            raise AccessDenied("the request has no Authorization header")
        authorization = signature.parse(string)
        access_key = authorization.access_key
        credentials = self.find(access_key)
        if credentials is None:
            raise InvalidAccessKeyId(self.why_unknown(access_key) or self.known_keys())
        signature.verify(request, authorization, credentials.secret_key)
        if credentials.session_token:
            _check_token(request, credentials, now)
        if self.policy.judge_time:
            signature.check_time(request, authorization, now)
        if request.signed is not None:
            self._remember(request.signed[:-DIGITS], authorization, credentials)
        return credentials

    def _remember(self, start: bytes, authorization: signature.Authorization, credentials: Credentials) -> None:
        stamped, most = authorization.timestamp, signature.MAX_CLOCK_DIFFERENCE
        times = (stamped - most, stamped + min(authorization.expiration, most))
        self.proven[start] = Proven(
            credentials.access_key,
            credentials.secret_key,
            authorization.stamp,
            *(times if self.policy.judge_time else (-inf, inf)),
            signature.header_names(authorization.signed_headers),
            signature.signing_key(credentials.secret_key, authorization.prefix),
        )
        if len(self.proven) > MAX_PROVEN:
            del self.proven[next(iter(self.proven))]

    def _claimed(self, request: Request) -> Credentials:
        access_key = claimed_access_key(request)
        found = self.find(access_key) if access_key else None
        return found or self.accounts.credentials[self.policy.default_access_key]


def session_token(request: Request) -> str:
    """The session token of a request, or an empty string."""
    return request.header(SECURITY_TOKEN.encode()) or dict(request.query).get(SECURITY_TOKEN, "")


def _check_token(request: Request, credentials: Credentials, now: float) -> None:
    if not hmac.compare_digest(session_token(request).encode(), credentials.session_token.encode()):
        raise AccessDenied("the session token is not the one that was issued with this key")
    if credentials.expires_at is not None and now > credentials.expires_at:
        raise RequestExpired("the session token has expired", date=request.header(b"x-bce-date"))


def claimed_access_key(request: Request) -> str:
    """The access key that a request names, whether or not it may; empty if it names none, or has not been decoded."""
    string = request.header(b"authorization") or dict(getattr(request, "query", ())).get("authorization", "")
    parts = string.split("/", 2)
    return parts[1] if len(parts) == 3 and parts[0] == signature.SCHEME else ""
