"""The bans of addresses."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.errors import BadRequest
from tests.cloud import Cloud
from tests.services.eip.ddos.test_protection import new_ban
from tests.services.eip.eip.addresses import new_eip


def records(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/unban/record?{query}")["unbanRecords"]
    return found


def test_no_address_is_banned_without_a_reason(cloud):
    new_eip(cloud)

    assert cloud.ok("GET", "/v1/unban/record") == {
        "marker": "",
        "isTruncated": False,
        "maxKeys": 1_000,
        "unbanRecords": [],
    }


def test_a_record_says_until_when_an_address_is_banned(cloud):
    first, second = new_eip(cloud), new_eip(cloud)
    new_ban(cloud, first, 60, by_package=True)
    new_ban(cloud, second, 120)

    record = {
        "ip": first,
        "protectType": 1,
        "startTime": "2026-01-01T00:00:10Z",
        "expectEndTime": "2026-01-01T00:01:10Z",
        "status": 1,
    }
    other = record | {"ip": second, "protectType": 0, "expectEndTime": "2026-01-01T00:02:10Z"}
    assert records(cloud) == [other, record]
    cloud.clock.advance(60)
    assert records(cloud) == [other, record | {"status": 0}]


def test_records_are_of_one_address_or_come_in_pages(cloud):
    first, second = new_eip(cloud), new_eip(cloud)
    new_ban(cloud, first, 60)
    new_ban(cloud, second, 60)

    assert [each["ip"] for each in records(cloud, f"ip={first}")] == [first]
    assert records(cloud, f"ip={first[:-1]}") == []
    marker = cloud.ok("GET", "/v1/unban/record?maxKeys=1")["nextMarker"]
    assert [each["ip"] for each in records(cloud, f"marker={marker}")] == [first]
    cloud.refused(BadRequest, "GET", "/v1/unban/record?maxKeys=0")
