"""Blocks of areas and protocols."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.cloud import Cloud
from tests.services.eip.eip.addresses import DAY, new_eip
from tests.services.eip.tbsp.packages import protect, protected_eip

ICMP, WEB = {"type": "icmp"}, {"type": "tcp", "portBegin": 80, "portEnd": 443}
NAMES = {"area": {"blockTime": 30}, "protocol": {"protocolPortList": [ICMP]}}


def block(cloud: Cloud, tbsp_id: str, address: str, name: str = "area", **members: Any) -> None:
    cloud.ok("POST", f"/v1/tbsp/{tbsp_id}/{name}Blocking", {"ip": address} | members)


def blocked(cloud: Cloud, tbsp_id: str, query: str = "", name: str = "area") -> list[dict[str, Any]]:
    found = cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/{name}Blocking?{query}")
    assert found["id"] == tbsp_id
    blocks: list[dict[str, Any]] = found[f"{name}BlockingList"]
    return blocks


def types(cloud: Cloud, tbsp_id: str) -> list[str]:
    return [each["blockType"] for each in blocked(cloud, tbsp_id)]


def test_a_block_for_a_fixed_time_ends_by_itself(cloud):
    tbsp_id, address = protected_eip(cloud)

    block(cloud, tbsp_id, address, blockTime=30)

    assert blocked(cloud, tbsp_id) == [
        {
            "ip": address,
            "blockArea": "overseas",
            "blockBeginTime": "2026-01-01T00:00:05Z",
            "blockEndTime": "2026-01-01T00:30:05Z",
            "blockType": "fixedDuration",
        }
    ]
    cloud.clock.advance(30 * 60)
    assert blocked(cloud, tbsp_id) == []


def test_a_block_that_the_system_ends_has_no_end(cloud):
    tbsp_id, address = protected_eip(cloud)

    block(cloud, tbsp_id, address, blockType="systemDetermines", blockTime=1)

    cloud.clock.advance(DAY)
    assert [(each["blockType"], each["blockEndTime"]) for each in blocked(cloud, tbsp_id)] == [("systemDetermines", "")]


def test_of_two_blocks_the_fixed_one_is_removed_unless_the_other_is_named(cloud):
    tbsp_id, address = protected_eip(cloud)
    target = f"/v1/tbsp/{tbsp_id}/areaBlocking?ip={address}"
    block(cloud, tbsp_id, address, blockType="systemDetermines")
    block(cloud, tbsp_id, address, blockTime=1_440)
    assert types(cloud, tbsp_id) == ["systemDetermines", "fixedDuration"]

    cloud.ok("DELETE", target)
    assert types(cloud, tbsp_id) == ["systemDetermines"]

    block(cloud, tbsp_id, address, blockTime=60)
    cloud.ok("DELETE", f"{target}&blockType=systemDetermines")
    assert types(cloud, tbsp_id) == ["fixedDuration"]
    cloud.clock.advance(30 * 60)
    cloud.refused(NoSuchObject, "DELETE", f"{target}&blockType=systemDetermines")
    cloud.ok("DELETE", target)
    cloud.refused(NoSuchObject, "DELETE", target)


def test_the_only_block_is_removed_without_being_named(cloud):
    tbsp_id, address = protected_eip(cloud)
    block(cloud, tbsp_id, address, blockType="systemDetermines")

    cloud.ok("DELETE", f"/v1/tbsp/{tbsp_id}/areaBlocking?ip={address}")

    assert blocked(cloud, tbsp_id) == []


def test_a_block_that_is_removed_does_not_end_the_next_one(cloud):
    tbsp_id, address = protected_eip(cloud)
    block(cloud, tbsp_id, address, blockTime=30)
    cloud.ok("DELETE", f"/v1/tbsp/{tbsp_id}/areaBlocking?ip={address}")
    block(cloud, tbsp_id, address, blockTime=60)

    cloud.clock.advance(30 * 60)

    assert types(cloud, tbsp_id) == ["fixedDuration"]


def test_protocols_are_added_and_removed_together(cloud):
    tbsp_id, address = protected_eip(cloud)

    block(cloud, tbsp_id, address, "protocol", protocolPortList=[ICMP])
    block(cloud, tbsp_id, address, "protocol", protocolPortList=[WEB, WEB | {"type": "UDP"}])

    ports = {"portBegin": 80, "portEnd": 443}
    shown = [{"type": "icmp", "portBegin": 0, "portEnd": 0}, {"type": "tcp"} | ports, {"type": "udp"} | ports]
    assert blocked(cloud, tbsp_id, name="protocol") == [{"ip": address, "protocolPortList": shown}]
    cloud.ok("DELETE", f"/v1/tbsp/{tbsp_id}/protocolBlocking?ip={address}")
    assert blocked(cloud, tbsp_id, name="protocol") == []
    cloud.refused(NoSuchObject, "DELETE", f"/v1/tbsp/{tbsp_id}/protocolBlocking?ip={address}")


@pytest.mark.parametrize("name", NAMES)
def test_the_list_is_of_the_package_or_of_a_part_of_the_address(cloud, name):
    tbsp_id, first = protected_eip(cloud)
    second = new_eip(cloud)
    protect(cloud, tbsp_id, second)
    other_id, other = protected_eip(cloud)
    for owner, address in ((tbsp_id, first), (tbsp_id, second), (other_id, other)):
        block(cloud, owner, address, name, **NAMES[name])

    assert [each["ip"] for each in blocked(cloud, tbsp_id, name=name)] == [first, second]
    assert [each["ip"] for each in blocked(cloud, tbsp_id, f"ip={second[1:]}", name)] == [second]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_is_blocked_once(cloud, name):
    tbsp_id, address = protected_eip(cloud)
    block(cloud, tbsp_id, address, name, **NAMES[name])

    cloud.refused(OperationDenied, "POST", f"/v1/tbsp/{tbsp_id}/{name}Blocking", {"ip": address} | NAMES[name])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("area", {}),
        ("area", {"blockTime": 29}),
        ("area", {"blockTime": 1_441}),
        ("area", {"blockType": "forEver", "blockTime": 30}),
        ("protocol", {}),
        ("protocol", {"protocolPortList": [{}]}),
        ("protocol", {"protocolPortList": [{"type": "http"}]}),
        ("protocol", {"protocolPortList": [{"type": "tcp"}]}),
        ("protocol", {"protocolPortList": [WEB | {"portBegin": 444}]}),
        ("protocol", {"protocolPortList": [WEB | {"portEnd": 65_536}]}),
        ("protocol", {"protocolPortList": [WEB, WEB]}),
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, name, wrong):
    tbsp_id, address = protected_eip(cloud)

    cloud.refused(BadRequest, "POST", f"/v1/tbsp/{tbsp_id}/{name}Blocking", {"ip": address} | wrong)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_package_does_not_protect_is_refused(cloud, name):
    tbsp_id, address = protected_eip(cloud)
    target, other = f"/v1/tbsp/{tbsp_id}/{name}Blocking", new_eip(cloud)

    cloud.refused(BadRequest, "POST", target, {"ip": other} | NAMES[name])
    cloud.refused(BadRequest, "DELETE", f"{target}?ip={other}")
    if name == "area":
        cloud.refused(BadRequest, "DELETE", f"{target}?ip={address}&blockType=forEver")


@pytest.mark.parametrize("name", NAMES)
def test_a_package_that_has_expired_changes_nothing(cloud, name):
    tbsp_id, address = protected_eip(cloud)
    cloud.clock.advance(10 * DAY)

    cloud.refused(OperationDenied, "POST", f"/v1/tbsp/{tbsp_id}/{name}Blocking", {"ip": address} | NAMES[name])
    cloud.refused(OperationDenied, "DELETE", f"/v1/tbsp/{tbsp_id}/{name}Blocking?ip={address}")
