"""Private zones and records for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

ZONES = "/v1/privatezone"
NOBODY, NOTHING = "zone-nobody00", f"{ZONES}/record/rc-nobody00"


def new_zone(cloud: Cloud, name: str = "example.com") -> str:
    """The id of a zone."""
    zone_id: str = cloud.ok("POST", ZONES, {"zoneName": name})["zoneId"]
    return zone_id


def new_record(cloud: Cloud, zone_id: str, **members: Any) -> str:
    """The id of a record."""
    body = {"rr": "www", "type": "A", "value": "192.168.1.1"} | members
    record_id: str = cloud.ok("POST", f"{ZONES}/{zone_id}/record", body)["recordId"]
    return record_id


def records(cloud: Cloud, zone_id: str, query: str = "") -> list[dict[str, Any]]:
    """The records of a zone, as a client lists them."""
    rows: list[dict[str, Any]] = cloud.ok("GET", f"{ZONES}/{zone_id}/record{query}")["records"]
    return rows
