"""bce-auth-v1: which canonical requests a signature may stand for, and whether it stands for one of them.

The scheme is https://cloud.baidu.com/doc/Reference/s/njwvz1yfu. Clients depart from it in a few known ways; each
departure is one more candidate here, and every candidate contains the method, the path, the query and the host.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from calendar import timegm
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import md5, sha256
from time import gmtime, strftime, strptime
from typing import NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

from bce_emulator.engine.cache import cached
from bce_emulator.engine.errors import InvalidHTTPAuthHeader, InvalidHTTPRequest, RequestExpired, SignatureDoesNotMatch
from bce_emulator.engine.http.request import AUTHORIZATION, MD5, SHA256, Request

SCHEME = "bce-auth-v1"
MAX_CLOCK_DIFFERENCE = 30 * 60
MAX_AUTHORIZATION = 2_048
LATEST_DATE = 253_402_300_800  # the year 10000
UNRESERVED = "-_.~"
LENGTH = b"content-length"
DEFAULT_HEADERS = (b"host", LENGTH, b"content-type", b"content-md5")
CUSTOM = b"x-bce-"
SHARED = 4
"""How many choices of signed headers are remembered of one head."""
DIGESTS = (MD5, SHA256)
BLOCK = 64
INNER, OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
"""What HMAC-SHA256 makes of each byte of a key."""
HOST_NOT_SIGNED = "host is not among the signed headers"

Headers = tuple[tuple[bytes, bytes], ...]

_FORM = re.compile(
    r"(bce-auth-v1/([^/]+)/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/([0-9]{1,10}))/([^/]*)/([0-9a-f]{64})", re.ASCII
)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


_new = tuple.__new__


class Key(NamedTuple):
    """A secret as both digests of HMAC begin with it."""

    inner: bytes
    outer: bytes


class Authorization(NamedTuple):
    """The parsed string ``bce-auth-v1/{key}/{timestamp}/{seconds}/{signed headers}/{signature}``."""

    prefix: str
    access_key: str
    stamp: str
    timestamp: float
    expiration: int
    signed_headers: str
    signature: str


class Canonical(NamedTuple):
    """A canonical request in its parts."""

    method: bytes
    path: bytes
    query: bytes
    headers: Headers

    @property
    def text(self) -> bytes:
        """What is signed."""
        return b"%b\n%b\n%b\n%b" % (self.method, self.path, self.query, canonical_headers(self.headers))


def find_authorization(request: Request) -> str | None:
    """The authorization string of the header, else of the query, else None."""
    repeated = request.head.repeated
    if repeated and not repeated.isdisjoint((AUTHORIZATION, b"host")):
        raise InvalidHTTPAuthHeader("a request has one Authorization header and one Host header")
    header = request.head.headers.get(AUTHORIZATION) if request.signed is None else request.signed
    if header is not None:
        return header.decode("latin-1")
    if b"uthorization" not in request.query_string and b"%" not in request.query_string:
        return None
    found = [value for key, value in request.query if key.lower() == "authorization"]
    if len(found) > 1:
        raise InvalidHTTPAuthHeader("the query has two authorization items")
    return found[0] if found else None


def parse(authorization: str) -> Authorization:
    """Take an authorization string apart, or say what is wrong with its form."""
    if len(authorization) > MAX_AUTHORIZATION or not authorization.isascii():
        raise InvalidHTTPAuthHeader(f"an authorization string is ASCII and at most {MAX_AUTHORIZATION} characters")
    match = _FORM.fullmatch(authorization)
    if match is None:
        raise InvalidHTTPAuthHeader(_what_is_wrong(authorization))
    prefix, access_key, timestamp, expiration, signed_headers, signature = match.groups()
    moment, seconds = _seconds_of(timestamp), int(expiration)
    if moment is None or not seconds:
        raise InvalidHTTPAuthHeader(_what_is_wrong(authorization))
    return _new(Authorization, (prefix, access_key, timestamp, moment, seconds, signed_headers, signature))


def _what_is_wrong(authorization: str) -> str:
    parts = authorization.split("/")
    if parts[0] != SCHEME:
        return f"the authorization string must start with {SCHEME}/"
    if len(parts) != 6:
        return f"the authorization string has {len(parts)} parts between slashes instead of 6"
    if not parts[1]:
        return "the access key is empty"
    if seconds_of(parts[2]) is None:
        return "the timestamp is not a date of the form 2026-01-01T00:00:00Z"
    if not parts[3].isdecimal() or int(parts[3][:11]) == 0 or len(parts[3]) > 10:
        return "the expiration is not a positive number of seconds"
    return "the signature is not 64 lower-case hex digits"


def verify(request: Request, authorization: Authorization, secret_key: str) -> None:
    """Accept the request if its signature stands for one of the candidates."""
    names = header_names(authorization.signed_headers)
    key = signing_key(secret_key, authorization.prefix)
    if (
        not hmac.compare_digest(sign(key, likeliest(request, names)), authorization.signature)
        and matching(request, authorization, secret_key) is None
    ):
        raise SignatureDoesNotMatch
    if names and b"host" not in names:
        raise SignatureDoesNotMatch(HOST_NOT_SIGNED)


def matching(request: Request, authorization: Authorization, secret_key: str) -> Canonical | None:
    """The candidate that the signature stands for, compared in constant time each, or None."""
    key = signing_key(secret_key, authorization.prefix)
    names = header_names(authorization.signed_headers)
    for candidate in candidates(request, names):
        if hmac.compare_digest(sign(key, candidate.text), authorization.signature):
            return candidate
    return None


def check_body(request: Request) -> None:
    """Where a header that is a digest of the body was signed, require that the body has it; nothing else binds it."""
    headers = request.headers
    names = header_names(parse(find_authorization(request) or "").signed_headers) or DIGESTS
    if MD5 in names and headers.get(MD5) not in {None, b64encode(md5(request.body).digest())}:
        raise InvalidHTTPRequest("the body does not have the signed Content-MD5")
    if SHA256 in names and headers.get(SHA256) not in {None, sha256(request.body).hexdigest().encode()}:
        raise InvalidHTTPRequest("the body does not have the signed x-bce-content-sha256")


def moment_of(request: Request, authorization: Authorization) -> float:
    """What the client's clock said, in Unix time: its date header, if that is a date, or else the timestamp."""
    date = request.head.date
    moment = None if date == authorization.stamp or not date else _date_seconds(date)
    return authorization.timestamp if moment is None else moment


def check_time(request: Request, authorization: Authorization, now: float) -> None:
    """Refuse what has expired and what comes from a clock more than 30 minutes off. ``now`` is Unix time."""
    moment = moment_of(request, authorization)
    if now > authorization.timestamp + authorization.expiration:
        raise RequestExpired("the signature's time is over", date=_rendered(moment))
    if max(abs(now - moment), authorization.timestamp - now) > MAX_CLOCK_DIFFERENCE:
        raise RequestExpired("the clocks of client and server differ by more than 30 minutes", date=_rendered(moment))


def _rendered(moment: float) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(moment))


def likeliest(request: Request, names: tuple[bytes, ...]) -> bytes:
    """The canonical request that nearly every client means, made without looking at the departures."""
    shared = request.head.canonical
    if shared is None:
        return _likeliest(request, names)
    text = shared.get(names)
    if text is None:
        text = _likeliest(request, names)
        if len(shared) < SHARED and AUTHORIZATION not in names:
            shared[names] = text
    return text


def _likeliest(request: Request, names: tuple[bytes, ...]) -> bytes:
    query = canonical_query(request.query_string) if request.query_string else b""
    block = canonical_headers(_named(request, names or _default_names(request)))
    return b"%b\n%b\n%b\n%b" % (request.method.encode(), canonical_path(request.raw_path), query, block)


def candidates(request: Request, names: tuple[bytes, ...]) -> Iterator[Canonical]:
    """What the signature may stand for, the likeliest first."""
    paths = dict.fromkeys((canonical_path(request.raw_path), request.raw_path))
    queries = {canonical_query(request.query_string): None}
    if b"authorization" in request.headers:
        queries[canonical_query_with_authorization(request.query_string)] = None
    method = request.method.encode()
    for headers in header_sets(request, names):
        for path in paths:
            for query in queries:
                yield Canonical(method, path, query, headers)


def header_sets(request: Request, names: tuple[bytes, ...]) -> Iterator[Headers]:
    """The headers that the names of signed headers may stand for, each with and without those that are empty."""
    named = _named(request, names or _default_names(request))
    sets = [named]
    if names:
        others = [item for item in request.headers.items() if item[0].startswith(CUSTOM) and item[0] not in names]
        sets += [named + others] if others else []
    elif request.headers.get(LENGTH) == b"0":  # an HTTP library adds it afterwards: there is no body
        sets.append([item for item in named if item[0] != LENGTH])
    for chosen in sets:
        yield tuple(chosen)
        filled = tuple((name, value) for name, value in chosen if value.strip())
        if len(filled) < len(chosen):
            yield filled


def _default_names(request: Request) -> tuple[bytes, ...]:
    headers = request.headers
    default = [name for name in DEFAULT_HEADERS if name in headers]
    return (*default, *[name for name in headers if name.startswith(CUSTOM)])


def _named(request: Request, names: tuple[bytes, ...]) -> list[tuple[bytes, bytes]]:
    headers = request.headers
    try:
        return [(name, headers[name]) for name in names]
    except KeyError as error:
        raise SignatureDoesNotMatch(f"the request lacks the signed header {error.args[0].decode()}") from None


def canonical_headers(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """``name:value`` lines, both encoded, sorted by byte."""
    return _canonical_headers(b"\n".join([b"%b:%b" % header for header in headers]))


@cached
def _canonical_headers(lines: bytes) -> bytes:
    headers = [line.partition(b":") for line in lines.split(b"\n")]
    return b"\n".join(sorted([uri_encode(name) + b":" + uri_encode(value.strip()) for name, _, value in headers]))


@lru_cache(256)
def header_names(signed_headers: str) -> tuple[bytes, ...]:
    """The names in a list of signed headers, in any order and case, repeats and blanks left out."""
    names = [name.strip().lower() for name in signed_headers.split(";")]
    return tuple(dict.fromkeys(name.encode() for name in names if name))


@cached
def uri_encode(raw: bytes) -> bytes:
    """Percent-encode every byte but the unreserved ones, with upper-case digits."""
    return quote_from_bytes(raw, safe=UNRESERVED).encode()


@cached
def canonical_path(raw_path: bytes) -> bytes:
    """The path, decoded and encoded again."""
    return quote_from_bytes(unquote_to_bytes(raw_path), safe=UNRESERVED + "/").encode() or b"/"


@cached
def canonical_query(query_string: bytes) -> bytes:
    """The query's ``key=value`` items, decoded, encoded again and sorted as whole strings."""
    return _canonical_query(query_string, leave_out=b"authorization")


@cached
def canonical_query_with_authorization(query_string: bytes) -> bytes:
    """The same, with the authorization item, which the first Python SDK signs by mistake."""
    return _canonical_query(query_string, leave_out=b"")


def _canonical_query(query_string: bytes, leave_out: bytes) -> bytes:
    items = []
    for part in query_string.split(b"&"):
        if not part:
            continue
        key, _, value = part.partition(b"=")
        name = unquote_to_bytes(key)
        if name.lower() != leave_out or not leave_out:
            items.append(uri_encode(name) + b"=" + uri_encode(unquote_to_bytes(value)))
    return b"&".join(sorted(items))


@lru_cache(2_048)
def signing_key(secret_key: str, prefix: str) -> Key:
    """The key whose secret is the 64 ASCII characters of the prefix's signature in hex form."""
    return key_of(sign(_secret(secret_key), prefix.encode("latin-1")).encode())


@lru_cache(2_048)
def _secret(secret_key: str) -> Key:
    return key_of(secret_key.encode())


def key_of(secret: bytes) -> Key:
    """A secret as HMAC-SHA256 uses it (RFC 2104)."""
    if len(secret) > BLOCK:
        secret = sha256(secret).digest()
    secret = secret.ljust(BLOCK, b"\0")
    return _new(Key, (secret.translate(INNER), secret.translate(OUTER)))


def sign(key: Key, message: bytes) -> str:
    """HMAC-SHA256 as hex digits; the library's own takes twice as long over messages that are as short."""
    return sha256(key.outer + sha256(key.inner + message).digest()).hexdigest()


def seconds_of(timestamp: str) -> float | None:
    """Unix time of ``2026-01-01T00:00:00Z``, or None if it is no such date."""
    return _seconds_of(timestamp) if _TIMESTAMP.fullmatch(timestamp) else None


@lru_cache(2_048)
def _seconds_of(timestamp: str) -> float | None:
    try:
        return float(timegm(strptime(timestamp, "%Y-%m-%dT%H:%M:%SZ")))
    except ValueError:
        return None


def _date_seconds(date: str) -> float | None:
    moment = seconds_of(date)
    if moment is None:
        try:
            moment = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError, IndexError):
            return None
    return moment if 0 <= moment < LATEST_DATE else None
