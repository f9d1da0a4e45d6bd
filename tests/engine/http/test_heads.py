"""Heads that come again: they are read as they would be parsed, or not at all."""

from __future__ import annotations

import asyncio
import socket

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http.heads import ENTRIES, Heads, size_of, wrong_head, wrong_trailers
from bce_emulator.engine.http.request import SHORT, Request
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.raw import read_reply, request_bytes

HOST = "localhost"
REBOOT = "/v2/instance/i-YufwpQAe?reboot"
ONE, OTHER = "bce-auth-v1/test/x/1/host/y", "bce-auth-v1/other-key/xyz/20/host;date/zzzz"


def wire(
    string: str = ONE, body: bytes = b"", header: str = "Authorization", more: tuple[tuple[str, str], ...] = ()
) -> bytes:
    length = [("Content-Length", str(len(body)))] if body else []
    return request_bytes("PUT", REBOOT, [("Host", HOST), (header, string), ("X-Note", "a"), *more, *length], body)


def parsed(data: bytes) -> Request:
    request = Request.unpacked(data)
    request.wire = data
    return request


def known(data: bytes) -> Heads:
    heads = Heads()
    heads.remember(parsed(data))
    return heads


@pytest.mark.parametrize("body", [b"", b"{}", b'{"forceStop": true}'])
@pytest.mark.parametrize("header", ["Authorization", "authorization", "AUthorization", "AUTHORIZATION"])
def test_it_is_read_as_it_would_be_parsed(body, header):
    again = wire(OTHER, body[::-1], header)
    wanted = parsed(again)

    found = known(wire(ONE, body, header)).find(again)

    assert (found is None) == (header in {"AUthorization", "AUTHORIZATION"}), "nobody writes it so"
    if found is not None:
        same = {"method", "raw_path", "query_string", "path", "query", "host", "repeated", "headers", "raw_headers",
                "head_bytes", "body", "wire"}  # fmt: skip
        assert {name: getattr(found, name) for name in same} == {name: getattr(wanted, name) for name in same}
        assert list(found.headers.items()) == list(wanted.headers.items()), "in their order"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"a\r\n\r\nb", ()),
        (b"\r\nAuthorization: %b\r\n\r\n" % ONE.encode(), ()),
        (b"", (("X-Other", f"Authorization: {ONE}"),)),
    ],
    ids=["the end of a head", "a signature", "a signature in another header"],
)
def test_what_looks_like_a_part_of_a_head_is_none_behind_the_signature(body, more):
    again = wire(OTHER, body, more=more)

    found = known(wire(ONE, body, more=more)).find(again)

    assert found is not None
    assert (found.body, found.raw_headers) == (body, parsed(again).raw_headers)


def test_a_request_that_is_too_long_to_be_kept_as_it_came_is_parsed():
    heads, less = known(wire()), SHORT - len(wire())

    short, long = (heads.find(wire(ONE + "x" * more)) for more in (less - 1, less))

    assert short is not None
    assert long is None


def test_what_one_request_is_told_is_not_told_of_another():
    heads = known(wire())
    one, other = heads.find(wire(ONE)), heads.find(wire(OTHER))
    one.headers[b"x-note"] = b"b"
    one.raw_headers.clear()

    assert other.headers[b"x-note"] == b"a"
    assert heads.find(wire(OTHER)).packed() == other.packed()


@pytest.mark.parametrize(
    "other",
    [
        wire(more=(("X-More", "b"),)),
        wire(body=b"{}"),
        wire() + b"G",
        wire()[:-1],
        wire() + wire(),
        wire(header="authorization"),
        wire().replace(b"PUT", b"put"),
        wire().replace(b"HTTP/1.1", b"HTTP/1.0"),
        wire().replace(b"reboot", b"stop"),
        wire("bce-auth-v1/t\x01/x/1/host/y"),
        wire("bce-auth-v1/t\nX-Other: b/x/1/host/y"),
        wire("bce-auth-v1/t\xe9/x/1/host/y"),
        wire("bce-auth-v1/test/x/1/host/y "),
        wire("bce-auth-v1/te st/x/1/host/y"),
        wire("bce-auth-v1/" + "x" * SHORT),
        wire("basic x"),
        wire().replace(b"Authorization", b"X-Other"),
        wire().replace(b"\r\nAuthorization", b"\nAuthorization"),
        b"",
        b"\r\n\r\n",
    ],
    ids=repr,
)
def test_what_differs_in_anything_else_is_parsed(other):
    assert known(wire()).find(other) is None
    assert known(wire()).find(wire()) is not None


def test_another_length_of_the_body_is_another_request():
    heads = known(wire(body=b"{}"))

    assert heads.find(wire(body=b"{}")[:-1]) is None
    assert heads.find(wire(body=b"{}") + b"}") is None
    assert heads.find(wire(body=b"[]")).body == b"[]"


@pytest.mark.parametrize(
    "first",
    [
        wire(more=(("authorization", OTHER),)),
        wire(more=(("X-Note", "b"),)),
        wire("basic x", more=(("X-Other", f"Authorization: {ONE}"),)),
        wire("bce-auth-v1/te st/x/1/host/y "),
        wire().replace(b"\r\nAuthorization", b"\r\nX-Authorization"),
        wire(header="AUTHORIZATION", body=f"\r\nAuthorization: {ONE}\r\n\r\n".encode()),
        wire().replace(b"i-YufwpQAe", b"i%2Fx"),
        wire().replace(b"?reboot", b"?%ff"),
    ],
    ids=repr,
)
def test_what_is_told_twice_or_elsewhere_or_cannot_be_decoded_is_not_kept(first):
    heads = Heads()
    request = parsed(first)
    request.head.headers = {name: value.strip() for name, value in request.headers.items()}
    request.head.in_order = [(name, value.strip()) for name, value in request.raw_headers]

    heads.remember(request)

    assert heads.find(first) is None


def test_a_body_in_the_form_of_a_head_is_no_head():
    line = b"\r\nAuthorization: %b\r\n\r\n"
    first = wire(header="AUTHORIZATION", body=line % ONE.encode())
    torn = first.replace(line % ONE.encode(), line % OTHER.encode()) + b"x" * len(line % ONE.encode())

    assert known(first).find(torn) is None


@pytest.mark.parametrize("is_last", [False, True], ids=["the signature before others", "the signature last"])
def test_a_request_that_is_torn_anywhere_is_none_whatever_the_length_of_its_body(is_last):
    for length in range(100, 200):
        headers = [("Host", HOST), ("Authorization", ONE), ("Content-Length", str(length))]
        headers[1:] = headers[:0:-1] if is_last else headers[1:]
        data = request_bytes("PUT", REBOOT, headers, b"x" * length)
        heads = known(data)

        assert heads.find(data) is not None
        assert [cut for cut in range(len(data)) if heads.find(data[:cut]) is not None] == []


@pytest.mark.parametrize(
    "more", [(), (("Authorization", ONE),)], ids=["the signature before others", "the signature last"]
)
def test_a_request_without_a_body_that_is_torn_anywhere_is_none(more):
    headers = [("Host", HOST), ("Authorization", ONE), ("X-Note", "a")]
    data = request_bytes("PUT", REBOOT, [headers[0], headers[2], *more] if more else headers)
    heads = known(data)

    assert heads.find(data) is not None
    assert [cut for cut in range(len(data)) if heads.find(data[:cut]) is not None] == []
    assert heads.find(data.partition(b"uthorization")[0] + b"\r\n\r\n") is None, "without the signature"


@pytest.mark.parametrize(("sign", "is_plain"), [("!", True), ("~", True), (" ", False), ("\x7f", False)])
def test_a_signature_of_any_printable_signs_but_blanks_is_plain(sign, is_plain):
    assert (known(wire()).find(wire(ONE + sign)) is not None) == is_plain


def test_headers_have_the_size_that_they_have_on_the_wire():
    assert size_of([]) == len(b"\r\n")
    assert size_of([(b"host", b"h"), (b"x", b"abc")]) == len(b"host: h\r\nx: abc\r\n\r\n")


def test_the_oldest_go_when_there_are_many():
    heads = Heads()
    every = [wire().replace(b"i-YufwpQAe", b"i-%08d" % number) for number in range(ENTRIES + 1)]
    for each in every:
        heads.remember(parsed(each))

    assert [heads.find(each) is not None for each in (every[0], every[1], every[-1])] == [False, True, True]
    assert ENTRIES == 512


EIP = b'{"bandwidthInMbps": 1, "billing": {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}}'


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def ask(connection: socket.socket, call: str, secret: str, seconds: int, body: bytes = b"") -> tuple[int, str]:
    method, _, target = call.partition(" ")
    path, _, query = target.partition("?")
    string = authorize(method, HOST, path, query, iso(NOW), "test", secret, seconds=seconds)
    headers = [("Host", HOST), ("x-bce-date", iso(NOW)), ("Authorization", string), ("Content-Length", str(len(body)))]
    connection.sendall(request_bytes(method, target, headers, body))
    reply = read_reply(connection)
    return reply.status, reply.json().get("code", "")


def test_each_signature_is_checked_whatever_came_before():
    with Server(wall=lambda: NOW) as server, connected(server) as connection:
        right = [ask(connection, "GET /v2/zone", DEFAULT_SECRET_KEY, seconds) for seconds in (100, 200, 300)]
        wrong = [ask(connection, "GET /v2/zone", "another", seconds) for seconds in (100, 400)]
        late = ask(connection, "GET /v2/zone", DEFAULT_SECRET_KEY, 500)

    assert [*right, late] == [(200, "")] * 4
    assert wrong == [(400, "SignatureDoesNotMatch")] * 2


@pytest.mark.parametrize("way", ["nothing", "a delay", "a commit"])
def test_what_comes_again_is_handled_once_even_if_it_has_to_wait(way):
    with Server(wall=lambda: NOW) as server, connected(server) as connection:
        if way == "a commit":
            server.emulator.dispatcher.commit = lambda: [asyncio.get_running_loop().create_task(asyncio.sleep(0))]
        answers = [ask(connection, "POST /v1/eip", DEFAULT_SECRET_KEY, 100, EIP)]
        account = server.emulator.accounts.open("test")
        if way == "a delay":
            account.faults.plan(operation=OPERATIONS["eip.ApplyForEip"], delay_seconds=0.01, times=2)

        answers += [ask(connection, "POST /v1/eip", DEFAULT_SECRET_KEY, seconds, EIP) for seconds in (100, 200, 300)]

        assert answers == [(200, "")] * 4
        assert len(list(account.in_region("bj").all(Eip))) == 4
        assert len(list(server.emulator.journal.of("test"))) == 4
        assert account.faults.planned == []


@pytest.mark.parametrize("more", [0, 1])
def test_a_head_may_have_64_kib_on_the_wire(more):
    first, name = b"GET /v2/zone HTTP/1.1\r\n", b"x-note"
    value = b"y" * (65_536 - len(first) - len(b"x-note: \r\n\r\n") + more)

    wrong = wrong_head(b"GET/v2/zone", [(name, value)])

    assert wrong == ("the request line and the headers are longer than 65536 bytes" if more else "")


@pytest.mark.parametrize("more", [0, 1])
def test_trailers_may_have_64_kib_on_the_wire(more):
    value = b"y" * (65_536 - len(b"x-note: \r\n\r\n") + more)

    wrong = wrong_trailers([(b"x-note", value)])

    assert wrong == ("the trailers of the request are longer than 65536 bytes" if more else "")


@pytest.mark.parametrize("name", [b"connection", b"proxy-connection"])
def test_a_trailer_is_no_wish_to_close(name):
    assert wrong_trailers([(b"x-note", b"y" * 70_000), (name, b"close")]) == "Connection is no trailer"
    assert wrong_trailers([(b"x-connection", b"close")]) == ""
