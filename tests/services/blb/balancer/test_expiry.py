"""The end of the term of a prepaid load balancer."""

from __future__ import annotations

from bce_emulator.services.blb.errors import InstanceNotFound
from tests.services.blb.balancer.balancers import DAY, MONTH, PREPAID, balancer, new_balancer


def test_it_is_paused_kept_for_a_while_and_gone_unless_it_renews_itself(cloud):
    ends = new_balancer(cloud, billing=PREPAID)
    renews = new_balancer(cloud, billing=PREPAID, autoRenewLength=1)

    cloud.clock.advance(MONTH)

    found = balancer(cloud, ends)
    assert (found["status"], found["releaseTime"]) == ("paused", "2026-02-08T00:00:00Z")
    assert balancer(cloud, renews)["expireTime"] == "2026-03-01T00:00:04Z"
    cloud.clock.advance(7 * DAY)
    cloud.refused(InstanceNotFound, "GET", f"/v1/blb/{ends}")
    assert balancer(cloud, renews)["status"] == "available"


def test_an_expired_one_can_be_released(cloud):
    made = new_balancer(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)

    cloud.ok("DELETE", f"/v1/blb/{made}")

    cloud.refused(InstanceNotFound, "GET", f"/v1/blb/{made}")
