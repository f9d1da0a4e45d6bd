"""Buying reserved instances, and what they cost."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, QualifyNotPass
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from tests.cloud import SPEC
from tests.control.conftest import control_of
from tests.services.bcc.reserved_instance.reserved import DAY, ORDER, PATH, buy, listed, reserved, status_of

TAGS = [{"tagKey": "team", "tagValue": "red"}]


def test_it_is_shown_as_it_was_bought(cloud):
    renewal = {"autoRenew": "true", "autoRenewTime": "12", "autoRenewTimeUnit": "Month"}
    bought = {"reservedInstanceName": "云 web", "scope": "Region", "reservedInstanceTime": "12", "tags": TAGS}
    reserved_id = buy(cloud, **bought, **renewal, ehcClusterId="ehc-1", ticketId="t", instanceCount="1")

    shown = reserved(cloud, reserved_id)

    uuid = shown.pop("reservedInstanceUuid")
    assert reserved_id.startswith("r-")
    assert [len(part) for part in uuid.split("-")] == [8, 4, 4, 4, 12]
    assert shown == {
        "reservedInstanceId": reserved_id,
        "reservedInstanceName": "云 web",
        "scope": "Region",
        "zoneName": "cn-bj-a",
        "logicalZone": "cn-bj-a",
        "spec": SPEC,
        "reservedType": "bcc",
        "offeringType": "FullyPrepay",
        "osType": "all",
        "reservedInstanceStatus": "active",
        "instanceCount": 1,
        "instanceId": "",
        "instanceIds": [],
        "instanceName": "",
        "instanceNames": [],
        "effectiveTime": "2026-01-01T00:00:00Z",
        "expireTime": "2027-01-01T00:00:00Z",
        "transferIn": False,
        "transferInTime": "",
        "grantorUserId": "",
        "autoRenew": True,
        "renewTimeUnit": "month",
        "renewTime": 12,
        "nextRenewTime": "2027-01-01T00:00:00Z",
        "flavorSubType": "g5",
        "productCategory": "BCC",
        "isNeedEhcCluster": False,
        "tags": TAGS,
        "timeGranularity": "month",
        "reservedInstanceTime": 12,
        "ehcClusterId": "ehc-1",
    }


def test_what_is_left_out_has_its_default_and_zero_is_left_out(cloud):
    zeros = {"instanceCount": 0, "reservedInstanceCount": 0, "autoRenewTime": 0, "autoRenew": False, "tags": None}
    reserved_id = buy(cloud, **zeros, reservedInstanceName="", effectiveTime=None)

    shown = reserved(cloud, reserved_id)

    assert shown["reservedInstanceName"].startswith("reservedInstance-")
    assert (shown["scope"], shown["autoRenew"], shown["nextRenewTime"], shown["tags"]) == ("AZ", False, "", [])
    assert len(listed(cloud)) == 1


def test_one_order_buys_several_and_a_token_makes_it_one_order(cloud):
    target = f"{PATH}/create?clientToken=once"

    first = cloud.ok("POST", target, ORDER | {"reservedInstanceCount": "3"})
    again = cloud.ok("POST", target, ORDER | {"reservedInstanceCount": "3"})

    assert first == again
    assert [each["reservedInstanceId"] for each in listed(cloud)] == first["reservedInstanceIds"][::-1]


def test_it_takes_effect_at_its_moment_and_expires_a_term_later(cloud):
    now, later = buy(cloud, effectiveTime="2026-01-01T00:00:00Z"), buy(cloud, effectiveTime="2026-01-01T23:45:00Z")
    assert [status_of(cloud, each) for each in (now, later)] == ["active", "creating"]

    cloud.clock.advance(DAY)
    assert status_of(cloud, later) == "active"

    cloud.clock.advance(31 * DAY)
    shown = reserved(cloud, later)
    assert (shown["reservedInstanceStatus"], shown["expireTime"]) == ("expired", "2026-02-01T23:45:00Z")

    cloud.clock.advance(7 * DAY)
    assert listed(cloud) == []


def test_one_whose_status_was_set_by_hand_keeps_it_at_its_moment(cloud):
    reserved_id = buy(cloud, effectiveTime="2026-01-01T00:15:00Z")
    control_of(cloud)("PUT", f"resources/{reserved_id}", {"status": "expired"})

    cloud.clock.advance(DAY)
    assert status_of(cloud, reserved_id) == "expired"
    control_of(cloud)("PUT", f"resources/{reserved_id}", {"status": "creating"})

    cloud.clock.advance(31 * DAY)
    assert status_of(cloud, reserved_id) == "expired"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reservedInstanceName": "1st"},
        {"reservedInstanceName": "a" * 66},
        {"scope": "World"},
        {"zoneName": "cn-bj-z"},
        {"spec": "bcc.g5.c2m9"},
        {"offeringType": "NoPrepay"},
        {"instanceCount": 2},
        {"reservedInstanceCount": -1},
        {"reservedInstanceTime": 0},
        {"reservedInstanceTime": 366},
        {"reservedInstanceTimeUnit": "year"},
        {"autoRenew": True},
        {"autoRenew": True, "autoRenewTime": 3},
        {"autoRenew": True, "autoRenewTime": 1, "autoRenewTimeUnit": "year"},
        {"effectiveTime": "tomorrow"},
        {"effectiveTime": "2026-01-01T00:10:00Z"},
        {"effectiveTime": "2025-12-31T23:45:00Z"},
        {"effectiveTime": "2026-01-02T00:15:00Z"},
    ],
)
def test_what_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(RequestInvalid, "POST", f"{PATH}/create", ORDER | wrong)


def test_an_account_buys_no_more_than_it_may(cloud):
    def refused(error, count):
        cloud.refused(error, "POST", f"{PATH}/create", ORDER | {"reservedInstanceCount": count})

    refused(QuotaLimitExceeded, 21)
    buy(cloud, reservedInstanceCount=20)
    refused(QuotaLimitExceeded, 1)
    cloud.clock.advance(32 * DAY)
    buy(cloud)  # those that have expired do not count
    cloud.set_facts(balance=0)
    refused(InsufficientBalance, 1)
    cloud.set_facts(realNameVerified=False)
    refused(QualifyNotPass, 1)
    cloud.refused(InappropriateJSON, "POST", f"{PATH}/create", ORDER | {"reservedInstanceTime": None})


PRICE = {"specId": "g5", "spec": SPEC, "offeringType": "FullyPrepay", "zoneName": "cn-bj-a", "reservedInstanceTime": 12}


def test_a_price_is_for_all_and_divided_by_how_it_is_paid(cloud):
    def price(**members):
        shown = cloud.ok("POST", "/v2/reservedInstance/price", PRICE | members)
        assert (shown["spec"], bool(shown["requestId"])) == (SPEC, True)
        return [*shown["categoryPrice"].values(), *shown["tradePrice"].values()]

    whole, _, paid, _ = ahead = price()
    assert ahead == [whole, 0, paid, 0]
    assert 0 < paid < whole
    assert price(reservedInstanceCount=2, purchaseNum="3", scope="Region") == pytest.approx([6 * whole, 0, 6 * paid, 0])
    for unit, units in [("month", 12), ("hour", 12 * 720), ("", 12 * 720)]:
        part = price(offeringType="PartPrepay", priceTimeUnit=unit)
        none = price(offeringType="NoPrepay", priceTimeUnit=unit)
        assert part == pytest.approx([whole / 2, whole / 2 / units, paid / 2, paid / 2 / units], abs=1e-5)
        assert none == pytest.approx([0, whole / units, 0, paid / units], abs=1e-5)
    doubled = "/v2/v2/reservedInstance/price?interfaceName=apiV2_reservedInstancePrice"
    assert cloud.ok("POST", doubled, PRICE)["tradePrice"]["prePayTradePrice"] == paid


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"zoneName": "cn-bj-z"}, RequestInvalid),
        ({"spec": "bcc.g5.c2m9"}, RequestInvalid),
        ({"specId": "c5"}, RequestInvalid),
        ({"reservedInstanceTime": 10}, RequestInvalid),
        ({"reservedInstanceCount": 0}, BadRequest),
        ({"offeringType": "Later"}, BadRequest),
        ({"priceTimeUnit": "year"}, BadRequest),
    ],
)
def test_only_what_is_sold_has_a_price(cloud, wrong, error):
    cloud.refused(error, "POST", "/v2/reservedInstance/price", PRICE | wrong)
