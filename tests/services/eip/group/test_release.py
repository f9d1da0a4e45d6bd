"""Giving shared bandwidths back."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from tests.services.eip.eip.addresses import addresses, bind, bound_eip, eip
from tests.services.eip.group.groups import NOBODY, PREPAID, group_ips, move_in, new_group

WAYS = [("DELETE", "/v1/eipgroup/{}", {}), ("PUT", "/v1/eipgroup/refund/{}", {"billing": PREPAID})]
every_way = pytest.mark.parametrize(("method", "target", "members"), WAYS)


@every_way
def test_a_group_goes_with_its_eips(cloud, method, target, members):
    group_id = new_group(cloud, **members)

    cloud.ok(method, target.format(group_id))

    cloud.refused(NoSuchObject, "GET", f"/v1/eipgroup/{group_id}")
    assert addresses(cloud) == []


def test_what_moved_in_is_as_it_was(cloud, running):
    group_id = new_group(cloud)
    address = bound_eip(cloud, running, bandwidthInMbps=9)
    before = eip(cloud, address)
    move_in(cloud, group_id, address)

    cloud.ok("DELETE", f"/v1/eipgroup/{group_id}")

    assert [eip(cloud, each) for each in addresses(cloud)] == [before]
    assert cloud.instance(running)["networkCapacityInMbps"] == 9


@every_way
def test_a_group_that_is_not_there_is_not_found(cloud, method, target, members):
    cloud.refused(NoSuchObject, method, target.format(NOBODY))


@every_way
def test_the_other_way_of_paying_has_the_other_call(cloud, method, target, members):
    group_id = new_group(cloud, billing={} if members else PREPAID)

    cloud.refused(OperationDenied, method, target.format(group_id))


@every_way
def test_a_bound_or_protected_eip_keeps_its_group(cloud, running, method, target, members):
    group_id = new_group(cloud, **members)
    bound, protected = group_ips(cloud, group_id)
    bind(cloud, bound, running)
    cloud.refused(OperationDenied, method, target.format(group_id))

    cloud.ok("PUT", f"/v1/eip/{protected}/deleteProtect", {"deleteProtect": True})
    cloud.clock.advance(3)
    cloud.ok("PUT", f"/v1/eip/{bound}?unbind")
    cloud.clock.advance(3)

    cloud.refused(OperationDenied, method, target.format(group_id))


def test_an_expired_group_is_released(cloud):
    group_id = new_group(cloud, billing=PREPAID)
    cloud.clock.advance(31 * 86_400)

    cloud.ok("DELETE", f"/v1/eipgroup/{group_id}")

    assert addresses(cloud) == []
