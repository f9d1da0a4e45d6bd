"""Orders that change what a load balancer can do and how it is paid for."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.blb.balancer.lifecycle import UNAVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    InstanceNotFound,
    InvalidParameter,
    LastOperationNotFinished,
    MissingParameter,
    ServiceBlocked,
)
from tests.control.conftest import control_of
from tests.services.blb.balancer.balancers import (
    BY_CAPACITY,
    FAMILIES,
    MONTH,
    NOBODY,
    PREPAID,
    UPDATED,
    balancer,
    body,
    new_balancer,
)

RESIZE, TO_PREPAY = "POST /v1/blb/{}?action=RESIZE", "POST /v1/blb/{}/charge?action=TO_PREPAY"
TO_POSTPAY, CANCEL = "POST /v1/blb/{}/charge?action=TO_POSTPAY", "POST /v1/blb/{}/charge?action=CANCEL_TO_POSTPAY"
RENEW, REFUND = "PUT /v1/blb/autoRenew/{}", "PUT /v1/blb/refund/{}"
PLAIN_RESIZE, PLAIN_CHARGE = "POST /v1/blb/{}", "POST /v1/blb/{}/charge"
ORDERS = (
    (RESIZE, {"performanceLevel": "small2"}),
    (TO_PREPAY, {"reservationLength": 1}),
    (TO_POSTPAY, {}),
    (CANCEL, {}),
    (RENEW, {"autoRenewLength": 2}),
    (REFUND, None),
    (PLAIN_RESIZE, {"performanceLevel": "small2"}),
    (PLAIN_CHARGE, {"reservationLength": 1}),
)


def ask(cloud, call, made, asked=None):
    response = cloud.ok(*call.format(made).split(" "), asked)
    cloud.clock.advance(UPDATED)
    return response


@pytest.mark.parametrize("family", FAMILIES)
def test_it_goes_through_all_ways_to_be_paid_for(cloud, family):
    made = new_balancer(cloud, family, performanceLevel="small1")

    order = ask(cloud, RESIZE, made, {"performanceLevel": "large1"})

    assert re.fullmatch("[0-9a-f]{32}", order["orderId"])
    assert balancer(cloud, made, family)["performanceLevel"] == "large1"
    ask(cloud, TO_PREPAY, made, {"reservationLength": "1", "billingMethod": "BySpec"})
    assert balancer(cloud, made, family)["paymentTiming"] == "Prepaid"
    ask(cloud, RENEW, made, {"autoRenewLength": 2})
    ask(cloud, TO_POSTPAY, made, {"billingMethod": "ByCapacityUnit"})
    for call, asked in ORDERS[:3]:
        cloud.refused(OperationDenied, *call.format(made).split(" "), asked)
    ask(cloud, CANCEL, made)
    cloud.clock.advance(MONTH)
    assert balancer(cloud, made, family)["expireTime"] == "2026-04-01T00:00:06Z"
    ask(cloud, TO_POSTPAY, made, {"billingMethod": "ByCapacityUnit"})
    cloud.clock.advance(2 * MONTH)
    found = balancer(cloud, made, family)
    assert (found["paymentTiming"], found["billingMethod"]) == ("Postpaid", "ByCapacityUnit")
    assert found["performanceLevel"] == "unlimited"
    cloud.refused(OperationDenied, *RESIZE.format(made).split(" "), {"performanceLevel": "small1"})
    ask(cloud, TO_PREPAY, made, {"reservationLength": 1, "performanceLevel": "small1"})
    ask(cloud, TO_POSTPAY, made, {"effectiveImmediately": True})
    assert "expireTime" not in balancer(cloud, made, family)
    ask(cloud, TO_PREPAY, made, {"reservationLength": 1})
    ask(cloud, REFUND, made)
    cloud.refused(InstanceNotFound, "GET", f"/v1/{family}/{made}")


def test_one_that_becomes_postpaid_after_it_had_expired_is_not_released(cloud):
    made = new_balancer(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)
    control_of(cloud)("PUT", f"resources/{made}", {"status": "available"})
    ask(cloud, TO_POSTPAY, made, {"effectiveImmediately": True})

    cloud.clock.advance(3 * MONTH)

    assert balancer(cloud, made)["paymentTiming"] == "Postpaid"


def test_a_call_without_an_action_is_what_its_name_says(cloud):
    made = new_balancer(cloud)

    ask(cloud, PLAIN_RESIZE, made, {"performanceLevel": "large1"})
    order = ask(cloud, PLAIN_CHARGE, made, {"reservationLength": 1})

    assert re.fullmatch("[0-9a-f]{32}", order["orderId"])
    found = balancer(cloud, made)
    assert (found["performanceLevel"], found["paymentTiming"]) == ("large1", "Prepaid")


def test_what_cannot_be_ordered_is_refused(cloud):
    prepaid, postpaid = new_balancer(cloud, billing=PREPAID), new_balancer(cloud)
    by_capacity = new_balancer(cloud, billing=BY_CAPACITY)
    for call, made, asked, error in [
        (RESIZE, postpaid, {}, MissingParameter),
        (RESIZE, postpaid, {"performanceLevel": "huge"}, InvalidParameter),
        (RESIZE, postpaid, {"performanceLevel": "unlimited"}, InvalidParameter),
        (TO_PREPAY, prepaid, {"reservationLength": 1}, OperationDenied),
        (TO_PREPAY, postpaid, {}, MissingParameter),
        (TO_PREPAY, postpaid, {"reservationLength": 10}, InvalidParameter),
        (TO_PREPAY, postpaid, {"reservationLength": 1, "billingMethod": "ByCapacityUnit"}, InvalidParameter),
        (TO_POSTPAY, postpaid, {}, OperationDenied),
        (TO_POSTPAY, prepaid, {"performanceLevel": "unlimited"}, InvalidParameter),
        (CANCEL, prepaid, {}, OperationDenied),
        (RENEW, postpaid, {"autoRenewLength": 1}, OperationDenied),
        (RENEW, prepaid, {"autoRenewLength": 10}, InvalidParameter),
        (REFUND, postpaid, None, OperationDenied),
        (PLAIN_RESIZE, by_capacity, {"performanceLevel": "small1"}, OperationDenied),
        (PLAIN_RESIZE, postpaid, {}, MissingParameter),
        (PLAIN_RESIZE + "?action=GROW", postpaid, {"performanceLevel": "small1"}, InvalidParameter),
        (PLAIN_CHARGE, prepaid, {"reservationLength": 1}, OperationDenied),
        (PLAIN_CHARGE, postpaid, {}, MissingParameter),
        (PLAIN_CHARGE + "?action=GIVE", postpaid, {"reservationLength": 1}, InvalidParameter),
    ]:
        cloud.refused(error, *call.format(made).split(" "), asked)
    for call, asked in ORDERS:
        cloud.refused(InstanceNotFound, *call.format(NOBODY).split(" "), asked)


def test_a_busy_or_blocked_one_takes_no_orders(cloud):
    ordered = new_balancer(cloud, billing=PREPAID)
    ask(cloud, TO_POSTPAY, ordered)
    cloud.ok("PUT", f"/v1/blb/{ordered}", {"desc": "busy"})
    cloud.refused(LastOperationNotFinished, *CANCEL.format(ordered).split(" "))
    cloud.account.get(LoadBalancer, ordered).state = UNAVAILABLE
    cloud.refused(ServiceBlocked, *CANCEL.format(ordered).split(" "))
    made = cloud.ok("POST", "/v1/blb", body(cloud, billing=BY_CAPACITY))["blbId"]
    for call, asked in ORDERS:
        if call != CANCEL:
            cloud.refused(LastOperationNotFinished, *call.format(made).split(" "), asked)
    cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
    for call, asked in ORDERS:
        if call not in {CANCEL, REFUND}:
            cloud.refused(ServiceBlocked, *call.format(made).split(" "), asked)
