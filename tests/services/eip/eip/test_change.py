"""Changing EIPs: their bandwidth, and how they are paid for."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound
from tests.services.eip.eip.addresses import DAY, MONTH, PREPAID, addresses, bound_eip, eip, new_eip, status

RENEWAL = {"billing": PREPAID}
TO_PREPAID = {"purchaseLength": 2, "bandWidth": 20}
CHANGES = {
    "resize": {"newBandwidthInMbps": 200},
    "purchaseReserved": RENEWAL,
    "startAutoRenew": {},
    "stopAutoRenew": {},
    "action=TO_PREPAY": TO_PREPAID,
}


def prepaid_eip(cloud, **members) -> str:
    return new_eip(cloud, billing=PREPAID, **members)


@pytest.mark.parametrize("action", CHANGES)
def test_an_address_that_is_no_eip_is_not_found(cloud, action):
    cloud.refused(EipNotFound, "PUT", f"/v1/eip/203.0.113.9?{action}", CHANGES[action])


def test_an_eip_is_updating_while_it_is_resized(cloud, running):
    free, bound = new_eip(cloud), bound_eip(cloud, running)

    for address in (free, bound):
        cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 200})
    assert status(cloud, free) == status(cloud, bound) == "updating"
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{free}?resize", {"newBandwidthInMbps": 300})

    cloud.clock.advance(5)
    assert (status(cloud, free), status(cloud, bound)) == ("available", "binded")
    assert eip(cloud, bound)["bandwidthInMbps"] == cloud.instance(running)["networkCapacityInMbps"] == 200


@pytest.mark.parametrize(("billing", "beyond"), [(PREPAID, 501), ({"billingMethod": "ByTraffic"}, 1001)])
def test_a_bandwidth_is_one_on_offer(cloud, billing, beyond):
    address = new_eip(cloud, billing=billing)

    for wanted in (0, beyond):
        cloud.refused(BadRequest, "PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": wanted})


def test_what_is_paid_for_ahead_only_grows(cloud):
    address = prepaid_eip(cloud)

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 99})


def test_a_renewal_adds_months(cloud):
    address = prepaid_eip(cloud)

    cloud.ok("PUT", f"/v1/eip/{address}?purchaseReserved", RENEWAL)
    assert eip(cloud, address)["expireTime"] == "2026-03-01T00:00:00Z"

    cloud.clock.advance(MONTH)
    assert status(cloud, address) == "available"


@pytest.mark.parametrize("was", ["available", "binded"])
def test_a_renewal_brings_an_expired_eip_back_for_good(cloud, was):
    instance = cloud.create()
    address = prepaid_eip(cloud) if was == "available" else bound_eip(cloud, instance, billing=PREPAID)
    cloud.clock.advance(MONTH)
    assert status(cloud, address) == "paused"

    cloud.ok("PUT", f"/v1/eip/{address}?purchaseReserved", RENEWAL)
    cloud.clock.advance(8 * DAY)

    assert status(cloud, address) == was


def test_a_renewal_is_for_months_on_offer(cloud):
    address = prepaid_eip(cloud)

    for reservation in ({"reservationLength": 10}, {"reservationLength": 1, "reservationTimeUnit": "year"}):
        billing = {"paymentTiming": "Prepaid", "reservation": reservation}
        cloud.refused(BadRequest, "PUT", f"/v1/eip/{address}?purchaseReserved", {"billing": billing})
    cloud.refused(InappropriateJSON, "PUT", f"/v1/eip/{address}?purchaseReserved", {})


def test_an_eip_is_not_renewed_while_it_is_resized(cloud):
    address = prepaid_eip(cloud)
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 200})

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?purchaseReserved", RENEWAL)


@pytest.mark.parametrize("action", ["purchaseReserved", "startAutoRenew"])
def test_what_is_paid_by_use_is_not_renewed(cloud, action):
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{new_eip(cloud)}?{action}", CHANGES[action])


@pytest.mark.parametrize(
    ("body", "end"),
    [({}, "2026-03-01"), ({"autoRenewTime": 3}, "2026-05-01"), ({"autoRenewTimeUnit": "year"}, "2027-02-01")],
)
def test_an_eip_renews_itself_from_when_it_is_told(cloud, body, end):
    address = prepaid_eip(cloud)

    cloud.ok("PUT", f"/v1/eip/{address}?startAutoRenew", body)
    cloud.clock.advance(MONTH)

    assert (status(cloud, address), eip(cloud, address)["expireTime"]) == ("available", f"{end}T00:00:00Z")


def test_an_eip_that_is_to_renew_itself_no_more_expires(cloud):
    address = prepaid_eip(cloud, autoRenewTime=1)

    cloud.ok("PUT", f"/v1/eip/{address}?stopAutoRenew")
    cloud.clock.advance(MONTH)

    assert status(cloud, address) == "paused"


def test_renewing_itself_is_switched_on_once_and_off_once(cloud):
    address = prepaid_eip(cloud)
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?stopAutoRenew")

    cloud.ok("PUT", f"/v1/eip/{address}?startAutoRenew", {})

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?startAutoRenew", {})
    cloud.refused(BadRequest, "PUT", f"/v1/eip/{address}?startAutoRenew", {"autoRenewTime": 10})


def test_an_eip_paid_by_use_is_paid_for_ahead_at_once(cloud):
    address = new_eip(cloud)

    cloud.ok("PUT", f"/v1/eip/{address}?action=TO_PREPAY", TO_PREPAID)
    found = eip(cloud, address)
    assert (found["paymentTiming"], found["billingMethod"], found["bandwidthInMbps"]) == ("Prepaid", "", 20)
    assert found["expireTime"] == "2026-03-01T00:00:05Z"

    cloud.clock.advance(2 * MONTH)
    assert addresses(cloud, "status=paused") == [address]


@pytest.mark.parametrize("wrong", [{"purchaseLength": 10}, {"bandWidth": 501}])
def test_paying_ahead_is_for_what_is_on_offer(cloud, wrong):
    cloud.refused(BadRequest, "PUT", f"/v1/eip/{new_eip(cloud)}?action=TO_PREPAY", TO_PREPAID | wrong)


def test_what_is_paid_for_ahead_is_not_changed_to_that(cloud):
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{prepaid_eip(cloud)}?action=TO_PREPAY", TO_PREPAID)
