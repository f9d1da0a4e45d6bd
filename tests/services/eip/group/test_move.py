"""Moving EIPs into shared bandwidths and out of them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound
from tests.services.eip.eip.addresses import PREPAID as EIP_PREPAID
from tests.services.eip.eip.addresses import bound_eip, eip, new_eip
from tests.services.eip.group.groups import NOBODY, PREPAID, group_ips, move_in, new_group

ALONE = {"bandwidthInMbps": 7, "billing": {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}}


def moving_in(*addresses: str) -> dict:
    return {"eips": list(addresses)}


def moving_out(address: str, **members) -> dict:
    return {"moveOutEips": [{"eip": address, **members}]}


def test_an_eip_that_moves_in_is_the_groups_and_out_again_its_own(cloud, running):
    group_id = new_group(cloud)
    address = bound_eip(cloud, running, bandwidthInMbps=9)
    before = eip(cloud, address)

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?move_in", moving_in(address))
    assert eip(cloud, address)["status"] == "updating"
    cloud.clock.advance(5)
    inside = eip(cloud, address)
    assert (inside["status"], inside["shareGroupId"], inside["bandwidthInMbps"]) == ("binded", group_id, 50)
    assert (inside["nativeGroup"], inside["originalBandwidth"]) == (False, 9)
    assert (inside["originProductType"], inside["originSubProductType"]) == ("Postpaid", "ByTraffic")
    assert cloud.instance(running)["networkCapacityInMbps"] == 50

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?move_out", moving_out(address))
    cloud.clock.advance(5)
    assert eip(cloud, address) == before
    assert cloud.instance(running)["networkCapacityInMbps"] == 9


def test_an_eip_of_the_group_says_how_it_is_paid_for_when_it_moves_out(cloud):
    group_id = new_group(cloud)
    address = group_ips(cloud, group_id)[0]
    for missing in ALONE:
        wanted = {name: value for name, value in ALONE.items() if name != missing}
        cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{group_id}?move_out", moving_out(address, **wanted))
    for wrong in ({"billing": PREPAID}, {"bandwidthInMbps": 1001}):
        cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{group_id}?move_out", moving_out(address, **ALONE | wrong))

    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?move_out", moving_out(address, **ALONE))
    cloud.clock.advance(5)

    found = eip(cloud, address)
    assert (found["status"], found["eipInstanceType"], found["bandwidthInMbps"]) == ("available", "normal", 7)
    assert (found["paymentTiming"], found["billingMethod"], found["nativeGroup"]) == ("Postpaid", "ByTraffic", False)


@pytest.mark.parametrize(("action", "body"), [("move_in", moving_in), ("move_out", moving_out)])
def test_group_and_eip_have_to_be_there(cloud, action, body):
    cloud.refused(NoSuchObject, "PUT", f"/v1/eipgroup/{NOBODY}?{action}", body(new_eip(cloud)))
    cloud.refused(EipNotFound, "PUT", f"/v1/eipgroup/{new_group(cloud)}?{action}", body("203.0.113.9"))


@pytest.mark.parametrize(("action", "member"), [("move_in", "eips"), ("move_out", "moveOutEips")])
def test_at_least_one_eip_moves(cloud, action, member):
    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{new_group(cloud)}?{action}", {member: []})


def test_an_eip_does_not_move_twice_at_once(cloud):
    address = new_eip(cloud)

    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_in", moving_in(address, address))


@pytest.mark.parametrize("members", [{"billing": EIP_PREPAID}, {"routeType": "BGP_S"}])
def test_what_is_paid_for_ahead_or_of_another_line_does_not_move_in(cloud, members):
    address = new_eip(cloud, **members)

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_in", moving_in(address))


def test_what_is_in_a_group_does_not_move_into_another(cloud):
    address = group_ips(cloud, new_group(cloud))[0]

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_in", moving_in(address))


def test_an_eip_does_not_move_while_it_is_made(cloud):
    address = cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 1, "billing": {}})["eip"]

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_in", moving_in(address))


def test_no_more_move_in_than_the_bandwidth_is_enough_for(cloud):
    group_id = new_group(cloud, bandwidthInMbps=20, eipCount=18)
    first, second = new_eip(cloud), new_eip(cloud)
    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{group_id}?move_in", moving_in(first, second))

    move_in(cloud, group_id, first)

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{group_id}?move_in", moving_in(second))


def test_only_what_is_in_a_group_paid_by_use_moves_out(cloud):
    outside, prepaid = new_eip(cloud), new_group(cloud, billing=PREPAID)

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_out", moving_out(outside))
    inside = group_ips(cloud, prepaid)[0]
    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/{prepaid}?move_out", moving_out(inside, **ALONE))


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("DELETE", "/v1/eip/{}", None),
        ("PUT", "/v1/eip/{}?resize", {"newBandwidthInMbps": 9}),
        ("PUT", "/v1/eip/{}?action=TO_PREPAY", {"purchaseLength": 1, "bandWidth": 9}),
        ("PUT", "/v1/eip/{}?purchaseReserved", {"billing": PREPAID}),
        ("PUT", "/v1/eip/refund/{}", None),
    ],
)
def test_what_the_group_decides_is_refused_to_its_eips(cloud, method, target, body):
    address = group_ips(cloud, new_group(cloud))[0]

    cloud.refused(OperationDenied, method, target.format(address), body)


def test_an_eip_in_a_group_outlives_its_instance(cloud):
    instance = cloud.create(isEipAutoRelatedDelete=True)
    group_id = new_group(cloud)
    address = bound_eip(cloud, instance)
    move_in(cloud, group_id, address)

    cloud.ok("POST", f"/v2/instance/{instance}", {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": False})

    found = eip(cloud, address)
    assert (found["status"], found["shareGroupId"]) == ("available", group_id)


def test_an_address_that_is_named_in_two_spellings_is_named_twice(cloud):
    address = new_eip(cloud, ipVersion="ipv6")

    cloud.refused(BadRequest, "PUT", f"/v1/eipgroup/{new_group(cloud)}?move_in", moving_in(address, address.upper()))
