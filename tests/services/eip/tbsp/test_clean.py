"""Cleaning of the traffic of protected EIPs."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, OperationDenied
from tests.cloud import Cloud
from tests.services.eip.eip.addresses import DAY, eip, new_eip
from tests.services.eip.tbsp.packages import protect, protected_eip

MANUAL = {"thresholdType": "manual", "cleanMbps": 10_000, "cleanPps": 4_882_813}
ACTIONS: list[tuple[str, dict[str, Any]]] = [
    ("ipClean?modifyThreshold", MANUAL),
    ("ipClean?turnOffClean", {"turnOffDuration": 30}),
    ("ipProtectLevel", {"protectLevel": 3}),
]


def cleaned(cloud: Cloud, tbsp_id: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipClean?{query}")["ipCleanList"]
    return found


def put(cloud: Cloud, tbsp_id: str, address: str, action: str, body: dict[str, Any]) -> None:
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}/{action}", {"ip": address} | body)


def test_what_is_protected_begins_with_the_smallest_threshold_and_the_middle_level(cloud):
    tbsp_id, address = protected_eip(cloud)

    assert cleaned(cloud, tbsp_id) == [
        {
            "ip": address,
            "eipName": eip(cloud, address)["name"],
            "eipId": eip(cloud, address)["eipId"],
            "thresholdType": "auto",
            "ipCleanMbps": 120,
            "ipCleanPps": 58_594,
            "protectLevel": "2",
            "turnOffBeginTime": "",
            "turnOffEndTime": "",
        }
    ]


def test_threshold_and_level_are_of_one_eip_alone(cloud):
    tbsp_id, address = protected_eip(cloud)
    other = new_eip(cloud)
    protect(cloud, tbsp_id, other)
    untouched = cleaned(cloud, tbsp_id, f"ip={other}")

    put(cloud, tbsp_id, address, "ipClean?modifyThreshold", MANUAL)
    put(cloud, tbsp_id, address, "ipProtectLevel", {"protectLevel": 3})

    (found,) = cleaned(cloud, tbsp_id, f"ip={address}")
    assert (found["thresholdType"], found["ipCleanMbps"], found["ipCleanPps"]) == ("manual", 10_000, 4_882_813)
    assert found["protectLevel"] == "3"
    assert cleaned(cloud, tbsp_id, f"ip={other}") == untouched


def test_cleaning_that_is_off_comes_on_again(cloud):
    tbsp_id, address = protected_eip(cloud)

    def times() -> list[str]:
        return [cleaned(cloud, tbsp_id)[0][name] for name in ("turnOffBeginTime", "turnOffEndTime")]

    put(cloud, tbsp_id, address, "ipClean?turnOffClean", {"turnOffDuration": 30})
    assert times() == ["2026-01-01T00:00:05Z", "2026-01-01T00:30:05Z"]
    cloud.clock.advance(30 * 60)
    assert times() == ["", ""]

    put(cloud, tbsp_id, address, "ipClean?turnOffClean", {"turnOffDuration": 60})
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}/ipClean?turnOnClean&ip={address}")
    assert times() == ["", ""]
    put(cloud, tbsp_id, address, "ipClean?turnOffClean", {"turnOffDuration": 7_200})
    cloud.clock.advance(60 * 60)
    assert times() == ["2026-01-01T00:30:05Z", "2026-01-06T00:30:05Z"]


def test_cleaning_is_turned_off_once_and_on_once(cloud):
    tbsp_id, address = protected_eip(cloud)

    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}/ipClean?turnOnClean&ip={address}")
    put(cloud, tbsp_id, address, "ipClean?turnOffClean", {"turnOffDuration": 30})
    body = {"ip": address, "turnOffDuration": 30}
    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}/ipClean?turnOffClean", body)


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("ipClean?modifyThreshold", {}),
        ("ipClean?modifyThreshold", MANUAL | {"thresholdType": "lucky"}),
        ("ipClean?modifyThreshold", MANUAL | {"cleanMbps": 10_001}),
        ("ipClean?modifyThreshold", MANUAL | {"cleanPps": 1}),
        ("ipClean?turnOffClean", {}),
        ("ipClean?turnOffClean", {"turnOffDuration": 29}),
        ("ipClean?turnOffClean", {"turnOffDuration": 7_201}),
        ("ipProtectLevel", {}),
        ("ipProtectLevel", {"protectLevel": 4}),
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, action, body):
    tbsp_id, address = protected_eip(cloud)

    cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}/{action}", {"ip": address} | body)


@pytest.mark.parametrize(("action", "body"), ACTIONS)
def test_what_the_package_does_not_protect_is_refused(cloud, action, body):
    tbsp_id, _ = protected_eip(cloud)
    _, other = protected_eip(cloud)

    for address in ("", "203.0.113.9", new_eip(cloud), other):
        cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}/{action}", {"ip": address} | body)
        cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}/ipClean?turnOnClean&ip={address}")


@pytest.mark.parametrize(("action", "body"), ACTIONS)
def test_a_package_that_has_expired_changes_nothing(cloud, action, body):
    tbsp_id, address = protected_eip(cloud)
    cloud.clock.advance(10 * DAY)

    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}/{action}", {"ip": address} | body)


def test_the_list_is_of_a_part_of_the_address_or_comes_in_pages(cloud):
    tbsp_id, first = protected_eip(cloud)
    second = new_eip(cloud)
    protect(cloud, tbsp_id, second)
    protected_eip(cloud)

    def ips(query: str) -> list[str]:
        return [each["ip"] for each in cleaned(cloud, tbsp_id, query)]

    assert ips("") == ips("ip=198") == [second, first]
    assert ips("maxKeys=1") == [second]
    marker = cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipClean?maxKeys=1")["nextMarker"]
    assert ips(f"marker={marker}") == [first]
    assert ips("ip=203.0.113") == []
