"""The line that each request leaves in the log."""

from __future__ import annotations

import io
import json
import re

import pytest

from bce_emulator.engine.errors import ServiceInternalError
from bce_emulator.engine.observe import request_log
from bce_emulator.engine.observe.request_log import RequestLog
from tests.cloud import LOOP

NOBODY = "no Instance of account test in bj has this id"


@pytest.fixture
def logged(cloud):
    """What the cloud logs, in a form, of the calls that a function makes."""

    def run(calls, as_json: bool = False) -> list[str]:
        stream = io.StringIO()
        cloud.emulator.journal.notes = [log := RequestLog(as_json, stream)]
        calls()
        log.flush()
        return stream.getvalue().splitlines()

    return run


def plain(line: str) -> str:
    """A line without what differs from run to run: its time, its duration, the request id."""
    found = re.fullmatch(r"\S+ INFO bce_emulator\.requests: (.*) \d+\.\dms (\S+) [\da-f-]{36}", line)
    return f"{found[1]} {found[2]}"


def forge(cloud) -> None:
    cloud.secret_key = "not-the-secret-key-at-all"


def fail(cloud) -> None:
    operation = cloud.emulator.catalogue.operations["bcc.ListZones"]
    cloud.emulator.accounts.open("test").faults.plan(operation=operation, error=ServiceInternalError, times=1)


@pytest.mark.parametrize(
    ("prepare", "call", "line"),
    [
        (None, ("GET", "/v2/zone"), "bcc.ListZones account=test region=bj => 200 -"),
        (
            None,
            ("GET", "/v2/instance/i-nobody00"),
            f"bcc.GetInstance account=test region=bj => 404 NoSuchObject ({NOBODY}) i-nobody00",
        ),
        (
            None,
            ("GET", "/v2/nothing"),
            (
                "GET /v2/nothing account=test region=bj => 404 InvalidURI "
                "(no such operation; the nearest are GET /v2/keypair, GET /v2/asp, GET /v2/snapshot) -"
            ),
        ),
        (
            None,
            ("GET", "/v2/instance?vpcId=a%0Ab"),
            (
                "bcc.ListInstances account=test region=bj => 400 BadRequest "
                "(vpcId and privateIps or ipv6Addresses need each other) -"
            ),
        ),
        (
            None,
            ("GET", "/v2/instance/a%0Ab%20c"),
            rf"bcc.GetInstance account=test region=bj => 404 NoSuchObject ({NOBODY}) a\nb\x20c",
        ),
        (
            forge,
            ("GET", "/v2/zone"),
            "bcc.ListZones account=test region=bj => 400 SignatureDoesNotMatch (probably_the_secret_key) -",
        ),
        (
            fail,
            ("GET", "/v2/zone"),
            "bcc.ListZones account=test region=bj => 500 ServiceInternalError (planned_fault) -",
        ),
    ],
)
def test_a_line_says_what_was_asked_by_whom_and_what_became_of_it(cloud, logged, prepare, call, line):
    if prepare is not None:
        prepare(cloud)

    lines = logged(lambda: cloud.call(*call))

    assert [plain(each) for each in lines] == [line]


def test_a_line_of_json_has_a_member_for_each(cloud, logged):
    def calls():
        cloud.call("GET", "/v2/zone")
        cloud.call("GET", "/v2/instance/i-nobody00")

    first, second = map(json.loads, logged(calls, as_json=True))

    facts = {name: second[name] for name in second if name not in {"time", "requestId", "durationMs"}}
    assert facts == {
        "level": "info",
        "logger": "bce_emulator.requests",
        "message": "GetInstance",
        "account": "test",
        "region": "bj",
        "operation": "GetInstance",
        "product": "bcc",
        "resource": "i-nobody00",
        "status": 404,
        "code": "NoSuchObject",
        "reason": NOBODY,
    }
    assert second["requestId"] == cloud.last_entry.request_id
    assert second["durationMs"] >= 0
    assert (first["status"], first["code"]) == (200, None)


def test_a_reason_stays_on_its_line_and_is_cut(cloud, logged):
    lines = logged(lambda: cloud.call("PUT", "/v2/instance/i-a?" + "start%0A" * 60 + "&stop"))

    assert len(lines) == 1
    assert len(lines[0]) < 600


def test_many_lines_are_written_before_their_moment_has_come(cloud, monkeypatch):
    monkeypatch.setattr(request_log, "MAX_LINES", 3)
    stream = io.StringIO()
    cloud.emulator.journal.notes = [RequestLog(as_json=False, stream=stream)]

    for _ in range(4):
        cloud.call("GET", "/v2/zone")

    assert stream.getvalue().count("\n") == 3


def test_a_line_is_written_a_moment_later(cloud, monkeypatch):
    planned = []
    monkeypatch.setattr(type(LOOP), "call_later", lambda _loop, *how: planned.append(how))
    stream = io.StringIO()
    cloud.emulator.journal.notes = [RequestLog(as_json=False, stream=stream)]
    cloud.call("GET", "/v2/zone")
    before = stream.getvalue()

    [(_, write)] = planned
    write()

    assert (before, stream.getvalue().count("\n")) == ("", 1)


def test_a_log_that_nobody_reads_any_more_stops_no_request(cloud):
    stream = io.StringIO()
    cloud.emulator.journal.notes = [log := RequestLog(as_json=False, stream=stream)]
    stream.close()

    cloud.call("GET", "/v2/zone")
    log.flush()

    assert cloud.last_entry.status == 200
