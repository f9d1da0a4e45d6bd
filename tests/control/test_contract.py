"""Each call that others' scripts depend on, over HTTP to a server: what it takes, and what it answers."""

from __future__ import annotations

import json
import socket

import httpx
import pytest

from bce_emulator import __version__
from bce_emulator.testing import Emulator
from tests.cloud import LINUX, SPEC
from tests.control.shapes import check_control

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
EXAMPLE = "i-YufwpQAe"


class Caller:
    """Calls of the control API, and of the emulated one, of one emulator."""

    def __init__(self, emulator: Emulator, client: httpx.Client) -> None:
        self.emulator = emulator
        self.client = client

    def __call__(self, method: str, path: str, body: object = None, status: int = 200) -> dict:
        response = self.client.request(method, path, content=json.dumps(body).encode() if body is not None else None)
        assert (response.status_code, response.headers["content-type"]) == (status, "application/json"), response.text
        check_control(method, path, status, response.json())
        return response.json()

    def create(self, cloud: object = None) -> str:
        return (cloud or self.emulator).call("POST", "/v2/instanceBySpec", ORDER).body["instanceIds"][0]

    def status(self, instance: str, cloud: object = None) -> str:
        return (cloud or self.emulator).call("GET", f"/v2/instance/{instance}").body["instance"]["status"]


@pytest.fixture
def control():
    with Emulator(seed="example") as emulator, httpx.Client(base_url=f"{emulator.endpoint}/_emulator/") as client:
        yield Caller(emulator, client)


def test_live_ready_and_version(control):
    assert control("GET", "live") == {"live": True}
    assert control("GET", "ready") == {"ready": True}
    version = control("GET", "version")
    assert (version["name"], version["version"]) == ("bce-emulator", __version__)
    assert 0 < version["coverage"]["bcc"]["emulated"] <= version["coverage"]["bcc"]["published"]


def test_head_is_answered_as_every_get_is_without_the_body(control):
    control.emulator.call("GET", "/v2/zone")
    control.emulator.clock.freeze()
    request_id = control("GET", "journal")["entries"][-1]["requestId"]
    paths = [path for path, methods in control("GET", "openapi.json")["paths"].items() if "get" in methods]
    paths = [path.replace("{request_id}", request_id) for path in paths]
    unknown = ["/_emulator/nothing", "/_emulator/live?acount=test", "/_emulator/reset"]

    for path in [*paths, "/_emulator/openapi.json", *unknown]:
        with control.client.stream("GET", path) as got:
            head = control.client.head(path)

        assert (head.status_code, head.content) == (got.status_code, b""), path
        differ = dict(set(got.headers.items()) - set(head.headers.items()))
        assert set(differ) <= {"date", "transfer-encoding"}, path


@pytest.mark.parametrize("path", ["live", "ready"])
def test_a_probe_with_head_finds_the_emulator_alive(control, path):
    host = control.client.base_url.host, control.client.base_url.port
    with socket.create_connection(host, timeout=10) as connection:
        connection.sendall(f"HEAD /_emulator/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))

    assert received.startswith(b"HTTP/1.1 200 ")
    assert received.endswith(b"\r\n\r\n")


def test_reset_brings_the_first_day_back(control):
    first = control("GET", "state")["regions"]["bj"]["numbers"]
    created = control.create()
    control.emulator.call("POST", "/v2/instanceBySpec?clientToken=once", ORDER)
    control("PUT", "clock", {"now": "2031-01-01T00:00:00Z", "pace": 5})
    control("POST", "faults", {"operation": "StopInstance", "error": "InternalError"})
    control("DELETE", "faults/fault-1")
    control("POST", "faults", {"operation": "StopInstance", "error": "InternalError"})

    assert control("POST", "reset") == {"reset": ["test"]}

    assert control("GET", "state")["regions"]["bj"]["numbers"] == first
    assert control.emulator.call("GET", f"/v2/instance/{created}").status == 404
    assert control.status(EXAMPLE) == "Running"
    assert control("GET", "faults") == {"faults": []}
    assert [entry["operation"] for entry in control("GET", "journal")["entries"]] == ["GetInstance", "GetInstance"]
    clock = control("GET", "clock")
    assert (clock["frozen"], clock["pace"], clock["now"] < "2031") == (False, 1.0, True)


def test_a_clock_is_read_frozen_set_and_paced(control):
    assert set(control("GET", "clock")) == {"now", "frozen", "pace", "pending", "dueIn"}
    new = {"now": "2026-01-01T00:00:00Z", "frozen": True, "pace": 1.0}

    assert control("PUT", "clock", new) == new | {"pending": 0, "dueIn": None}
    assert control("PUT", "clock", {"pace": 0.5}) == new | {"pace": 0.5, "pending": 0, "dueIn": None}
    assert control("GET", "clock") == new | {"pace": 0.5, "pending": 0, "dueIn": None}


def test_a_creation_of_ten_minutes_is_over_when_the_clock_is_moved(control):
    control("PUT", "lifecycles/Instance/create", {"seconds": 600})
    control("PUT", "clock", {"frozen": True, "pace": 1, "now": "2026-01-01T00:00:00Z"})
    created = control.create()

    assert control("POST", "clock/advance", {"seconds": 599})["now"] == "2026-01-01T00:09:59Z"
    assert control.status(created) == "Starting"
    moved = control("POST", "clock/advance", {"seconds": 1})

    assert (moved["now"], moved["pending"]) == ("2026-01-01T00:10:00Z", 0)
    assert [due for due in moved["due"] if created in due]
    assert control.status(created) == "Running"


def test_transitions_that_come_due_on_the_way_happen_in_order_each_at_its_own_moment(control):
    control("PUT", "clock", {"frozen": True, "pace": 1, "now": "2026-01-01T00:00:00Z"})
    created = []
    for seconds in (50, 20, 70):
        control("PUT", "lifecycles/Instance/create", {"seconds": seconds})
        created.append(control.create())

    moved = control("POST", "clock/advance", {"until": "idle"})

    order = [instance for due in moved["due"] for instance in created if instance in due]
    assert list(dict.fromkeys(order)) == [created[1], created[0], created[2]]
    assert (moved["now"], moved["pending"]) == ("2026-01-01T00:01:10Z", 0)


def test_two_accounts_differ_in_time_and_resources(control):
    with control.emulator.account() as one, control.emulator.account() as other:
        names = [one.credentials.access_key, other.credentials.access_key]
        for name, hour in zip(names, ("2026-01-01T08:00:00Z", "2033-07-01T20:00:00Z"), strict=True):
            assert control("PUT", f"clock?account={name}", {"now": hour, "frozen": True})["now"] == hour
        created = control.create(one)
        control("POST", f"clock/advance?account={names[1]}", {"seconds": 3600})

        assert control.status(created, one) == "Starting"
        assert other.call("GET", f"/v2/instance/{created}").status == 404
        assert control("GET", f"clock?account={names[0]}")["now"] == "2026-01-01T08:00:00Z"
        assert control("GET", f"clock?account={names[1]}")["now"] == "2033-07-01T21:00:00Z"
        assert one.call("GET", f"/v2/instance/{created}").body["instance"]["createTime"] == "2026-01-01T08:00:00Z"


def test_accounts_are_made_listed_and_removed(control):
    created = control("POST", "accounts")
    assert set(created) >= {"accessKeyId", "secretAccessKey"}
    key, secret = created["accessKeyId"], created["secretAccessKey"]

    listed = json.dumps(control("GET", "accounts"))

    assert key in listed
    assert secret not in listed
    control("DELETE", f"accounts/{key}")
    assert key not in json.dumps(control("GET", "accounts"))


def test_faults_are_planned_listed_and_called_off(control):
    created = control("POST", "faults", {"operation": "StopInstance", "error": "InternalError", "times": 2})
    assert [fault["id"] for fault in control("GET", "faults")["faults"]] == [created["id"]]

    response = control.emulator.call("PUT", f"/v2/instance/{EXAMPLE}?stop")

    assert (response.status, response.body["code"]) == (500, "InternalError")
    assert control("GET", "faults")["faults"][0]["left"] == 1
    assert control("DELETE", f"faults/{created['id']}") == {"deleted": [created["id"]]}
    assert control("DELETE", "faults") == {"deleted": []}


def test_the_journal_has_what_was_asked_and_can_be_verified(control):
    control.emulator.call("PUT", f"/v2/instance/{EXAMPLE}?stop", {"forceStop": True})

    (entry,) = control("GET", "journal?operation=StopInstance&status=200&limit=1")["entries"]

    assert control("GET", f"requests/{entry['requestId']}")["requestId"] == entry["requestId"]
    expected = {"operation": "StopInstance", "body": {"forceStop": True}, "count": 1}
    assert control("POST", "journal/verify", expected)["ok"]
    near = control("POST", "journal/verify", expected | {"body": {"forceStop": False}})
    assert (near["ok"], near["nearest"][0]["differences"][0]["member"]) == (False, "body.forceStop")


def test_a_refused_signature_is_explained(control):
    keys = control.emulator.credentials
    control.emulator.credentials = keys._replace(secret_key=f"{keys.secret_key}\n")
    refused = control.emulator.call("GET", "/v2/zone")

    explanation = control("GET", f"requests/{refused.body['requestId']}/explain")

    assert (refused.status, explanation["mistake"]) == (400, "secret_key_with_newline")


def test_a_state_that_was_read_is_put_back(control):
    before = control("GET", "state")
    control.emulator.call("PUT", f"/v2/instance/{EXAMPLE}?stop")
    assert control("POST", "state/diff", {"before": before})["same"] is False

    control("PUT", "state", before)

    assert control.status(EXAMPLE) == "Running"
    assert control("POST", "state/fork", {"from": "test", "to": "test-2"})["account"] == "test-2"


def test_an_instance_is_what_no_call_can_make_it(control):
    assert control("PUT", f"instances/{EXAMPLE}", {"status": "Expired"})["status"] == "Expired"

    assert control.status(EXAMPLE) == "Expired"
    assert "status is one of" in control("PUT", f"instances/{EXAMPLE}", {"status": "Asleep"}, 400)["error"]
    assert "no instance i-none" in control("PUT", "instances/i-none", {"status": "Expired"}, 404)["error"]


def test_operations_and_lifecycles_say_what_is_emulated(missing, control):
    operations = {entry["name"]: entry for entry in control("GET", "operations") if entry["product"] == "bcc"}

    reboot = operations["RebootInstance"]
    assert reboot["emulated"] is True
    assert reboot["doc"].startswith("https://cloud.baidu.com/doc/BCC/")
    assert {error["code"] for error in reboot["errors"]} >= {"NoSuchObject"}
    assert [name for name, entry in operations.items() if not entry["emulated"]] == [missing.name]
    rows = {row["action"]: row for row in control("GET", "lifecycles")["bcc.Instance"]}
    assert rows["reboot"]["meanwhile"] == "Starting"
    assert rows["reboot"]["seconds"] > 0
