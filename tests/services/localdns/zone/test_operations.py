"""Private zones."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.localdns.names import NOBODY, ZONES, new_record, new_zone


def bound(cloud, zone_id: str) -> list[tuple[str, str, str]]:
    vpcs = cloud.ok("GET", f"{ZONES}/{zone_id}")["bindVpcs"]
    return [(each["vpcId"], each["vpcName"], each["vpcRegion"]) for each in vpcs]


def new_vpc(cloud, name: str) -> str:
    vpc_id: str = cloud.ok("POST", "/v1/vpc", {"name": name, "cidr": "10.0.0.0/16"})["vpcId"]
    return vpc_id


@pytest.mark.parametrize("host", ["privatezone.baidubce.com", "bcc.gz.localhost", "127.0.0.1:8080"])
def test_a_zone_belongs_to_no_region(cloud, host):
    cloud.host = "bcc.su.localhost"
    zone_id, other = new_zone(cloud, "Example.com"), new_zone(cloud, "other")
    cloud.host = host
    shown = {
        "zoneId": zone_id,
        "zoneName": "example.com",
        "recordCount": 0,
        "createTime": "2026-01-01T00:00:00Z",
        "updateTime": "2026-01-01T00:00:00Z",
    }

    assert cloud.ok("GET", f"{ZONES}/{zone_id}") == shown | {"bindVpcs": []}
    page = cloud.ok("GET", f"{ZONES}?maxKeys=1")
    assert ([each["zoneId"] for each in page["zones"]], page["isTruncated"]) == ([other], True)
    assert cloud.ok("GET", f"{ZONES}?marker={page['nextMarker']}")["zones"] == [shown]


def test_a_zone_is_bound_to_vpcs_of_any_region_all_or_none(cloud):
    zone_id, near = new_zone(cloud), new_vpc(cloud, "near")
    cloud.host = "bcc.gz.localhost"
    far = new_vpc(cloud, "far")
    target = f"{ZONES}/{zone_id}"

    cloud.ok("PUT", f"{target}?bind", {"region": "bj", "vpcIds": [near]})
    cloud.clock.advance(60)
    cloud.ok("PUT", f"{target}?bind", {"region": "gz", "vpcIds": [far]})
    assert bound(cloud, zone_id) == [(near, "near", "bj"), (far, "far", "gz")]
    assert cloud.ok("GET", target)["updateTime"] == "2026-01-01T00:01:00Z"

    cloud.refused(NoSuchObject, "PUT", f"{target}?bind", {"region": "gz", "vpcIds": [near]})
    cloud.refused(OperationDenied, "PUT", f"{target}?bind", {"region": "gz", "vpcIds": [far]})
    cloud.refused(NoSuchObject, "PUT", f"{target}?unbind", {"region": "gz", "vpcIds": [far, near]})
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("PUT", f"{target}?unbind", {"region": "bj", "vpcIds": [near]})
    cloud.ok("DELETE", f"/v1/vpc/{far}")
    assert bound(cloud, zone_id) == []


def test_records_go_along_with_their_zone(cloud):
    zone_id = new_zone(cloud)
    record_id = new_record(cloud, zone_id)
    assert cloud.ok("GET", f"{ZONES}/{zone_id}")["recordCount"] == 1

    cloud.ok("DELETE", f"{ZONES}/{zone_id}?clientToken=once")

    cloud.refused(NoSuchObject, "GET", f"{ZONES}/{zone_id}")
    cloud.refused(NoSuchObject, "PUT", f"{ZONES}/record/{record_id}?enable")
    assert new_zone(cloud) != zone_id


@pytest.mark.parametrize("name", ["", "x", "-a.com", "a..com", "a b", "例子", ".com", "a." * 119 + "com"])
def test_a_zone_has_the_name_of_a_domain(cloud, name):
    cloud.refused(BadRequest, "POST", ZONES, {"zoneName": name})


def test_a_zone_that_cannot_be_made_or_found_is_refused(cloud):
    new_zone(cloud)
    cloud.refused(OperationDenied, "POST", ZONES, {"zoneName": "EXAMPLE.com"})
    cloud.set_facts(**{"localdns.zoneQuota": 1})
    cloud.refused(LimitExceeded, "POST", ZONES, {"zoneName": "other.com"})
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", ZONES, {"zoneName": "other.com"})

    target = f"{ZONES}/{NOBODY}"
    cloud.refused(NoSuchObject, "DELETE", target)
    for action in ("bind", "unbind"):
        cloud.refused(NoSuchObject, "PUT", f"{target}?{action}", {"region": "bj", "vpcIds": ["vpc-nobody00"]})


@pytest.mark.parametrize("members", [{"region": "mars", "vpcIds": ["vpc-1"]}, {"region": "bj", "vpcIds": []}])
def test_vpcs_are_in_a_region(cloud, members):
    target = f"{ZONES}/{new_zone(cloud)}"

    for action in ("bind", "unbind"):
        cloud.refused(BadRequest, "PUT", f"{target}?{action}", members)
