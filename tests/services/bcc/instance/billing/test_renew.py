"""Renewals, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from tests.services.bcc.instance.billing_cases import (
    DAY,
    DISK,
    MONTH,
    NOBODY,
    PREPAID,
    at,
    data_volume,
    volume,
)

ONE_MONTH = {"billing": PREPAID}
CREATE_RULE, DELETE_RULE = "/v2/instance/batchCreateAutoRenewRules", "/v2/instance/batchDeleteAutoRenewRules"
RULE = {"renewTimeUnit": "month", "renewTime": 1}
NOT_RENEWED = [state for state in LIFECYCLE.states if LIFECYCLE.find("renew", state) is None]


@pytest.fixture
def prepaid(cloud) -> str:
    return cloud.create(billing=PREPAID)


def renew(instance_id: str) -> str:
    return f"/v2/instance/{instance_id}?purchaseReserved"


def test_a_renewal_adds_to_what_is_left(cloud, prepaid):
    response = cloud.ok("PUT", renew(prepaid), ONE_MONTH)

    assert len(response["orderId"]) == 32
    assert cloud.instance(prepaid)["expireTime"] == "2026-03-01T00:00:00Z"
    cloud.clock.advance(MONTH)
    assert cloud.status(prepaid) == "Running"


@pytest.mark.parametrize(("unit", "end"), [("year", "2027-02-01T00:00:00Z"), ("Month", "2026-03-01T00:00:00Z")])
def test_a_renewal_is_for_months_or_years(cloud, prepaid, unit, end):
    cloud.ok("PUT", renew(prepaid), {"billing": {"reservation": {"reservationLength": 1, "reservationTimeUnit": unit}}})

    assert cloud.instance(prepaid)["expireTime"] == end


def test_an_expired_instance_starts_again_when_it_is_renewed(cloud, prepaid):
    cloud.clock.advance(MONTH)
    assert cloud.status(prepaid) == "Expired"

    cloud.ok("PUT", renew(prepaid), ONE_MONTH)

    assert cloud.status(prepaid) == "Starting"
    assert cloud.instance(prepaid)["expireTime"] == "2026-03-01T00:01:00Z"
    cloud.clock.advance(7 * DAY)
    assert cloud.status(prepaid) == "Running"


@pytest.mark.parametrize(
    ("place", "flag", "months"), [("query", "CDS", 1), ("body", "CDS_EIP", 1), ("body", "EIP", 0), ("body", "", 0)]
)
def test_data_volumes_are_renewed_if_the_flag_names_them(cloud, place, flag, months):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    disk = volume(cloud, data_volume(cloud, instance))
    body = ONE_MONTH | ({"relatedRenewFlag": flag} if place == "body" else {})

    cloud.ok("PUT", renew(instance) + (f"&relatedRenewFlag={flag}" if place == "query" else ""), body)

    assert cloud.clock.now() < disk.expires
    assert cloud.instance(instance)["volumes"][1]["expireTime"] == (at(MONTH) if not months else "2026-03-01T00:00:00Z")
    assert cloud.instance(instance)["volumes"][0]["expireTime"] == "2026-03-01T00:00:00Z"


def test_a_data_volume_can_be_renewed_for_its_own_time(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    period = {"volumeId": data_volume(cloud, instance), "period": 3}

    cloud.ok("PUT", renew(instance), ONE_MONTH | {"cdsCustomPeriod": [period]})

    assert cloud.instance(instance)["volumes"][1]["expireTime"] == "2026-05-01T00:00:00Z"


def test_a_volume_of_another_instance_is_not_renewed_with_this_one(cloud, prepaid):
    other = cloud.create(billing=PREPAID, createCdsList=[DISK])
    period = {"volumeId": data_volume(cloud, other), "period": 3}

    cloud.refused(BadRequest, "PUT", renew(prepaid), ONE_MONTH | {"cdsCustomPeriod": [period]})


def test_the_same_token_renews_once(cloud, prepaid):
    first = cloud.ok("PUT", renew(prepaid) + "&clientToken=t", ONE_MONTH)
    second = cloud.ok("PUT", renew(prepaid) + "&clientToken=t", ONE_MONTH)

    assert first == second
    assert cloud.instance(prepaid)["expireTime"] == "2026-03-01T00:00:00Z"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, InappropriateJSON),
        ({"billing": {}}, BadRequest),
        ({"billing": {"reservation": {"reservationLength": 11}}}, BadRequest),
        ({"billing": {"reservation": {"reservationLength": 1, "reservationTimeUnit": "week"}}}, BadRequest),
        (ONE_MONTH | {"relatedRenewFlag": "DISK"}, BadRequest),
        (ONE_MONTH | {"cdsCustomPeriod": [{"volumeId": "v-nobody00", "period": 61}]}, BadRequest),
        (ONE_MONTH | {"cdsCustomPeriod": [{"volumeId": "v-nobody00", "period": 1}]}, NoSuchObject),
    ],
)
def test_a_renewal_that_is_not_on_offer_is_refused(cloud, prepaid, body, error):
    cloud.refused(error, "PUT", renew(prepaid), body)


@pytest.mark.parametrize("state", NOT_RENEWED)
def test_an_instance_in_another_status_is_not_renewed(cloud, prepaid, state):
    cloud.account.get(Instance, prepaid).state = state

    cloud.refused(OperationDenied, "PUT", renew(prepaid), ONE_MONTH)


def test_an_instance_paid_for_by_use_is_not_renewed(cloud, running):
    cloud.refused(BadRequest, "PUT", renew(running), ONE_MONTH)
    cloud.refused(BadRequest, "POST", CREATE_RULE, RULE | {"instanceId": running})


def test_a_second_rule_is_refused_until_the_first_is_deleted(cloud, prepaid):
    cloud.ok("POST", CREATE_RULE, RULE | {"instanceId": prepaid})

    cloud.refused(OperationDenied, "POST", CREATE_RULE, RULE | {"instanceId": prepaid})
    cloud.ok("POST", DELETE_RULE, {"instanceId": prepaid})

    cloud.ok("POST", CREATE_RULE, RULE | {"instanceId": prepaid})


def test_a_recycled_instance_loses_no_rule(cloud, prepaid):
    cloud.account.get(Instance, prepaid).state = "Recycled"

    cloud.refused(OperationDenied, "POST", DELETE_RULE, {"instanceId": prepaid})


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("PUT", renew(NOBODY), ONE_MONTH),
        ("POST", CREATE_RULE, RULE | {"instanceId": NOBODY}),
        ("POST", DELETE_RULE, {"instanceId": NOBODY}),
    ],
)
def test_an_unknown_instance_is_not_found(cloud, method, target, body):
    cloud.refused(NoSuchObject, method, target, body)
