"""Changing shared bandwidths."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from tests.services.eip.eip.addresses import bind, new_eip
from tests.services.eip.group.groups import NOBODY, PREPAID, group, group_ips, move_in, new_group

RENEWAL = {"billing": PREPAID}
CHANGES = {
    "/v1/eipgroup/{}?resize": {"bandwidthInMbps": 60},
    "/v2/eipgroup/{}?resize": {"eipAddCount": 1},
    "/v1/eipgroup/{}?update": {"name": "other"},
    "/v1/eipgroup/{}?purchaseReserved": RENEWAL,
}
ADDING = ["/v1/eipgroup/{}?resize", "/v2/eipgroup/{}?resize"]
DAY = 86_400


@pytest.mark.parametrize("change", CHANGES)
def test_a_group_that_is_not_there_is_not_found(cloud, change):
    cloud.refused(NoSuchObject, "PUT", change.format(NOBODY), CHANGES[change])


def test_what_the_eips_are_bound_to_shows_the_new_bandwidth(cloud, running):
    group_id = new_group(cloud)
    bind(cloud, group_ips(cloud, group_id)[0], running)

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?resize", {"bandwidthInMbps": 80})

    assert group(cloud, group_id)["eips"][0]["bandwidthInMbps"] == 80
    shown = cloud.instance(running)
    assert (shown["networkCapacityInMbps"], shown["nicInfo"]["ips"][0]["eipGroupId"]) == (80, group_id)
    assert shown["nicInfo"]["ips"][0]["eipType"] == "shared"


@pytest.mark.parametrize("add", ADDING)
def test_a_group_gets_more_eips(cloud, add):
    group_id = new_group(cloud)

    cloud.ok("PUT", add.format(group_id), {"eipAddCount": 2, "eipv6AddCount": 1})

    found = group(cloud, group_id)
    assert (len(found["eips"]), len(found["eipv6s"])) == (4, 1)


@pytest.mark.parametrize("add", ADDING)
@pytest.mark.parametrize("body", [{}, {"eipAddCount": 0}, {"eipAddCount": -1, "eipv6AddCount": 3}, {"eipAddCount": 8}])
def test_only_so_many_are_added_as_the_bandwidth_is_enough_for(cloud, add, body):
    cloud.refused(BadRequest, "PUT", add.format(new_group(cloud)), body)


@pytest.mark.parametrize("add", ADDING)
@pytest.mark.parametrize(
    ("quota", "body"), [("eip.eipQuota", {"eipAddCount": 1}), ("eip.eipv6QuotaOfGroup", {"eipv6AddCount": 3})]
)
def test_no_more_are_added_than_the_quotas_allow(cloud, add, quota, body):
    group_id = new_group(cloud)
    cloud.set_facts(**{quota: 2})

    cloud.refused(LimitExceeded, "PUT", add.format(group_id), body)


@pytest.mark.parametrize(
    "body", [{"bandwidthInMbps": 19}, {"bandwidthInMbps": 501}, {"bandwidthInMbps": 60, "eipAddCount": 1}]
)
def test_a_bandwidth_is_one_on_offer_and_stands_alone(cloud, body):
    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{new_group(cloud)}?resize", body)


def test_the_bandwidth_stays_enough_for_the_eips(cloud):
    group_id = new_group(cloud, eipCount=30)

    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{group_id}?resize", {"bandwidthInMbps": 30})


def test_eips_that_were_made_with_a_group_are_released_and_no_others(cloud, running):
    group_id, address = new_group(cloud, eipCount=3), new_eip(cloud)
    move_in(cloud, group_id, address)
    there = group_ips(cloud, group_id)
    moved, *native = sorted(there, key=lambda each: each != address)
    bound, protected, free = native
    bind(cloud, bound, running)
    cloud.ok("PUT", f"/v1/eip/{protected}/deleteProtect", {"deleteProtect": True})
    resize, other = f"/v1/eipgroup/{group_id}?resize", group_ips(cloud, new_group(cloud))[0]

    for denied in (bound, protected, moved, other):
        cloud.refused(OperationDenied, "PUT", resize, {"releaseIps": [free, denied]})
    cloud.refused(EipNotFound, "PUT", resize, {"releaseIps": [free, "203.0.113.250"]})
    for mixed in ({"releaseIps": [free, free]}, {"releaseIps": [free], "eipAddCount": 1}):
        cloud.refused(BadRequest, "PUT", resize, mixed)
    assert group_ips(cloud, group_id) == there
    cloud.ok("PUT", resize, {"releaseIps": [free]})

    assert set(group_ips(cloud, group_id)) == {bound, protected, moved}
    assert free not in {each["eip"] for each in cloud.ok("GET", "/v1/eip")["eipList"]}


def test_what_is_paid_for_ahead_only_grows(cloud):
    group_id = new_group(cloud, billing=PREPAID)

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{group_id}?resize", {"bandwidthInMbps": 49})


def test_an_expired_group_gets_no_more_eips(cloud):
    group_id = new_group(cloud, billing=PREPAID)
    cloud.clock.advance(31 * DAY)

    cloud.refused(OperationDenied, "PUT", f"/v2/eipgroup/{group_id}?resize", {"eipAddCount": 1})


def test_a_group_is_renamed(cloud):
    group_id = new_group(cloud)

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?update", {"name": "other"})

    assert group(cloud, group_id)["name"] == "other"


@pytest.mark.parametrize("name", ["", "1st"])
def test_a_name_keeps_the_rule(cloud, name):
    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{new_group(cloud)}?update", {"name": name})


def test_a_renewal_adds_months(cloud):
    group_id = new_group(cloud, billing=PREPAID)

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?purchaseReserved", RENEWAL)

    assert group(cloud, group_id)["expireTime"] == "2026-03-01T00:00:00Z"


def test_what_is_paid_by_use_is_not_renewed(cloud):
    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{new_group(cloud)}?purchaseReserved", RENEWAL)
