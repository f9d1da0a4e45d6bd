"""What of a request is shown: its secrets are masked, and a text made to be slow is read once like any other."""

from __future__ import annotations

import json

import pytest

from bce_emulator.engine.errors import MalformedJSON
from bce_emulator.engine.http.request import parse_object
from bce_emulator.engine.observe.redaction import masked_body, masked_query

MEGABYTE = 1_000_000
HOSTILE = [b"a-", b"a", b"a ", b'a="', b"a='", b'a"', b"\\", b"a=\\", b"\n", b"=", b"a:", b'{"a":', b"\\u0041", b"\\n"]
SECRETS = [b'"', b"\\", b"[", b"{", b'\\"', b'["', b"'\"", b"[]"]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_a_body_made_to_be_slow_is_shown_like_any_other(piece):
    body = piece * (MEGABYTE // len(piece))

    shown = masked_body(body + b"}")

    assert shown == body.decode() + "}"


@pytest.mark.parametrize("piece", SECRETS, ids=repr)
def test_a_secret_made_to_be_slow_is_masked_like_any_other(piece):
    shown = masked_body(b'{"adminPass": [' + piece * (MEGABYTE // len(piece)))

    assert shown == '{"adminPass": ****'


def test_a_body_with_many_secrets_is_masked_like_any_other():
    member = '"adminPass": "{}", '

    assert masked_body(b"{" + (member.format("hunter2") * 50_000).encode()) == "{" + member.format("****") * 50_000


@pytest.mark.parametrize("piece", [b"a", b"a=", b"&a", b"=", b"%3d"], ids=repr)
def test_a_query_made_to_be_slow_is_shown_like_any_other(piece):
    query = piece * (MEGABYTE // len(piece))

    assert masked_query(query) == query.decode()


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('{"adminPass": "hunter2"', '{"adminPass": "****"'),
        ("{'admin_pass' : 'hunter2'}", "{'admin_pass' : '****'}"),
        ("a=1&my.secret-key=hunter2&b=2", "a=1&my.secret-key=****&b=2"),
        (f"{'x' * 300}password=hunter2", f"{'x' * 300}password=****"),
        ('{"adminPass": "hun\\"ter2", "a": 1', '{"adminPass": "****", "a": 1'),
        ('[{"adminPass": "hunter2"}]', '[{"adminPass": "****"}]'),
        ("adminPass=\nhunter2", "adminPass=\n****"),
        ("停adminPass=hunter2", "停adminPass=****"),
        ('{"adminPass": ["hunter2", {"a": "b]c"}], "b": 1', '{"adminPass": ****'),
        ('{"b": 1, "adminPass": {"a": "hunter2}\\"", "b": "hunter2"', '{"b": 1, "adminPass": ****'),
        ('{"adminPass": "hunter2', '{"adminPass": "****'),
        (
            '{"a": "{\\"adminPass\\": \\"hun\\\\\\"ter2\\", \\"b\\": 1}"',
            '{"a": "{\\"adminPass\\": \\"****\\", \\"b\\": 1}"',
        ),
        ('{"a": "x\\nadminPass=hunter2 3', '{"a": "x\\nadminPass=****'),
        ('{"admin\\u0050ass": "hunter2"', '{"admin\\u0050ass": "****"'),
        ("admin%50ass=hunter2&b=1", "admin%50ass=****&b=1"),
        ("%61dminPass=hunter2,&b=1", "%61dminPass=****&b=1"),
        ('{"adminPass": "hunter2\\\\", "b": 1', '{"adminPass": "****", "b": 1'),
        ("Authorization: Bearer hunter2\nb: 1", "Authorization: ****\nb: 1"),
        ("{adminPass: hunter2, b: 1}", "{adminPass: ****, b: 1}"),
        ("[adminPass=]", "[adminPass=****"),
        ("adminPass=&b=1", "adminPass=&b=1"),
    ],
)
def test_secrets_are_masked_where_the_body_is_no_object(body, shown):
    assert masked_body(body.encode()) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (b"a=1&adminPass=hunter2", "a=1&adminPass=****"),
        (b"=adminPass=hunter2", "=adminPass=****"),
        (b"admin%50ass=hunter2&b", "admin%50ass=****&b"),
        (b"adminPass=&a", "adminPass=&a"),
    ],
)
def test_secrets_are_masked_in_queries(query, shown):
    assert masked_query(query) == shown


@pytest.mark.parametrize(
    "name",
    [
        "passphrase",
        "token",
        "apiKey",
        "api_key",
        "accessToken",
        "access-token",
        "refreshToken",
        "AUTH_TOKEN",
        "sessionToken",
        "secretAccessKey",
        "privateKey",
        "adminPass",
        "passwordOfRoot",
        "oldPasswd",
        "pwd",
        "Authorization",
        "clientSecret",
    ],
)
def test_what_a_name_says_is_a_secret_is_masked_wherever_it_stands(name):
    secret = "hunter2"
    objects = [
        {name: secret},
        {"a": [{name: [secret]}]},
        {"a": json.dumps({name: secret, "b": 1})},
        {"a": json.dumps([json.dumps({"b": {name: {"c": [secret]}}})])},
    ]
    for body in objects:
        text = json.dumps(body)
        assert secret not in json.dumps(masked_body(text.encode()))
        for end in range(len(text)):
            assert secret not in json.dumps(masked_body(text[:end].encode()))
    assert secret not in masked_body(f"{name}={secret}".encode())
    assert secret not in masked_query(f"{name}={secret}".encode())


@pytest.mark.parametrize("name", ["clientToken", "name", "keypairId", "accessKeyId", "tokens", "passengers"])
def test_what_is_no_secret_is_shown(name):
    body = {name: "seen", "a": json.dumps({name: "seen"}), "b": f"{name}=seen"}

    assert masked_body(json.dumps(body).encode()) == body


def test_a_member_that_is_there_twice_behind_a_hundred_thousand_others_is_found():
    members = ",".join(f'"k{number}":{number}' for number in range(100_000))

    with pytest.raises(MalformedJSON, match="member 'z' is there twice"):
        parse_object(f'{{{members},"z":1,"z":2}}'.encode())
