"""What waits for the emulator is answered before there is a control API, and as it would answer."""

from __future__ import annotations

import asyncio

import pytest

from bce_emulator.app import build
from bce_emulator.control.probes import PROBES
from bce_emulator.settings import Settings


def asked(application, path: bytes, method: str = "GET", query: bytes = b"", headers: tuple = ()) -> tuple:
    """Status, headers and body of an answer."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path.decode(), "raw_path": path, "query_string": query,
        "headers": [(b"host", b"localhost"), *headers], "http_version": "1.1", "scheme": "http",
        "server": ("127.0.0.1", 8080), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(application(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], sorted(sent[0]["headers"]), body


@pytest.mark.parametrize("path", sorted(PROBES))
def test_a_probe_is_answered_as_by_the_control_api_which_is_not_built_for_it(path):
    application = build(Settings())

    plain = asked(application, path)

    assert plain[0] == 200
    assert "control" not in vars(application)
    assert asked(application, path, headers=((b"content-length", b"0"),)) == plain
    assert "control" in vars(application)


def test_one_that_is_not_ready_says_why_in_the_same_form():
    application = build(Settings())
    application.emulator.ready = False

    plain = asked(application, b"/_emulator/ready")

    assert (plain[0], plain[2]) == (503, b'{"error":"the emulator is not ready yet"}')
    assert asked(application, b"/_emulator/ready", headers=((b"content-length", b"0"),)) == plain
    assert asked(application, b"/_emulator/live")[0] == 200


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"query": b"a=1"}, 400),
        ({"method": "POST"}, 405),
        ({"headers": ((b"origin", b"http://evil.example"),)}, 403),
    ],
)
def test_what_is_no_plain_probe_is_judged_by_the_control_api(how, status):
    assert asked(build(Settings()), b"/_emulator/ready", **how)[0] == status


def test_where_no_thread_can_be_started_the_control_api_is_built_right_there(monkeypatch):
    async def no_more(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    application = build(Settings())
    monkeypatch.setattr(asyncio, "to_thread", no_more)

    assert asked(application, b"/_emulator/clock")[0] == 200
