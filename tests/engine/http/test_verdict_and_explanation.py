"""Verification and explanation are one: what is let in has no mistake, what is refused has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.errors import SignatureError
from bce_emulator.engine.http.request import Head, Request
from bce_emulator.engine.observe.signature_diagnosis import search
from bce_emulator.engine.steps import at_once
from bce_emulator.settings import Settings
from tests.control.mistakes import SignedRequest, send
from tests.engine.http.test_signature_vectors import DATA, SENT, credentials

Scope = dict[str, Any]

ONE_OF_EACH = {(vector["client"], vector["version"], vector["method"]): vector for vector in SENT}
VECTORS = [*DATA["vectors"], *DATA["negative"], *ONE_OF_EACH.values()]
EXTRA = [
    (b"x-bce-meta-empty", b""),
    (b"x-bce-meta", b"1"),
    (b"content-type", b" "),
    (b"content-md5", b"x"),
    (b"date", b""),
]
now = [0.0]
LATER = (1_799, 1_800, 1_801, -1_801, 8 * 3_600, 86_400)


def scope_of(vector: dict[str, Any]) -> Scope:
    pairs = [tuple(pair) for pair in vector.get("raw_headers") or vector["headers"].items()]
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    if vector.get("authorization_in") == "header" and vector.get("authorization"):
        headers = [pair for pair in headers if pair[0] != b"authorization"]
        headers.append((b"authorization", vector["authorization"].encode("latin-1")))
    return {
        "method": vector["method"],
        "raw_path": vector["path"].encode(),
        "query_string": vector["query"].encode(),
        "headers": headers,
    }


def changes(scope: Scope) -> Iterator[Scope]:
    """The request, and with each small change."""
    yield scope
    headers, query, path = scope["headers"], scope["query_string"], scope["raw_path"]
    for method in ("GET", "PUT", scope["method"].lower()):
        yield scope | {"method": method}
    for other in (path + b"/", path[1:], b"/p" + path, path.replace(b"/v2", b"/v1"), path.replace(b"-", b"%2d")):
        yield scope | {"raw_path": other}
    items = query.split(b"&")
    for index in range(len(items)):
        yield scope | {"query_string": b"&".join(items[:index] + items[index + 1 :])}
    for added in (b"&", b"&a", b"&a=1", b"&authorization=x", b"&Authorization="):
        yield scope | {"query_string": query + added}
    for index, (name, value) in enumerate(headers):
        for instead in ([], [(name, b"")], [(name, b" " + value + b"\t")], [(name, value + b"x")], 2 * [(name, value)]):
            yield scope | {"headers": headers[:index] + instead + headers[index + 1 :]}
    for header in EXTRA:
        yield scope | {"headers": [*headers, header]}
    string = dict(headers).get(b"authorization", b"")
    if string.count(b"/") == 5:
        *parts, names, signature = string.split(b"/")
        for listed in (b"", names.upper(), names + b";x-bce-meta", names + b"; ;host", names.replace(b"host", b"")):
            changed = b"/".join((*parts, listed, signature))
            others = [pair for pair in headers if pair[0] != b"authorization"]
            for header in ([], EXTRA[:1], EXTRA[1:2]):
                yield scope | {"headers": [*others, *header, (b"authorization", changed)]}


@pytest.fixture(scope="module")
def emulator() -> Emulator:
    return Emulator(Settings(credentials=credentials()), wall=lambda: now[0])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_request_is_let_in_exactly_if_its_explanation_names_no_mistake(emulator, monkeypatch, vector):
    monkeypatch.setattr(search, "_search", lambda case: (yield) or search.Finding(search.seen("unknown")))
    arrived, sent = seconds(vector["now"]), scope_of(vector)
    tried = [(scope, arrived) for scope in changes(sent)] + [(sent, arrived + later) for later in LATER]

    verdicts = [
        (is_let_in(emulator, Request(Head(scope)), moment), explained(emulator, scope, moment))
        for scope, moment in tried
    ]

    assert [name == "nothing" for _, name in verdicts] == [let_in for let_in, _ in verdicts], verdicts


def explained(emulator: Emulator, scope: Scope, moment: float) -> str:
    """The mistake that is found in the request as the journal keeps it."""
    return at_once(emulator.explainer.explain(Request.unpacked(Request(Head(scope)).packed()), moment)).mistake.name


def is_let_in(emulator: Emulator, request: Request, moment: float) -> bool:
    now[0] = moment
    request.decode()
    try:
        emulator.identity.identify(request)
    except SignatureError:
        return False
    return True


@pytest.mark.parametrize("listed", [None, [b"host", b"x-bce-date"]], ids=["default", "listed"])
def test_a_header_without_a_value_is_signed_or_left_out_as_the_client_likes(cloud, listed):
    request = SignedRequest(headers={"x-bce-meta-empty": "", "x-bce-meta": "1"}, listed=listed)

    left_out = send(cloud, request)
    request.edits = [("if not value:", "if value is None:")]
    signed = send(cloud, request)

    assert (left_out.code, signed.code) == ("NoSuchObject", "NoSuchObject")
