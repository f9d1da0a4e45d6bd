"""Comparing: nothing is found where nothing differs, and each way in which a cloud deviates is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bce_emulator.fidelity.compare import Comparison, compare
from bce_emulator.fidelity.differences import KINDS
from bce_emulator.fidelity.entries import why_not
from bce_emulator.fidelity.exchange import read_recording
from bce_emulator.settings import SettingError
from tests.fidelity.network import REAL, ask, recorded_world
from tests.fidelity.scenario import ORDER, had_before, look_around, many_products

Row = dict[str, Any]
LINE = {
    "format": 1, "at": "2026-01-01T00:00:01.000Z", "seconds": 0.1, "operation": "bcc.ListZones", "region": "bj",
    "host": "bcc.bj.baidubce.com", "method": "GET", "path": "/v2/zone", "query": [], "request": None, "status": 200,
    "type": "application/json", "answer": {"zones": []},
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recording.jsonl"


def compared(path: Path) -> Comparison:
    """What came of it; each difference can be an entry of a file of known ones."""
    comparison = compare(read_recording(path))
    assert [why for each in comparison.differences if (why := why_not(*each.key.split()))] == []
    return comparison


def keys(path: Path) -> list[str]:
    """What differs, and that nothing was left out."""
    comparison = compared(path)
    assert (comparison.not_judged, comparison.not_made) == ([], [])
    return sorted(each.key for each in comparison.differences)


def rewritten(path: Path, change: Callable[[list[Row]], Any]) -> None:
    """Change the lines of a recording."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_nothing_differs_where_the_cloud_is_another_emulator(path):
    with recorded_world(path) as world:
        many_products(world)

    assert keys(path) == []
    assert len(world.lines) == 39
    assert len({line["operation"].partition(".")[0] for line in world.lines}) == 5


def test_a_client_token_in_the_form_of_an_id_names_no_resource(path):
    with recorded_world(path) as world:
        many_products(world)

    def tokens(rows: list[Row]) -> None:
        for number, row in enumerate(rows):
            if row["method"] == "POST":
                row["query"].append(["clientToken", f"t-{number:010}"])

    rewritten(path, tokens)
    assert keys(path) == []


def test_what_was_there_before_is_made_so_that_nothing_differs(path):
    with recorded_world(path) as world:
        had_before(world)
        look_around(world)

    assert keys(path) == []


def test_instances_are_made_in_their_order_though_their_network_is_never_shown(path):
    with recorded_world(path) as world:
        for name in ("one", "two"):
            made = ask(
                world.cloud.dispatcher,
                "POST",
                "/v2/instanceBySpec",
                ORDER | {"name": name},
                now=world.wall.now,
                keys=REAL[:2],
            )
            assert made.status == 200
            world.later(60)
        world.later(60)
        world.ok("GET", "/v2/instance?maxKeys=1")
        world.ok("GET", "/v2/instance")
        world.ok("GET", "/v2/volume")

    assert keys(path) == []


def deviating(operation: str, status: int, body: Any) -> tuple[int, Any]:
    """A cloud that is wrong in each way once."""
    match operation.split("/", 3)[0].strip(), operation:
        case "GET", "GET /v1/vpc":
            body["vpcs"][0]["createdTime"] = "2026-01-01 00:00:00"
        case "GET", "GET /v1/subnet":
            body["subnets"].reverse()
        case "GET", "GET /v2/zone":
            body["zones"].pop()
        case "GET", "GET /v2/image":
            body["images"][1]["osName"], body["images"][0]["desc"] = "BaiduLinux", None
        case "GET", "GET /v2/instance":
            del body["isTruncated"]
        case "GET", _ if status == 404:
            body["message"] = "Nothing."
        case "GET", _ if operation.startswith("GET /v2/instance/"):
            body["instance"]["nicInfo"]["vpcId"] = "vpc-another00000"
        case "DELETE", _:
            body["code"] = "SubnetInUse"
        case "PUT", _ if operation.startswith("PUT /v2/instance") and status == 409:
            status = 403
        case "GET", _ if operation.startswith("GET /v2/volume/"):
            body["volume"]["diskSizeInGB"] = "50"
            body["volume"]["status"] = body["volume"]["status"].replace("Attaching", "Preparing")
        case "GET", "GET /v1/eip":
            body["eipList"][0]["owner"] = {"name": "me"}
        case "GET", "GET /v1/blb":
            del body["blbList"][0]["desc"]
    return status, body


DEVIATIONS = [
    "bcc.GetInstance message NoSuchObject",
    "bcc.GetInstance relation instance.nicInfo.vpcId",
    "bcc.GetVolume type volume.diskSizeInGB",
    "bcc.ListImages type images[].desc",
    "bcc.ListImages value images[].osName",
    "bcc.ListInstances paging isTruncated",
    "bcc.ListZones items zones[]",
    "bcc.StopInstance status 403->409",
    "bcc.Volume lifecycle Preparing",
    "blb.DescribeBlbs added blbList[].desc",
    "eip.QueryEipList missing eipList[].owner",
    "vpc.DeleteSubnet code SubnetInUse->ResourceNeedRelease",
    "vpc.QuerySubnetList order subnets",
    "vpc.QueryVpcList type vpcs[].createdTime",
]


def test_each_way_in_which_a_cloud_deviates_is_found_and_nothing_else(path):
    with recorded_world(path) as world:
        world.deviating.change = deviating
        many_products(world)

    assert keys(path) == DEVIATIONS
    assert {key.split()[1] for key in DEVIATIONS} == KINDS.keys() - {"duration", "emulated"}


@pytest.mark.parametrize(
    ("shown", "polls", "said"),
    [
        (lambda status, age: "Starting" if age < 60 else status, 10, ("at least 49 s", "30 s")),
        (lambda status, age: "Running" if age > 10 else status, 4, ("at most 14 s", "30 s")),
        (lambda status, age: "Running", 3, ("at most 7 s", "30 s")),
        (lambda status, age: status, 6, None),
    ],
)
def test_how_long_a_status_lasts_is_held_against_what_the_recording_can_tell(path, shown, polls, said):
    with recorded_world(path) as world:
        instance = world.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"][0]
        began = world.wall.now

        def change(operation: str, status: int, body: Any) -> tuple[int, Any]:
            body["instance"]["status"] = shown(body["instance"]["status"], world.wall.now - began)
            return status, body

        world.deviating.change = change
        for _ in range(polls):
            world.later(6)
            world.ok("GET", f"/v2/instance/{instance}")

    found = [each for each in compared(path).differences if each.kind != "value"]
    assert [each.key for each in found] == (["bcc.Instance duration Starting"] if said else [])
    assert [(each.theirs, each.ours) for each in found] == ([said] if said else [])


def test_a_status_that_is_over_in_the_cloud_is_over_here_before_the_next_request(path):
    with recorded_world(path) as world:
        instance = world.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"][0]
        world.later(60)
        world.ok("GET", f"/v2/instance/{instance}")
        world.ok("PUT", f"/v2/instance/{instance}?stop", {})

    def faster(rows: list[Row]) -> None:
        for row in rows[1:]:
            row["at"] = row["at"].replace("00:01:0", "00:00:0")

    rewritten(path, faster)
    assert keys(path) == ["bcc.Instance duration Starting"]

    rewritten(path, lambda rows: rows.pop(1))  # nobody looked, but the cloud accepted the next request
    assert keys(path) == ["bcc.Instance duration Starting"]


def test_what_cannot_be_judged_is_said_and_not_passed_over(path):
    with recorded_world(path) as world:
        world.ok("GET", "/v2/instance")
        world.ok("POST", "/v1/vpc", {"name": "web", "cidr": "10.0.0.0/16"})

    def odd(rows: list[Row]) -> None:
        get, create = (dict(row) for row in rows)
        shown = {"id": "i-abcd1234", "name": "n", "spec": "bcc.odd", "imageId": "m-odd12345", "status": "Stopped"}
        rows[:] = [
            get | {"status": 503, "answer": {"code": "Busy"}},
            get | {"path": "/v2/instance/i-abcd1234", "operation": "bcc.GetInstance", "answer": {"instance": shown}},
            create | {"path": "/v1/vpn/vpn-abcdefgh1234", "method": "PUT", "operation": "vpc.UpdateVpn", "request": {"name": "x"}},
            create | {"request": {"name": "web", "cidr": "10.0.0.0/99"}, "answer": {"vpcId": "vpc-abcdef123456"}},
            get | {"path": "/v1/vpc/vpc-abcdef123456", "operation": "vpc.QuerySpecifiedVpc", "answer": {"vpc": {}}},
        ]  # fmt: skip
        for number, row in enumerate(rows):
            row["at"] = f"2026-01-01T00:01:0{number}.000Z"

    rewritten(path, odd)
    comparison = compared(path)

    assert [(line, why) for line, _, why in comparison.not_judged] == [
        (1, "the cloud failed"),
        (3, "it is about vpn-abcdefgh1234, which is not there"),
        (5, "it is about vpc-abcdef123456, which is not there"),
    ]
    assert comparison.not_made == ["vpn-abcdefgh1234"]
    assert comparison.stood_in == ["bcc.odd", "m-odd12345"]
    found = {each.key for each in comparison.differences}
    assert {"vpc.CreateVpc status 200->400", "bcc.GetInstance value instance.spec"} <= found
    assert not {each for each in found if " lifecycle " in each or "status" in each.split()[2]}


def test_an_operation_that_is_not_emulated_is_a_difference_of_its_own(path, monkeypatch):
    path.write_text(json.dumps(LINE))
    monkeypatch.setattr("bce_emulator.fidelity.player.Player.play", not_emulated)

    assert keys(path) == ["bcc.ListZones emulated -"]


async def not_emulated(*_: object) -> tuple[int, Any]:
    return 501, {"code": "NotImplemented"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no exchange"),
        ("[]", "it is no object"),
        ("{}", "format is missing, or of another type"),
        ("[" * 100_000, "no exchange of a recording"),
        ('{"format": 9}', "at is missing"),
        ("x", "it is no JSON"),
        ("NaN", "NaN is not JSON"),
    ],
)
def test_what_is_no_recording_is_refused_in_one_sentence(path, text, said):
    path.write_text(text)

    with pytest.raises(SettingError, match=said) as refused:
        read_recording(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("format", 2, "this version reads 1"),
        ("at", "yesterday", "at: no recorder writes that"),
        ("at", "2026-02-31T00:00:00Z", "at: no recorder"),
        ("seconds", -1, "seconds: no recorder"),
        ("region", "b/j", "region: no"),
        ("method", "GE T", "method: no"),
        ("path", "v2", "path: no"),
        ("query", [["a"]], "pairs of texts"),
        ("operation", "bcc.Dance", "no operation"),
        ("status", True, "status is missing"),
        ("status", 1, "status: no recorder writes that"),
        ("type", "text/html\r\nx: y", "type: no recorder writes that"),
        ("answer", json.loads("[" * 110 + "]" * 110), "nested too deep"),
    ],
)
def test_a_line_that_does_not_fit_is_refused(path, member, value, said):
    path.write_text(json.dumps(LINE | {member: value}))

    with pytest.raises(SettingError, match=said):
        compared(path)


def test_a_line_of_a_recording_has_a_bound(path, monkeypatch):
    monkeypatch.setattr("bce_emulator.fidelity.exchange.LONGEST", 64)
    path.write_text("x" * 65)

    with pytest.raises(SettingError, match="more than 64 bytes"):
        read_recording(path)
