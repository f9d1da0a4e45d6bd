"""What becomes of a shared bandwidth whose time is over."""

from __future__ import annotations

from tests.services.eip.eip.addresses import addresses, bind, eip
from tests.services.eip.group.groups import PREPAID, group, group_ips, new_group

DAY = 86_400
MONTH = 31 * DAY


def test_a_group_expires_with_its_eips_and_comes_back_with_them(cloud, running):
    group_id = new_group(cloud, billing=PREPAID)
    bound, free = group_ips(cloud, group_id)
    bind(cloud, bound, running)

    cloud.clock.advance(MONTH)
    assert group(cloud, group_id)["status"] == "expired"
    assert {each["status"] for each in group(cloud, group_id)["eips"]} == {"paused"}

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?purchaseReserved", {"billing": PREPAID})
    cloud.clock.advance(8 * DAY)
    assert group(cloud, group_id)["status"] == "available"
    assert [eip(cloud, each)["status"] for each in (bound, free)] == ["binded", "available"]


def test_a_group_that_nobody_renews_is_gone_with_its_eips_after_seven_days(cloud, running):
    group_id = new_group(cloud, billing=PREPAID)
    bind(cloud, group_ips(cloud, group_id)[0], running)

    cloud.clock.advance(MONTH + 7 * DAY)

    assert cloud.ok("GET", "/v1/eipgroup")["eipgroups"] == addresses(cloud) == []
    assert cloud.instance(running)["publicIp"] == ""
