"""What of a request is shown: its secrets are masked, and a text made to be slow is read once like any other."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import MalformedJSON
from bce_emulator.engine.http.request import parse_object
from bce_emulator.engine.observe.redaction import masked_body, masked_query

MEGABYTE = 1_000_000
HOSTILE = [b"a-", b"a", b"a ", b'a="', b"a='", b'a"', b"\\", b"a=\\", b"\n", b"=", b"a:", b'{"a":']


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_a_body_made_to_be_slow_is_shown_like_any_other(piece):
    body = piece * (MEGABYTE // len(piece))

    shown = masked_body(body + b"}")

    assert shown == body.decode() + "}"


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


def test_a_member_that_is_there_twice_behind_a_hundred_thousand_others_is_found():
    members = ",".join(f'"k{number}":{number}' for number in range(100_000))

    with pytest.raises(MalformedJSON, match="member 'z' is there twice"):
        parse_object(f'{{{members},"z":1,"z":2}}'.encode())
