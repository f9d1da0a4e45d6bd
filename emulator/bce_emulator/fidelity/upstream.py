"""Calls of the real cloud: which host, signed with which keys, over TLS."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.identity import SECURITY_TOKEN
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.signature import (
    SCHEME,
    canonical_headers,
    canonical_path,
    canonical_query,
    sign,
    signing_key,
)
from bce_emulator.settings import SettingError, is_loopback

SECONDS = 60
EXPIRES = 1_800
MOST_BYTES = 16 * 1024 * 1024
OF_THE_SIGNATURE = frozenset({b"authorization", b"x-bce-date", SECURITY_TOKEN.encode()})
PASSED_ON = (b"content-type", b"content-md5")
"""What goes on of a request beside the headers of the cloud's own, and of an answer beside its request id."""


class UpstreamFailed(ApiError):
    """The cloud did not answer, or not with HTTP, or with too much."""

    status, code, message, basis = 502, "BadGateway", "{host} gave no answer: {reason}", "emulator"


class RealKeys(NamedTuple):
    """Keys of the real cloud; the token is empty unless they are temporary."""

    access_key: str
    secret_key: str
    token: str = ""

    def __repr__(self) -> str:
        """Say nothing of them."""
        return "RealKeys(****)"


class Answer(NamedTuple):
    """What the cloud answered."""

    status: int
    content_type: str
    request_id: str
    body: bytes


class Upstream:
    """Signs requests again and sends them on: to the hosts of the cloud, or all to one address."""

    def __init__(self, keys: RealKeys, url: str = "", ca_file: str = "") -> None:
        self._keys = keys
        self._address = _address(url) if url else None
        try:
            self._context = ssl.create_default_context(cafile=ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise SettingError(f"--upstream-ca {ca_file}: {error.strerror or error}") from None

    def send(self, request: Request, body: bytes, host: str, moment: float) -> Answer:
        """The answer of a host to a request; it is waited for, so a thread of its own does this."""
        path = request.raw_path or b"/"
        query = without_signature(request.query_string)
        headers = self._signed(request, path, query, body, host, moment)
        target = path + (b"?" + query if query else b"")
        connection = self._connection(host)
        try:
            connection.putrequest(request.method, target.decode("ascii"), skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body or None)
            return _read(connection.getresponse())
        except (OSError, HTTPException, ValueError) as error:
            raise UpstreamFailed(host=host, reason=_reason(error)) from None
        finally:
            connection.close()

    def _connection(self, host: str) -> HTTPConnection:
        is_tls, name, port = self._address or (True, host, 443)
        if is_tls:
            return HTTPSConnection(name, port, timeout=SECONDS, context=self._context)
        return HTTPConnection(name, port, timeout=SECONDS)

    def _signed(
        self, request: Request, path: bytes, query: bytes, body: bytes, host: str, moment: float
    ) -> list[tuple[bytes, bytes]]:
        """The headers to send, all of them signed."""
        date = iso(moment).encode()
        headers = [(b"host", host.encode()), (b"x-bce-date", date)]
        headers += [
            (name, value)
            for name, value in request.headers.items()
            if (name in PASSED_ON or name.startswith(b"x-bce-")) and name not in OF_THE_SIGNATURE
        ]
        if body or request.has_body or request.method in {"POST", "PUT"}:
            headers.append((b"content-length", b"%d" % len(body)))
        if self._keys.token:
            headers.append((SECURITY_TOKEN.encode(), self._keys.token.encode()))
        signed = [header for header in headers if header[1].strip()]
        prefix = f"{SCHEME}/{self._keys.access_key}/{date.decode()}/{EXPIRES}"
        canonical = b"\n".join(
            (request.method.encode(), canonical_path(path), canonical_query(query), canonical_headers(signed))
        )
        names = ";".join(sorted(name.decode() for name, _ in signed))
        signature = sign(signing_key(self._keys.secret_key, prefix), canonical)
        return [
            *headers,
            (b"authorization", f"{prefix}/{names}/{signature}".encode()),
            (b"accept-encoding", b"identity"),
        ]


def without_signature(query: bytes) -> bytes:
    """A query without what signed it; all else stays as it came."""
    names = {b"authorization", SECURITY_TOKEN.encode()}
    return b"&".join(part for part in query.split(b"&") if _name(part) not in names)


def shown_query(query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The items of a query without those that sign it."""
    return [item for item in query if item[0].lower() not in {"authorization", SECURITY_TOKEN}]


def _name(part: bytes) -> bytes:
    return unquote_to_bytes(part.partition(b"=")[0]).lower()


def _address(url: str) -> tuple[bool, str, int]:
    """Whether an address speaks TLS, its name and its port; without TLS only this machine is called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingError("--upstream is a URL such as https://127.0.0.1:8443") from None
    name = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not name or parts.path.strip("/") or parts.query or parts.username:
        raise SettingError("--upstream is a URL such as https://127.0.0.1:8443")
    if parts.scheme == "http" and not is_loopback(name):
        raise SettingError("--upstream is https, unless it is this machine")
    return parts.scheme == "https", name, port or (443 if parts.scheme == "https" else 80)


def _read(response: HTTPResponse) -> Answer:
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise HTTPException(f"more than {MOST_BYTES} bytes")
    if response.getheader("content-encoding", "identity").lower() != "identity":
        raise HTTPException("it is encoded, which was not asked for")
    return Answer(
        response.status, response.getheader("content-type", ""), response.getheader("x-bce-request-id", ""), body
    )


def _reason(error: Exception) -> str:
    """Why there is no answer; nothing of a request stands in it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {error.verify_message}"
    if isinstance(error, HTTPException) and type(error) is HTTPException:
        return str(error)
    return getattr(error, "strerror", None) or type(error).__name__
