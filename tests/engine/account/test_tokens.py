"""clientToken: which requests are the same."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from bce_emulator.engine.account import tokens as module
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.tokens import LIFETIME, REMEMBERED, Remembered, Tokens
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.errors import IdempotentParameterMismatch
from bce_emulator.engine.http.signature import canonical_headers, sign, signing_key
from tests.cloud import LINUX, NOW, SPEC, Cloud
from tests.control.test_faults_everywhere import ask

TARGET = "/v2/instanceBySpec?clientToken=t"
BODY = {"spec": SPEC, "imageId": LINUX}
VOLUME = {"cdsSizeInGB": 50, "zoneName": "cn-bj-a", "billing": {"paymentTiming": "Postpaid"}}


def test_a_token_is_remembered_for_a_day_after_it_was_last_received():
    tokens = Tokens()
    tokens.remember("t", b"request", b"answer", 1_000.0)

    assert tokens.response("other", b"request", 1_000.0) is None
    assert tokens.response("t", b"request", 1_000.0 + LIFETIME) == b"answer"
    assert tokens.kept == {"t": Remembered(b"request", b"answer", 1_000.0 + LIFETIME)}
    with pytest.raises(IdempotentParameterMismatch) as refused:
        tokens.response("t", b"another", 1_000.0 + 2 * LIFETIME)
    assert refused.value.explanation == "this clientToken was sent before with another path, query or body"
    assert tokens.response("t", b"request", 1_000.0 + 3 * LIFETIME) == b"answer"
    assert tokens.response("t", b"request", 1_001.0 + 4 * LIFETIME) is None
    assert (LIFETIME, REMEMBERED) == (86_400, 10_000)


@pytest.mark.parametrize("kept_track", [True, False])
def test_of_too_many_tokens_the_least_recently_used_goes(monkeypatch, kept_track):
    monkeypatch.setattr(module, "REMEMBERED", 2)
    tokens = Tokens()
    tokens.touched = {} if kept_track else None
    first, second, third = (Remembered(letter, b"", 0.0) for letter in (b"1", b"2", b"3"))

    tokens.remember("1", b"1", b"", 0.0)
    tokens.remember("2", b"2", b"", 0.0)
    tokens.response("1", b"1", 0.0)
    assert list(tokens.kept) == ["2", "1"]
    tokens.remember("3", b"3", b"", 0.0)

    assert list(tokens.kept.items()) == [("1", first), ("3", third)]
    assert tokens.touched == ({"1": first, "2": None, "3": third} if kept_track else None)
    assert second not in tokens.kept.values()


@pytest.mark.parametrize(
    ("target", "body"),
    [
        (TARGET, BODY | {"purchaseCount": 2}),
        (TARGET + "&note=other", BODY),
        (TARGET.replace("v2", "v1"), BODY),
        (TARGET, BODY | {"purchaseCount": True}),
        (TARGET, BODY | {"unknown": None}),
        (TARGET + "&note", BODY),
        (TARGET + "&clienttoken=t&note=t", BODY),
    ],
    ids=["body", "query", "path", "type", "unknown member", "key", "key twice"],
)
def test_another_request_with_the_same_token_is_refused(cloud, target, body):
    cloud.ok("POST", TARGET, BODY)

    cloud.refused(IdempotentParameterMismatch, "POST", target, body)


REQUESTS = {
    "instance": ("POST", TARGET, BODY),
    "volume": ("POST", "/v2/volume?clientToken=t", VOLUME),
    "resize": ("PUT", "/v2/volume/{volume}?resize&clientToken=t", {"newCdsSizeInGB": 80}),
    "vpc": ("POST", "/v1/vpc?clientToken=t", {"name": "net", "cidr": "10.0.0.0/16"}),
}


@pytest.mark.parametrize(("first", "second"), list(permutations(REQUESTS, 2)))
def test_a_token_is_one_of_the_account_whatever_the_operation_and_the_product(cloud, first, second):
    volume = cloud.ok("POST", "/v2/volume", VOLUME)["volumeIds"][0]
    cloud.clock.advance(600)
    method, target, body = REQUESTS[first]
    cloud.ok(method, target.format(volume=volume), body)
    method, target, body = REQUESTS[second]

    cloud.refused(IdempotentParameterMismatch, method, target.format(volume=volume), body)


@pytest.mark.parametrize("key", sorted(key for key, operation in OPERATIONS.items() if operation.takes_token))
def test_no_operation_takes_the_token_of_another(cloud, key):
    cloud.ok("POST", "/v1/vpc?clientToken=t", {"name": "net", "cidr": "10.0.0.0/16"})

    reply = ask(cloud, OPERATIONS[key], "clientToken=t")

    assert (reply.status, reply.code) == (403, IdempotentParameterMismatch.code)


def test_the_message_of_a_mismatch_is_the_documented_one_with_its_misprint(cloud):
    cloud.ok("POST", TARGET, BODY)

    reply = cloud.call("POST", TARGET, BODY | {"purchaseCount": 2})

    assert reply.body["message"] == ("The request uses the same client token asa previous, but non-identical request.")


def test_accounts_and_regions_have_tokens_of_their_own(cloud):
    first = cloud.ok("POST", TARGET, BODY)
    cloud.host = "bcc.gz.localhost"

    assert cloud.ok("POST", TARGET, BODY) != first


def test_a_signature_in_the_query_is_no_part_of_the_request(cloud):
    replies = [
        cloud.call("POST", f"{TARGET}&authorization={signed(cloud, moment)}", BODY, sign=False)
        for moment in (NOW, NOW + 60)
    ]

    assert [reply.status for reply in replies] == [200, 200]
    assert replies[0].body == replies[1].body


def signed(cloud: Cloud, moment: float) -> str:
    """An authorization string that signs nothing but the host, so that it can stand in the query."""
    prefix = f"bce-auth-v1/test/{iso(moment)}/1800"
    headers = canonical_headers([(b"host", cloud.host.encode())])
    canonical = b"\n".join((b"POST", b"/v2/instanceBySpec", b"clientToken=t", headers))
    return f"{prefix}/host/{sign(signing_key(cloud.secret_key, prefix), canonical)}"


@pytest.mark.parametrize(
    "unknown", [str(10**30), "-" + "9" * 100, "[" * 400 + "]" * 400, "1e999"], ids=lambda text: text[:6]
)
def test_what_nobody_reads_may_be_as_large_and_deep_as_it_likes(cloud, unknown):
    raw = json.dumps(BODY)[:-1].encode() + b', "unknown": ' + unknown.encode() + b"}"

    replies = [cloud.call("POST", TARGET, raw=raw) for _ in range(2)]

    assert [reply.status for reply in replies] == [200, 200]
    assert replies[0].body == replies[1].body
