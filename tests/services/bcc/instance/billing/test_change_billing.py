"""How instances are paid for, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from tests.cloud import ids
from tests.services.bcc.instance.billing_cases import DAY, DISK, HOUR, MONTH, NOBODY, PREPAID, at, data_volume, volume

TO_PREPAID, TO_POSTPAID = "/v2/instance/batch/charging?toPrepay", "/v2/instance/batch/charging?toPostpay"
NO_CHARGE = "/v2/instance/noCharge"
NOT_CHANGED = [state for state in LIFECYCLE.states if LIFECYCLE.find("to_prepaid", state) is None]


@pytest.fixture
def prepaid(cloud) -> str:
    return cloud.create(billing=PREPAID)


def one(instance_id: str) -> str:
    return f"/v2/instance/{instance_id}?toPrepay"


def config(instance_id: str, **members) -> dict:
    return {"config": [{"instanceId": instance_id} | members]}


def test_a_postpaid_instance_is_paid_for_ahead_with_all_its_volumes(cloud):
    instance = cloud.create(createCdsList=[DISK])

    response = cloud.ok("POST", one(instance), {"duration": 1, "relationCds": False})

    assert len(response["orderId"]) == 32
    rendered = cloud.instance(instance)
    assert (rendered["paymentTiming"], rendered["expireTime"], rendered["autoRenew"]) == (
        "Prepaid",
        at(MONTH + 60),
        False,
    )
    assert [each["paymentTiming"] for each in rendered["volumes"]] == ["Prepaid", "Prepaid"]
    cloud.clock.advance(MONTH)
    assert cloud.status(instance) == "Expired"


@pytest.mark.parametrize(("period", "months"), [(0, 1), (2, 2)])
def test_it_renews_itself_if_asked_for(cloud, running, period, months):
    cloud.ok("POST", one(running), {"duration": 1, "autoRenew": True, "autoRenewPeriod": period})

    cloud.clock.advance(MONTH)

    assert cloud.instance(running)["autoRenewPeriod"] == months
    assert cloud.status(running) == "Running"


def test_paying_ahead_ends_a_stop_without_charge_and_calls_a_timed_release_off(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?autorelease", {"releaseTime": at(HOUR)})
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)

    cloud.ok("POST", one(running), {"duration": 1})

    cloud.clock.advance(2 * HOUR)
    rendered = cloud.instance(running)
    assert (rendered["status"], rendered["chargeStatus"], rendered["releaseTime"]) == ("Stopped", "charge", "")


@pytest.mark.parametrize(
    ("members", "payment"),
    [({}, "Postpaid"), ({"cdsList": ["all"]}, "Prepaid"), ({"cdsList": None, "relationCds": True}, "Prepaid")],
)
def test_a_batch_takes_the_data_volumes_it_lists(cloud, members, payment):
    instance = cloud.create(createCdsList=[DISK])

    cloud.ok("POST", TO_PREPAID, config(instance, duration=1, autoPay=False, **members))

    system, data = cloud.instance(instance)["volumes"]
    assert (system["paymentTiming"], data["paymentTiming"]) == ("Prepaid", payment)


def test_a_batch_takes_a_data_volume_by_its_id(cloud):
    instance = cloud.create(createCdsList=[DISK | {"cdsNum": 2}])
    data = data_volume(cloud, instance)

    cloud.ok("POST", TO_PREPAID, config(instance, duration=1, cdsList=[data]))

    paid = {each["id"] for each in cloud.instance(instance)["volumes"] if each["paymentTiming"] == "Prepaid"}
    assert data in paid
    assert len(paid) == 2


def test_a_prepaid_instance_is_paid_for_by_use_at_once(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK], autoRenewTime=1)

    cloud.ok("POST", TO_POSTPAID, config(instance, effectiveType="AtOnce", cdsList=["all"]))

    rendered = cloud.instance(instance)
    assert (rendered["paymentTiming"], rendered["autoRenew"], "expireTime" in rendered) == ("Postpaid", False, False)
    assert [each["paymentTiming"] for each in rendered["volumes"]] == ["Postpaid", "Postpaid"]
    cloud.clock.advance(MONTH)
    assert cloud.status(instance) == "Running"


@pytest.mark.parametrize("effective", ["AfterExpiration", ""])
def test_a_prepaid_instance_is_paid_for_by_use_when_its_time_is_over(cloud, effective):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK], autoRenewTime=1)

    cloud.ok("POST", TO_POSTPAID, config(instance, effectiveType=effective, cdsList=[data_volume(cloud, instance)]))

    assert cloud.instance(instance)["paymentTiming"] == "Prepaid"
    cloud.clock.advance(MONTH)
    rendered = cloud.instance(instance)
    assert (rendered["paymentTiming"], rendered["status"]) == ("Postpaid", "Running")
    assert rendered["volumes"][1]["paymentTiming"] == "Postpaid"
    cloud.clock.advance(30 * DAY)
    assert cloud.status(instance) == "Running"


def test_a_batch_is_all_or_nothing(cloud, running):
    rows = [{"instanceId": running, "duration": 1}, {"instanceId": NOBODY, "duration": 1}]

    cloud.refused(NoSuchObject, "POST", TO_PREPAID, {"config": rows})

    assert cloud.instance(running)["paymentTiming"] == "Postpaid"


def test_a_volume_of_another_instance_does_not_change_with_this_one(cloud, running):
    other = cloud.create(createCdsList=[DISK])

    cloud.refused(BadRequest, "POST", TO_PREPAID, config(running, duration=1, cdsList=[data_volume(cloud, other)]))
    cloud.refused(NoSuchObject, "POST", TO_PREPAID, config(running, duration=1, cdsList=["v-nobody00"]))


@pytest.mark.parametrize("state", NOT_CHANGED)
def test_the_payment_changes_only_in_some_statuses(cloud, running, prepaid, state):
    for instance in (running, prepaid):
        cloud.account.get(Instance, instance).state = state

    cloud.refused(OperationDenied, "POST", one(running), {"duration": 1})
    cloud.refused(OperationDenied, "POST", TO_PREPAID, config(running, duration=1))
    cloud.refused(OperationDenied, "POST", TO_POSTPAID, config(prepaid))


def test_what_is_paid_for_so_already_is_refused(cloud, running, prepaid):
    cloud.refused(BadRequest, "POST", one(prepaid), {"duration": 1})
    cloud.refused(BadRequest, "POST", TO_POSTPAID, config(running))


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (one(NOBODY), {"duration": 1}, NoSuchObject),
        (one(NOBODY), {}, InappropriateJSON),
        (TO_PREPAID, {"config": None}, InappropriateJSON),
        (TO_PREPAID, {"config": []}, BadRequest),
        (TO_PREPAID, {"config": [{"instanceId": NOBODY, "duration": 1}] * 2}, BadRequest),
        (TO_PREPAID, {"config": [{"instanceId": f"i-{n:08}", "duration": 1} for n in range(21)]}, BadRequest),
        (TO_POSTPAID, config(NOBODY), NoSuchObject),
        (TO_POSTPAID, config(NOBODY, effectiveType="Tomorrow"), BadRequest),
    ],
)
def test_a_request_names_1_to_20_instances_that_exist(cloud, target, body, error):
    cloud.refused(error, "POST", target, body)


@pytest.mark.parametrize("members", [{"duration": 0}, {"duration": 10}, {"duration": 1, "autoRenewPeriod": 11}])
def test_only_months_on_offer_are_sold(cloud, running, members):
    cloud.refused(BadRequest, "POST", one(running), members)


def test_the_same_token_changes_once(cloud, running):
    first = cloud.ok("POST", one(running) + "&clientToken=t", {"duration": 1})

    assert cloud.ok("POST", one(running) + "&clientToken=t", {"duration": 1}) == first
    cloud.refused(IdempotentParameterMismatch, "POST", one(running) + "&clientToken=t", {"duration": 2})


def test_what_can_be_stopped_without_charge_is_listed(cloud, running, prepaid):
    stopped = cloud.create()
    cloud.ok("PUT", f"/v2/instance/{stopped}?stop")
    cloud.create(spec="bcc.l1.c1m1")
    cloud.create(ephemeralDisks=[{"sizeInGB": 20}])
    cloud.create(spec="ehc.lgn5.c128m1024.8a100.8re.4d")

    response = cloud.ok("GET", NO_CHARGE)

    assert ids(response["instances"]) == [running]
    assert response["instances"][0] == cloud.instance(running)
    assert (response["marker"], response["isTruncated"], response["maxKeys"]) == ("", False, 1000)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoneName=cn-bj-a", True),
        ("zoneName=cn-bj-b", False),
        ("keypairId=k-nobody00", False),
        ("internalIp=192.168.0.2", True),
        ("internalIp=192.168.0.3", False),
        ("instanceIds=i-nobody00", False),
    ],
)
def test_the_list_is_filtered(cloud, running, query, found):
    assert ids(cloud.ok("GET", f"{NO_CHARGE}?{query}")["instances"]) == ([running] if found else [])


def test_the_list_is_shown_page_by_page(cloud):
    instances = [cloud.create() for _ in range(3)]

    first = cloud.ok("GET", f"{NO_CHARGE}?maxKeys=2")
    second = cloud.ok("GET", f"{NO_CHARGE}?maxKeys=2&marker={first['nextMarker']}")

    assert ids(first["instances"]) + ids(second["instances"]) == instances[::-1]


def test_a_list_of_more_than_100_ids_is_refused(cloud):
    cloud.refused(BadRequest, "GET", f"{NO_CHARGE}?instanceIds=" + ",".join(f"i-{n}" for n in range(101)))


def test_volumes_that_go_meanwhile_are_not_missed(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    data = data_volume(cloud, instance)
    cloud.ok("POST", TO_POSTPAID, config(instance, cdsList=["all"]))
    cloud.account.remove(volume(cloud, data))

    cloud.clock.advance(MONTH)

    assert cloud.instance(instance)["paymentTiming"] == "Postpaid"
