"""A request is the same when it comes back out of the journal."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.engine.http.request import Head, Request
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.raw import read_reply

TOKEN = st.text("abcdefgh-", min_size=1, max_size=9).map(str.encode)
VALUE = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=9).map(lambda text: text.encode("latin-1"))


@given(
    method=st.sampled_from(["GET", "PUT", "POST"]),
    path=st.text("abc/%:@", max_size=9).map(lambda text: f"/{text}".encode()),
    query=st.text("abc=&%?", max_size=9).map(str.encode),
    headers=st.lists(st.tuples(TOKEN, VALUE), max_size=5),
    body=st.binary(max_size=9),
)
def test_what_was_packed_is_unpacked(method, path, query, headers, body):
    scope = {"method": method, "raw_path": path, "query_string": query, "headers": headers}

    arrived = Request(Head(scope))
    arrived.body = body

    request = Request.unpacked(arrived.packed())

    assert (request.method, request.raw_path, request.query_string) == (method, path, query)
    assert (request.raw_headers, request.body) == (headers, body)


@pytest.mark.parametrize(
    ("head", "target", "query", "header"),
    [
        (b"GET /v2/zone?a=b HTTP/1.1\r\nHost: x\r\nNote:  b \r\n\r\n", b"/v2/zone", b"a=b", (b"note", b"b ")),
        (b"PUT http://x:80/v2/zone?a HTTP/1.1\r\nHost: x\r\nE:\r\n\r\n", b"/v2/zone", b"a", (b"e", b"")),
        (b"GET  /v2/zone?a HTTP/1.1\r\nHost: x\r\n\r\n", b"/v2/zone", b"a", (b"host", b"x")),
        (b"\r\nGET /v2/zone#part HTTP/1.1\r\nHost: x\r\n\r\n", b"/v2/zone", b"", (b"host", b"x")),
    ],
)
def test_what_came_over_the_wire_is_kept_as_the_parser_read_it(head, target, query, header):
    with (
        Server(wall=lambda: NOW) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
    ):
        connection.sendall(head)
        read_reply(connection)
        connection.sendall(head[: len(head) // 2])
        connection.sendall(head[len(head) // 2 :] + head)
        read_reply(connection)
        kept = [entry.request for entry in server.emulator.journal.of(None)]

    assert {(each.raw_path, each.query_string, each.raw_headers[-1]) for each in kept} == {(target, query, header)}


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        (b"*", b"*", b""),
        (b"/a://b/c", b"/a://b/c", b""),
        (b"/v2/zone?u=http://y/z", b"/v2/zone", b"u=http://y/z"),
        (b"http://x:80/v2/zone?u=http://y/z", b"/v2/zone", b"u=http://y/z"),
    ],
)
def test_no_target_is_too_strange_to_come_back(target, path, query):
    with (
        Server(wall=lambda: NOW) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
    ):
        for method in (b"OPTIONS", b"GET"):
            connection.sendall(b"%b %b HTTP/1.1\r\nHost: x\r\n\r\n" % (method, target))
            read_reply(connection)
        kept = [entry.request for entry in server.emulator.journal.of(None)]

    assert [(each.method, each.raw_path, each.query_string) for each in kept] == [
        (method, path, query) for method in ("OPTIONS", "GET")
    ]
