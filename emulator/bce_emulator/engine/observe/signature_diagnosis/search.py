"""Finds the mistake behind a refused signature. It is looked for only when a request was refused, and not for long."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Iterable
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.errors import InvalidHTTPAuthHeader, SignatureError
from bce_emulator.engine.http.identity import Identity, claimed_access_key, session_token
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.signature import (
    SCHEME,
    Authorization,
    find_authorization,
    matching,
    moment_of,
    parse,
)
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate, FailedSignature
from bce_emulator.engine.observe.signature_diagnosis.difference import difference
from bce_emulator.engine.observe.signature_diagnosis.keys import HALF_HOUR, ZONES
from bce_emulator.engine.observe.signature_diagnosis.table import TRIED, Mistake, seen, tried
from bce_emulator.engine.steps import OutOfTurn, Shared, Steps

Value = TypeVar("Value")
UNKNOWN_KEY = "unknown_access_key"
MAX_HEAD = 8 * 1024
"""Requests with more bytes before their body are not explained."""
MAX_EXPIRATION = 10
"""Digits that an expiration has at most."""
MAX_BASES = 3
MAX_BYTES = 2_000_000
"""Of canonical requests that are tried for one request."""
MAX_SECRETS = 200
MAX_SEARCHES = 10
"""In a second, for the headers of refused requests; other requests wait meanwhile."""
KEYS_AT_ONCE = 100
"""Of how many operations the query keys are gathered before others are served."""
MAX_REMEMBERED = 100
"""Findings, and searches that have begun; the search for equal requests is made once."""
ZONE_TOLERANCE = 120
LIKELY_ZONES = [zone for zone in ZONES if zone % 3_600 == 0 or abs(zone) >= 7 * HALF_HOUR]
UTC = ("Z", "+00:00", "-00:00", "+0000", "+00")

_LOOSE_FORM = re.compile(r"bce-auth-v1/([^/]+)/([^/]+)/([^/]+)/([^/]*)/(.+)", re.DOTALL)
_DATE = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d:?\d\d.*")


class Finding(NamedTuple):
    """A mistake, and where signatures were compared, what the emulator and the client signed."""

    mistake: Mistake
    ours: Candidate | None = None
    theirs: Candidate | None = None
    detail: str = ""


class Explainer:
    """Says why the signature of a request does not match."""

    def __init__(
        self,
        identity: Identity,
        hosts: tuple[str, ...] = (),
        ports: tuple[int, ...] = (),
        query_keys: Iterable[Iterable[str]] = (),
    ) -> None:
        self._identity = identity
        self._known = (hosts, ports)
        self._more_keys = iter(query_keys)
        self._query_keys: dict[str, None] = {}
        self._found: OrderedDict[bytes, Finding] = OrderedDict()
        self._begun: OrderedDict[bytes, Shared] = OrderedDict()
        self._second = self._searches = 0

    def explain(self, request: Request, moment: float) -> Steps[Finding]:
        """The mistake in a request that arrived at a moment of the wall clock; nothing, if it would be let in."""
        while True:
            try:
                return self._explain(request, moment, on_demand=True)
            except OutOfTurn as out:
                yield
                for _ in out.after.steps if out.after is not None else ():
                    yield

    def _explain(self, request: Request, moment: float, *, on_demand: bool) -> Finding:
        try:
            credentials = self._identity.prove(request, moment)
        except SignatureError:
            return self._diagnose(request, moment, on_demand)
        authorization = parse(find_authorization(request) or "")
        base = self._matching(self._case(request, authorization, credentials))
        return Finding(seen("nothing"), base, base)

    def _diagnose(self, request: Request, moment: float, on_demand: bool) -> Finding:
        try:
            string = find_authorization(request)
        except InvalidHTTPAuthHeader:
            return Finding(seen("header_repeated"))
        if string is None:
            return Finding(seen("no_authorization"))
        try:
            authorization = parse(string)
        except InvalidHTTPAuthHeader as error:
            return Finding(seen(self._malformed(request, string)), detail=error.explanation)
        credentials = self._identity.find(authorization.access_key)
        if credentials is None:
            if authorization.access_key in self._secrets("").values():
                return Finding(seen("keys_swapped"))
            why = self._identity.why_unknown(authorization.access_key) or self._identity.known_keys()
            return Finding(seen(UNKNOWN_KEY), detail=why)
        return self._compare(request, authorization, credentials, moment, on_demand)

    def name(self, request: Request, moment: float) -> str:
        """The name of the mistake; why a key opens no account is said at once, since there is nothing to compare.

        A search is made only so often in a second, and in steps: OutOfTurn until it has ended.
        """
        name = self._explain(request, moment, on_demand=False).mistake.name
        why = self._identity.why_unknown(claimed_access_key(request)) if name == UNKNOWN_KEY else ""
        return f"{name} ({why})" if why else name

    def _compare(
        self,
        request: Request,
        authorization: Authorization,
        credentials: Credentials,
        moment: float,
        on_demand: bool,
    ) -> Finding:
        if self._gather_keys():
            raise OutOfTurn
        case = self._case(request, authorization, credentials)
        ours = case.bases[0]
        if case.missing:
            names = ", ".join(name.decode() for name in case.missing)
            return Finding(seen("listed_header_missing"), ours, detail=names)
        if (base := self._matching(case)) is not None:
            return Finding(seen(_beside_the_signature(case, credentials, moment)), base, base)
        if request.head_bytes > MAX_HEAD:
            return Finding(seen("unknown"), ours, detail="the head of the request is too long to try mistakes")
        key = case.digest
        if key in self._found:
            return self._found[key]
        if key not in self._begun:
            if not (on_demand or self._may_search(moment)):
                return Finding(seen("not_searched"), ours)
            _remember(self._begun, key, Shared(self._searched(key, case)))
        raise OutOfTurn(self._begun[key])

    def _searched(self, key: bytes, case: FailedSignature) -> Steps[None]:
        try:
            _remember(self._found, key, (yield from _search(case)))
        finally:
            self._begun.pop(key, None)

    def _gather_keys(self) -> bool:
        """Have the query keys of some further operations; answers whether there were any left."""
        some = list(islice(self._more_keys, KEYS_AT_ONCE))
        self._query_keys |= dict.fromkeys(chain.from_iterable(some))
        return bool(some)

    def _may_search(self, moment: float) -> bool:
        if int(moment) != self._second:
            self._second, self._searches = int(moment), 0
        self._searches += 1
        return self._searches <= MAX_SEARCHES

    def _matching(self, case: FailedSignature) -> Candidate | None:
        """What the signature stands for, as the verification finds it."""
        canonical = matching(case.request, case.authorization, case.secret.decode())
        return case.candidate(canonical) if canonical is not None else None

    def _case(self, request: Request, authorization: Authorization, credentials: Credentials) -> FailedSignature:
        others = {name: secret.encode() for name, secret in self._secrets(credentials.access_key).items()}
        secret = credentials.secret_key.encode()
        return FailedSignature(request, authorization, secret, others, *self._known, tuple(self._query_keys))

    def _secrets(self, access_key: str) -> dict[str, str]:
        """The secret keys of other access keys, some of them if there are many."""
        identity = self._identity
        known = {"": identity.policy.open_secret_key or ""}
        for name, credentials in list(identity.accounts.credentials.items())[:MAX_SECRETS]:
            if name != access_key:
                known[name] = credentials.secret_key
        return {name: secret for name, secret in known.items() if secret}

    def _malformed(self, request: Request, string: str) -> str:
        if string.partition("/")[0] != SCHEME:
            return "other_scheme"
        match = _LOOSE_FORM.fullmatch(string)
        if match is None:
            return "malformed_authorization"
        access_key, timestamp, expiration, _, signature = match.groups()
        for name, text in (("signature_in_upper_case", signature.lower()), ("signature_in_base64", _hex(signature))):
            if text != signature and self._is_right(request, f"{string[: -len(signature)]}{text}", access_key):
                return name
        return _wrong_number(timestamp, expiration)

    def _is_right(self, request: Request, string: str, access_key: str) -> bool:
        credentials = self._identity.find(access_key)
        try:
            authorization = parse(string)
        except InvalidHTTPAuthHeader:
            return False
        if credentials is None:
            return False
        case = self._case(request, authorization, credentials)
        return not case.missing and self._matching(case) is not None


def _beside_the_signature(case: FailedSignature, credentials: Credentials, moment: float) -> str:
    """Why a request is refused whose signature is right."""
    if case.names and b"host" not in case.names:
        return "host_not_listed"
    if credentials.session_token:
        token = session_token(case.request)
        if token != credentials.session_token:
            return "session_token_wrong" if token else "session_token_missing"
        if credentials.expires_at is not None and moment > credentials.expires_at:
            return "session_token_expired"
    return _late(case.request, case.authorization, moment)


def _late(request: Request, authorization: Authorization, now: float) -> str:
    stamp, date = authorization.timestamp - now, moment_of(request, authorization) - now
    if any(abs(apart - zone) < ZONE_TOLERANCE for apart in (stamp, date) for zone in LIKELY_ZONES):
        return "local_time_sent"
    if -stamp > authorization.expiration:
        return "signature_expired"
    return "clock_differs"


def _wrong_number(timestamp: str, expiration: str) -> str:
    if timestamp.isdecimal():
        return "unix_time_sent"
    if _DATE.fullmatch(timestamp) and not timestamp.endswith(UTC):
        return "local_time_sent"
    if expiration.isdecimal() and len(expiration) > MAX_EXPIRATION:
        return "expiration_in_milliseconds"
    return "malformed_authorization"


def _remember(known: OrderedDict[bytes, Value], key: bytes, value: Value) -> None:
    known[key] = value
    if len(known) > MAX_REMEMBERED:
        known.popitem(last=False)


def _search(case: FailedSignature) -> Steps[Finding]:
    left = MAX_BYTES
    for base in case.bases[:MAX_BASES]:
        for candidates in TRIED:
            for candidate in candidates(case, base):
                text = candidate.text
                left -= len(text)
                if left < 0:
                    return Finding(
                        seen("unknown"), case.bases[0], detail="the request is too long to try every mistake"
                    )
                signature = candidate.sign(candidate.secret, candidate.prefix, text).hex()
                if hmac.compare_digest(signature, case.authorization.signature):
                    detail = _owner_of(case, candidate) or difference(base, candidate)
                    return Finding(tried(candidates), base, candidate, detail)
                yield
    return Finding(seen("probably_the_secret_key"), case.bases[0])


def _owner_of(case: FailedSignature, candidate: Candidate) -> str:
    owners = [name for name, secret in case.other_secrets.items() if secret == candidate.secret != case.secret]
    return f"it is the secret key of {owners[0] or 'the open accounts'}" if owners else ""


def _hex(text: str) -> str:
    try:
        return b64decode(text, validate=True).hex()
    except ValueError:
        return text
