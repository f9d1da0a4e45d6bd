"""What a client may have signed: the parts of a canonical request, and how the signature was made of it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.signature import (
    Authorization,
    Canonical,
    candidates,
    canonical_query,
    header_names,
    uri_encode,
)

Pair = tuple[bytes, bytes]
Write = Callable[[Iterable[Pair]], list[bytes]]
Sign = Callable[[bytes, bytes, bytes], bytes]

MAX_ITEMS = 50


def hmac_sha256(key: bytes, text: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.digest(key, text, "sha256")


def as_documented(secret: bytes, prefix: bytes, text: bytes) -> bytes:
    """The signature that the scheme asks for."""
    return hmac_sha256(hmac_sha256(secret, prefix).hex().encode(), text)


def encoded_lines(pairs: Iterable[Pair]) -> list[bytes]:
    """The canonical lines of headers."""
    return sorted(uri_encode(name) + b":" + uri_encode(value.strip()) for name, value in pairs)


class Candidate(NamedTuple):
    """A canonical request in its parts, and the keys; each mistake changes one of them."""

    method: bytes
    path: bytes
    query: bytes
    headers: tuple[Pair, ...]
    secret: bytes
    prefix: bytes
    write: Write = encoded_lines
    tail: bytes = b""
    joint: bytes = b"\n"
    sign: Sign = as_documented

    @property
    def text(self) -> bytes:
        """The canonical request."""
        headers = self.joint.join(self.write(self.headers))
        return self.joint.join((self.method, self.path, self.query, headers)) + self.tail

    @property
    def signature(self) -> str:
        """What it is signed with."""
        return self.sign(self.secret, self.prefix, self.text).hex()


class Item(NamedTuple):
    """One item of the query, decoded."""

    key: bytes
    value: bytes


@dataclass(frozen=True)
class FailedSignature:
    """A request whose signature did not match, and what is known about who may have signed what."""

    request: Request
    authorization: Authorization
    secret: bytes
    other_secrets: Mapping[str, bytes]
    hosts: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    query_keys: tuple[str, ...] = ()

    @property
    def prefix(self) -> bytes:
        """The first four parts of the authorization string."""
        return self.authorization.prefix.encode("latin-1")

    @property
    def digest(self) -> bytes:
        """What is equal for equal requests that meet equal keys."""
        known = repr((self.secret, sorted(self.other_secrets.items())))
        return blake2b(known.encode() + self.request.packed(), digest_size=16).digest()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The first items of the query in the order they came in, without the authorization."""
        items = []
        for part in self.request.query_string.split(b"&")[:MAX_ITEMS]:
            key, _, value = part.partition(b"=")
            name = unquote_to_bytes(key)
            if part and name.lower() != b"authorization":
                items.append(Item(name, unquote_to_bytes(value)))
        return tuple(items)

    @cached_property
    def query(self) -> bytes:
        """The canonical query."""
        return canonical_query(self.request.query_string)

    @cached_property
    def names(self) -> tuple[bytes, ...]:
        """The names of the signed headers, as far as they were listed."""
        return header_names(self.authorization.signed_headers)

    @cached_property
    def missing(self) -> tuple[bytes, ...]:
        """The listed headers that the request does not have."""
        return tuple(name for name in self.names if name not in self.request.headers)

    @cached_property
    def bases(self) -> tuple[Candidate, ...]:
        """What the emulator would have accepted, the likeliest first; without the listed headers that are missing."""
        present = tuple(name for name in self.names if name not in self.missing)
        return tuple(self.candidate(canonical) for canonical in candidates(self.request, present))

    def candidate(self, canonical: Canonical) -> Candidate:
        """A canonical request, signed as documented with the keys of the caller."""
        return Candidate(*canonical, self.secret, self.prefix)

    def with_header(self, base: Candidate, name: bytes, value: bytes | None) -> Candidate:
        """An attempt with another value for a header, or without it."""
        headers = [pair for pair in base.headers if pair[0] != name]
        return base._replace(headers=(*headers, (name, value)) if value is not None else tuple(headers))
