"""Listing reserved instances: filters, order, pages."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.services.bcc.reserved_instance.reserved import DAY, PATH, buy, listed


@pytest.fixture
def three(cloud) -> list[str]:
    """An old one, a long one, and one that is to come, the oldest first."""
    old = buy(cloud, reservedInstanceName="old", spec="bcc.g5.c4m16", ehcClusterId="ehc-1")
    cloud.clock.advance(DAY)
    long = buy(cloud, reservedInstanceName="long", scope="Region", reservedInstanceTime=3)
    later = buy(cloud, reservedInstanceName="later", zoneName="cn-bj-b", effectiveTime="2026-01-02T00:15:00Z")
    return [old, long, later]


def test_all_filters_hold_together(cloud, three):
    old, long, later = three

    for filters, found in [
        ({}, [later, long, old]),
        ({"reservedInstanceIds": [old, later]}, [later, old]),
        ({"reservedInstanceName": "long"}, [long]),
        ({"reservedInstanceName": "lon"}, []),
        ({"zoneName": "cn-bj-b"}, [later]),
        ({"reservedInstanceStatus": "ACTIVE"}, [long, old]),
        ({"reservedInstanceStatus": "creating"}, [later]),
        ({"reservedInstanceStatus": "anything"}, []),
        ({"spec": "bcc.g5.c4m16"}, [old]),
        ({"offeringType": "FullyPrepay", "osType": "all", "isDeduct": False}, [later, long, old]),
        ({"offeringType": "NoPrepay"}, []),
        ({"osType": "linux"}, []),
        ({"instanceId": "i-1"}, []),
        ({"instanceName": "web"}, []),
        ({"isDeduct": "true"}, []),
        ({"ehcClusterId": "ehc-1"}, [old]),
        ({"scope": "Region"}, [long]),
        ({"scope": "Region", "zoneName": "cn-bj-b"}, []),
        ({"sortKey": "", "sortDir": "", "reservedInstanceIds": None}, [later, long, old]),
    ]:
        shown = cloud.ok("POST", f"{PATH}/list", filters)
        assert [each["reservedInstanceId"] for each in shown["reservedInstances"]] == found, filters
        assert shown["totalCount"] == len(found)


def test_they_are_sorted_as_every_client_spells_it(cloud, three):
    old, long, later = three

    for names, ascending in [
        (("effectiveTime", "effective_time"), [old, long, later]),
        (("expireTime", "expire_time"), [old, later, long]),
        (("osType", "os_type", "instanceCount", "purchase_count"), [old, long, later]),
    ]:
        for name in names:
            found = [each["reservedInstanceId"] for each in listed(cloud, sortKey=name, sortDir="asc")]
            assert found == ascending, name
    assert [each["reservedInstanceId"] for each in listed(cloud, sortKey="expireTime")] == [long, later, old]


@pytest.mark.parametrize("order", [{}, {"sortKey": "expireTime", "sortDir": "asc"}])
def test_a_page_is_named_in_the_query_or_in_the_body(cloud, three, order):
    whole = listed(cloud, **order)

    for how in ("query", "body"):
        found, marker = [], "-1"
        while marker:
            members = {"marker": marker, "maxKeys": 2}
            query = "&".join(f"{name}={value}" for name, value in members.items()) if how == "query" else ""
            shown = cloud.ok("POST", f"{PATH}/list?{query}", order | (members if how == "body" else {}))
            assert (shown["totalCount"], shown["maxKeys"]) == (3, 2)
            assert shown["isTruncated"] == ("nextMarker" in shown)
            found += shown["reservedInstances"]
            marker = shown.get("nextMarker", "")
        assert found == whole
    for wrong in ({"maxKeys": 0}, {"marker": "r-Nobody00"}, {"sortDir": "up"}, {"sortKey": "name"}):
        cloud.refused(BadRequest, "POST", f"{PATH}/list", order | wrong)
    nobody = cloud.ok("POST", f"{PATH}/list", order | {"reservedInstanceName": "nobody"})
    assert (nobody["totalCount"], nobody["reservedInstances"], nobody["isTruncated"]) == (0, [], False)
