"""HTTPS: the same protocol and the same bounds, from accept on."""

from __future__ import annotations

import socket
import ssl
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from bce_emulator import certificates
from bce_emulator.engine.http import protocol, unread
from bce_emulator.settings import SettingError
from bce_emulator.testing import Emulator, Server
from tests.control.conftest import eventually
from tests.raw import read_reply, request_bytes

LIVE = request_bytes("GET", "/_emulator/live", [("Host", "localhost")])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    found = certificates.files(tmp_path_factory.mktemp("tls"))
    certificates.make(found, ("localhost", "127.0.0.1"), datetime.now(UTC))
    return found


@pytest.fixture(scope="module")
def settings(files):
    return {"tls_cert": str(files.certificate), "tls_key": str(files.key)}


@pytest.fixture(scope="module")
def server(settings):
    with Server(**settings) as server:
        yield server


@contextmanager
def connected(server, files, **versions):
    context = ssl.create_default_context(cafile=files.authority)
    for name, version in versions.items():
        setattr(context, name, version)
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        yield connection


def closes(connection) -> bool:
    try:
        while connection.recv(65536):
            pass
    except (ConnectionResetError, ssl.SSLError):
        pass
    return True


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # of the SDK's, which leaves that to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_sdk_is_served_where_the_head_has_been_read_and_so_is_a_body_in_pieces(settings, files, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(files.authority))
    served = []
    respond = protocol.Protocol._respond

    def seen(self, response):
        served.append(response)  # before the client has it, who goes on then
        return respond(self, response)

    monkeypatch.setattr(protocol.Protocol, "_respond", seen)
    with Emulator(**settings) as emulator:
        assert emulator.endpoint.startswith("https://127.0.0.1:")
        client = emulator.bcc_client()
        assert client.list_zones().zones
        assert len(served) == 1
        instance = emulator.instance()
        assert client.get_instance(instance).instance.id == instance
        assert (
            f"{emulator.endpoint}/v2/instance/"
            in emulator.control("GET", f"requests/{emulator.journal.entries()[-1]['requestId']}/code")["curl"]
        )


def test_long_bodies_and_long_answers_come_through_in_order(server, files):
    body = b'{"seconds": 1}' + b" " * 300_000
    head = [("Host", "localhost"), ("Content-Length", str(len(body)))]
    with connected(server, files) as connection:
        assert connection.selected_alpn_protocol() is None
        connection.sendall(request_bytes("POST", "/_emulator/clock/advance", head) + body)
        assert "now" in read_reply(connection).json()
        connection.sendall(request_bytes("GET", "/_emulator/openapi.json", [("Host", "localhost")]))
        assert len(read_reply(connection).json()["paths"]) > 30
        connection.unwrap()  # the client's end is answered with the server's


@pytest.mark.parametrize("end", ["an end", "no record"])
def test_what_was_asked_before_the_client_ends_is_answered_also_where_answers_wait_for_each_other(server, files, end):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context(cafile=files.authority)
    client = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=10),  # who says nothing, so that answers wait
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain,
    ):
        while True:
            with suppress(ssl.SSLWantReadError):
                client.do_handshake()
                break
            plain.sendall(outgoing.read())
            incoming.write(plain.recv(65536))
        for _ in range(2):
            client.write(request_bytes("GET", "/v2/zone", [("Host", "localhost")]))
        if end == "an end":
            with suppress(ssl.SSLWantReadError):
                client.unwrap()
        plain.sendall(outgoing.read() + (b"" if end == "an end" else b"no record of TLS"))
        while data := plain.recv(65536):
            incoming.write(data)

    answers = b""
    with suppress(ssl.SSLError):
        while data := client.read(65536):
            answers += data
    assert answers.count(b"AccessDenied") == 2


def test_a_refusal_is_read_whole_and_then_the_connection_is_closed(server, files, monkeypatch):
    monkeypatch.setattr(protocol, "LINGER_SECONDS", 0)
    with connected(server, files) as connection:
        connection.sendall(b"no http\r\n\r\n")

        assert read_reply(connection).json()["code"] == "InvalidHTTPRequest"
        assert closes(connection)


def test_a_handshake_that_does_not_end_is_given_up(server, monkeypatch):
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.05)
    for sent in (b"", b"\x16\x03\x01\x02\x00", LIVE, b"\x00" * 20_000):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
            plain.sendall(sent)

            assert closes(plain)


def test_a_connection_counts_before_its_handshake(settings, files):
    with Server(max_connections=2, **settings) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(2)]
        with connected(server, files) as connection:
            assert closes(silent[0])
            connection.sendall(LIVE)
            assert read_reply(connection).status == 200
        for each in silent:
            each.close()


def test_a_server_that_stops_waits_for_no_handshake(settings):
    server = Server(**settings).start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
        plain.sendall(b"\x16")
        assert eventually(lambda: bool(server._server.server_state.connections))
        server.stop()

        assert closes(plain)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_client_with_an_old_version_is_refused(server, files):
    old = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        connected(server, files, minimum_version=old, maximum_version=old).__enter__()


def send_for_ever(connection, data) -> None:
    while True:
        connection.sendall(data)


@pytest.mark.slow
def test_a_client_that_reads_nothing_is_closed(settings, files, monkeypatch):
    monkeypatch.setattr(unread, "UNREAD_SECONDS", 0.05)
    asked = request_bytes("GET", "/_emulator/openapi.json", [("Host", "localhost")])
    with (
        Server(**settings) as server,
        connected(server, files) as connection,
        pytest.raises((ConnectionError, ssl.SSLError)),
    ):
        send_for_ever(connection, asked)


def test_a_newer_uvicorn_without_what_the_protocol_needs_still_serves_https(settings, files, monkeypatch):
    monkeypatch.setattr("bce_emulator.engine.http.protocol_choice.missing_names", lambda: ["it"])
    with Server(**settings) as server, connected(server, files) as connection:
        connection.sendall(LIVE)
        assert read_reply(connection).status == 200


BROKEN = {
    "missing": ("No such file or directory", None),
    "no PEM": ("both in PEM, are wanted", b"x"),
    "encrypted": ("both in PEM, are wanted", "encrypted"),
    "another": ("the key does not belong to the certificate", "another"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_served_with_is_one_sentence(settings, files, tmp_path, case):
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_pem_private_key,
    )

    said, content = BROKEN[case]
    path = tmp_path / "key.pem"
    if content == "another":
        other = certificates.files(tmp_path / "other")
        certificates.make(other, ("localhost",), datetime.now(UTC))
        content = other.key.read_bytes()
    elif content == "encrypted":
        key = load_pem_private_key(files.key.read_bytes(), None)
        content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingError, match=said):
        Server(**settings | {"tls_key": str(path)})


@pytest.mark.parametrize(("given", "wanted"), [("tls_cert", "--tls-key"), ("tls_key", "--tls-cert")])
def test_one_of_both_is_refused(given, wanted):
    with pytest.raises(SettingError, match=wanted):
        Server(**{given: "x.pem"})
