"""journal/stream: server-sent events, on a socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading

import httpx

from bce_emulator.control import stream as stream_module
from bce_emulator.control.stream import MAX_WAITING, MAX_WAITING_BYTES, Watcher
from bce_emulator.engine.http.protocol import Protocol
from bce_emulator.engine.observe.journal import NewEntry
from tests.cloud import Cloud
from tests.control.conftest import eventually


def events(lines) -> dict[str, str]:
    """The next event of a stream."""
    event: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            return event
    raise AssertionError("the stream ended")


def test_new_entries_arrive_as_they_happen(cloud, served):
    cloud.call("GET", "/v2/instance")
    with httpx.stream("GET", f"{served.endpoint}/_emulator/journal/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": watching"
        cloud.call("GET", "/v2/zone")

        event = events(lines)

    assert stream.headers["content-type"].startswith("text/event-stream")
    assert (event["event"], event["id"]) == ("entry", "2")
    assert json.loads(event["data"])["operation"] == "ListZones"


def test_a_watcher_sees_its_own_account(cloud, served):
    other = Cloud("test-other")
    other.emulator, other.application = cloud.emulator, cloud.application
    with httpx.stream("GET", f"{served.endpoint}/_emulator/journal/stream?account=test-other") as stream:
        lines = stream.iter_lines()
        next(lines)
        cloud.call("GET", "/v2/zone")
        other.call("GET", "/v2/instance")

        assert json.loads(events(lines)["data"])["operation"] == "ListInstances"


def test_a_watcher_that_has_gone_is_forgotten(cloud, served):
    with httpx.stream("GET", f"{served.endpoint}/_emulator/journal/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        assert cloud.emulator.journal.watched_by == 1

    assert eventually(lambda: not cloud.emulator.journal.watched_by)


def test_watchers_are_bounded(cloud, served, monkeypatch):
    monkeypatch.setattr("bce_emulator.control.stream.MAX_WATCHERS", 0)

    reply = httpx.get(f"{served.endpoint}/_emulator/journal/stream")

    assert reply.status_code == 400
    assert "watch the journal already" in reply.json()["error"]


def test_who_asks_for_the_head_of_a_stream_watches_nothing(cloud, served, monkeypatch):
    monkeypatch.setattr("bce_emulator.control.stream.MAX_WATCHERS", 1)
    head = b"HEAD /_emulator/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for _ in range(2):
        with socket.create_connection(served.address, timeout=10) as connection:
            connection.sendall(head)
            answer = connection.recv(1_000)
            assert (answer[:12], answer[-4:]) == (b"HTTP/1.1 200", b"\r\n\r\n")

            assert eventually(lambda: not cloud.emulator.journal.watched_by)  # while the connection is still open


def test_a_server_that_stops_closes_its_streams_itself(cloud, served):
    served.server.config.timeout_graceful_shutdown = 3600
    with httpx.stream("GET", f"{served.endpoint}/_emulator/journal/stream") as stream:
        lines = stream.iter_lines()
        next(lines)

        served.stop()

        with contextlib.suppress(httpx.RemoteProtocolError):
            assert not [line for line in lines if line.startswith("event")]


def test_a_stream_that_begins_when_the_server_stops_is_closed_too(served, monkeypatch):
    served.server.config.timeout_graceful_shutdown = 3600
    asked, stopping = threading.Event(), threading.Event()
    begin, shutdown = stream_module.Stream.__call__, Protocol.shutdown

    async def begin_late(self, scope, receive, send):
        asked.set()
        await asyncio.to_thread(stopping.wait, 10)
        await begin(self, scope, receive, send)

    def note_shutdown(self):
        shutdown(self)
        stopping.set()

    monkeypatch.setattr(stream_module.Stream, "__call__", begin_late)
    monkeypatch.setattr(Protocol, "shutdown", note_shutdown)
    with socket.create_connection(served.address, timeout=10) as connection:
        connection.sendall(b"GET /_emulator/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert asked.wait(10)

        served.stop()

        assert stopping.is_set()


def test_a_slow_watcher_loses_the_oldest_and_learns_how_many(cloud):
    cloud.call("GET", "/v2/zone")
    new = NewEntry(cloud.last_entry)
    watcher = Watcher(None)
    for _ in range(MAX_WAITING + 5):
        watcher(new)

    entries, dropped, _ = watcher.take()

    assert (len(entries), dropped) == (MAX_WAITING, 5)
    assert watcher.take() == ([], 0, False)


def test_what_waits_for_a_watcher_is_bounded_in_bytes_and_one_entry_always_waits(cloud):
    cloud.call("GET", "/v2/zone")
    size = MAX_WAITING_BYTES // 4
    fourth, larger = (NewEntry(cloud.last_entry._replace(wire=b"x" * each, response=b"")) for each in (size, 5 * size))
    watcher = Watcher(None)

    for _ in range(6):
        watcher(fourth)
    assert watcher.take() == ([fourth] * 4, 2, False)

    for new in (fourth, larger, larger):
        watcher(new)
    assert watcher.take() == ([larger], 2, False)


def test_an_entry_is_rendered_once_for_all_who_watch(cloud, served, monkeypatch):
    rendered = []
    real = stream_module.as_line
    monkeypatch.setattr(stream_module, "as_line", lambda *of: rendered.append(of) or real(*of))
    url = f"{served.endpoint}/_emulator/journal/stream"
    with contextlib.ExitStack() as opened:
        streams = [opened.enter_context(httpx.stream("GET", url)).iter_lines() for _ in range(3)]
        for lines in streams:
            next(lines)

        cloud.call("GET", "/v2/zone")

        assert len({events(lines)["data"] for lines in streams}) == 1
    assert len(rendered) == 1


def test_a_watcher_is_told_of_changes_that_are_no_requests(cloud, served):
    with httpx.stream("GET", f"{served.endpoint}/_emulator/journal/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        httpx.get(f"{served.endpoint}/_emulator/clock")
        httpx.post(f"{served.endpoint}/_emulator/clock/advance", json={"seconds": -1})
        httpx.post(f"{served.endpoint}/_emulator/clock/advance", json={"seconds": 1})

        assert events(lines) == {"event": "changed", "data": "{}"}
