"""clientToken: which requests are the same."""

from __future__ import annotations

import json

import pytest

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.errors import IdempotentParameterMismatch
from bce_emulator.engine.http.signature import canonical_headers, sign, signing_key
from tests.cloud import LINUX, NOW, SPEC, Cloud

TARGET = "/v2/instanceBySpec?clientToken=t"
BODY = {"spec": SPEC, "imageId": LINUX}


@pytest.mark.parametrize(
    ("target", "body"),
    [
        (TARGET, BODY | {"purchaseCount": 2}),
        (TARGET + "&note=other", BODY),
        (TARGET.replace("v2", "v1"), BODY),
    ],
    ids=["body", "query", "path"],
)
def test_another_request_with_the_same_token_is_refused(cloud, target, body):
    cloud.ok("POST", TARGET, BODY)

    cloud.refused(IdempotentParameterMismatch, "POST", target, body)


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
