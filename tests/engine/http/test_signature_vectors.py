"""Requests that real clients sent, replayed over a socket: every one gets in, and nothing forged does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.http.signature import canonical_headers, canonical_path, canonical_query, uri_encode
from bce_emulator.testing import Server
from tests.raw import exchange, request_bytes

RECORDED = Path(__file__).parents[2] / "data"
DATA = json.loads((RECORDED / "auth_vectors.json").read_text())
SENT = json.loads((RECORDED / "client_vectors.json").read_text())
"""What the programs under tests/clients sent, one request per client and operation."""
VECTORS = DATA["vectors"] + SENT
DOCUMENTED_KEYS = {vector["ak"]: vector["sk"] for vector in VECTORS}
SIGNATURE_CODES = {
    "AccessDenied",
    "InvalidAccessKeyId",
    "InvalidHTTPAuthHeader",
    "RequestExpired",
    "SignatureDoesNotMatch",
}
moment = [0.0]


@pytest.fixture(scope="module")
def server():
    with Server(wall=lambda: moment[0], credentials=credentials()) as server:
        yield server


@pytest.fixture(scope="module")
def server_without_time():
    """For the documents' own examples, whose dates do not fit one another."""
    with Server(wall=lambda: moment[0], credentials=credentials(), signature_time="ignore") as server:
        yield server


def credentials() -> str:
    keys = [
        f"{c['ak']}:{c['sk']}" + (f":{c['session_token']}" if c.get("temporary") else "")
        for c in DATA["meta"]["credentials"]
    ]
    known = {c["ak"] for c in DATA["meta"]["credentials"]}
    keys += [f"{ak}:{sk}" for ak, sk in DOCUMENTED_KEYS.items() if ak not in known]
    return ",".join(keys)


def replay(server: Server, vector: dict):
    """Send a vector as it was sent, at the time it was sent."""
    moment[0] = seconds(vector["now"])
    headers = [tuple(pair) for pair in vector.get("raw_headers") or vector["headers"].items()]
    names = {name.lower() for name, _ in headers}
    if vector.get("authorization_in") == "header" and "authorization" not in names and vector.get("authorization"):
        headers.append(("Authorization", vector["authorization"]))
    body = body_of(vector, headers)
    target = vector["path"] + ("?" if vector.get("has_question_mark", bool(vector["query"])) else "") + vector["query"]
    return exchange(server.port, request_bytes(vector["method"], target, headers, body))


def body_of(vector: dict, headers: list[tuple[str, str]]) -> bytes:
    """The body as sent; of those that were left out, so many bytes."""
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    body = (vector.get("body") or "").encode()
    return body if len(body) == length else body.ljust(length)[:length]


@pytest.mark.sweep(4)
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_request_of_a_real_client_is_let_in(server, server_without_time, vector):
    reply = replay(server_without_time if vector.get("check") else server, vector)

    assert reply is not None
    assert reply.status == 200 or reply.json()["code"] not in SIGNATURE_CODES, reply


@pytest.mark.sweep(4)
@pytest.mark.parametrize("vector", DATA["negative"], ids=lambda vector: vector["id"])
def test_a_forged_request_is_refused_as_documented(server, vector):
    expected = vector["expect"]

    if vector["id"] == "neg-25":  # the right key, another secret on the server's side
        with Server(wall=lambda: moment[0], credentials=f"{vector['ak']}:{vector['sk']}") as other:
            reply = replay(other, vector)
    else:
        reply = replay(server, vector)

    assert reply is not None
    response = reply.json()
    if expected["valid"]:
        assert reply.status == 200 or response["code"] not in SIGNATURE_CODES, reply
        return
    documented = {"code": expected["code"], "http_status": expected["http_status"]}
    assert {"code": response["code"], "http_status": reply.status} in [documented, *expected.get("acceptable", [])], (
        reply
    )
    if response["code"] == expected["code"]:
        assert response["message"] == expected["message"]
    assert response["requestId"] == reply.headers["x-bce-request-id"]


@pytest.mark.parametrize("example", DATA["canonical_examples"], ids=lambda example: example["in"])
def test_the_documents_examples_hold(example):
    given = example["in"].encode()

    created = {
        "UriEncode": lambda: uri_encode(given),
        "CanonicalURI": lambda: canonical_path(given),
        "CanonicalQueryString": lambda: canonical_query(given),
        "CanonicalHeaders": lambda: canonical_headers([header_of(example["in"])]),
    }[example["function"]]()

    assert created.decode() == example["out"]


def header_of(line: str) -> tuple[bytes, bytes]:
    name, _, value = line.partition(":")
    return name.lower().encode(), value.strip().encode()
