"""The end of what was paid for, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.engine.steps import at_once
from bce_emulator.services.bcc.instance.errors import StartExpiredInstance
from bce_emulator.services.bcc.instance.resource import Instance
from tests.services.bcc.instance.billing_cases import DAY, DISK, MONTH, PREPAID, at, bin_of, data_volume, volume

RULE = "/v2/instance/batchCreateAutoRenewRules"


@pytest.fixture
def prepaid(cloud) -> str:
    return cloud.create(billing=PREPAID)


def test_a_prepaid_instance_expires_when_its_time_is_over(cloud, prepaid):
    assert cloud.instance(prepaid)["expireTime"] == at(MONTH)

    cloud.clock.advance(MONTH - 61)
    assert cloud.status(prepaid) == "Running"
    cloud.clock.advance(1)

    assert cloud.status(prepaid) == "Expired"
    cloud.refused(StartExpiredInstance, "PUT", f"/v2/instance/{prepaid}?start")


def test_an_instance_expires_in_whatever_status_it_is(cloud, prepaid):
    cloud.clock.advance(MONTH - 65)
    cloud.ok("PUT", f"/v2/instance/{prepaid}?stop")

    cloud.clock.advance(30)

    assert cloud.status(prepaid) == "Expired"


def test_an_expired_instance_is_recycled_after_seven_days_and_gone_after_seven_more(cloud, prepaid):
    cloud.clock.advance(MONTH)
    cloud.clock.advance(7 * DAY - 61)
    assert cloud.status(prepaid) == "Expired"

    cloud.clock.advance(1)

    assert cloud.status(prepaid) == "Recycled"
    assert bin_of(cloud)[0]["deleteTime"] == at(MONTH + 14 * DAY)
    cloud.clock.advance(7 * DAY)
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{prepaid}")


@pytest.mark.parametrize(("state", "later"), [("Expired", "Recycled"), ("Recycled", "Recycled")])
def test_an_instance_made_to_have_expired_before_its_time_does_no_harm_then(cloud, prepaid, state, later):
    cloud.account.get(Instance, prepaid).state = state

    cloud.clock.advance(MONTH)
    assert cloud.status(prepaid) == state
    cloud.clock.advance(7 * DAY)

    assert cloud.status(prepaid) == later


def test_a_prepaid_volume_outlives_the_recycled_instance(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    disk = data_volume(cloud, instance)

    cloud.clock.advance(MONTH + 7 * DAY)

    assert cloud.status(instance) == "Recycled"
    assert volume(cloud, disk).instance_id == ""


def test_a_deletion_protection_does_not_hold_back_the_end(cloud):
    instance = cloud.create(billing=PREPAID, deletionProtection=1)

    cloud.clock.advance(MONTH + 7 * DAY)

    assert cloud.status(instance) == "Recycled"


def test_an_instance_with_a_rule_renews_itself_seven_days_before(cloud):
    instance = cloud.create(billing=PREPAID, autoRenewTime=2)

    cloud.clock.advance(MONTH - 7 * DAY - 61)
    assert cloud.instance(instance)["expireTime"] == at(MONTH)
    cloud.clock.advance(1)

    assert cloud.instance(instance)["expireTime"] == "2026-04-01T00:00:00Z"
    cloud.clock.advance(365 * DAY)
    assert cloud.status(instance) == "Running"


def test_a_rule_waits_for_a_change_of_size_to_end(cloud):
    instance = cloud.create(billing=PREPAID, autoRenewTime=1)
    cloud.clock.advance(MONTH - 7 * DAY - 90)
    cloud.account.change(cloud.account.collection(kind(cloud, instance)).by_id[instance], "resize")

    cloud.clock.advance(59)
    assert cloud.instance(instance)["expireTime"] == at(MONTH)
    cloud.clock.advance(1)

    assert cloud.instance(instance)["expireTime"] == "2026-03-01T00:00:00Z"


def kind(cloud, instance_id: str) -> type:
    return next(each for each, collection in cloud.account.collections.items() if instance_id in collection.by_id)


def test_a_rule_is_made_and_taken_away(cloud, prepaid):
    cloud.ok("POST", RULE, {"instanceId": prepaid, "renewTimeUnit": "year", "renewTime": 1})
    rendered = cloud.instance(prepaid)
    assert (rendered["autoRenew"], rendered["autoRenewPeriodUnit"], rendered["autoRenewPeriod"]) == (True, "year", 1)

    cloud.ok("POST", "/v2/instance/batchDeleteAutoRenewRules", {"instanceId": prepaid})

    assert cloud.instance(prepaid)["autoRenew"] is False
    cloud.clock.advance(MONTH)
    assert cloud.status(prepaid) == "Expired"


@pytest.mark.parametrize("with_volumes", [True, False])
def test_a_rule_renews_the_data_volumes_if_it_says_so(cloud, with_volumes):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    disk = volume(cloud, data_volume(cloud, instance))
    before = disk.expires
    rule = {"instanceId": instance, "renewTimeUnit": "month", "renewTime": 1, "renewCds": with_volumes}

    cloud.ok("POST", RULE, rule)
    shown = cloud.ok("GET", f"/v2/volume/{disk.id}")["volume"]
    cloud.clock.advance(MONTH - 7 * DAY)

    assert (shown["enableAutoRenew"], shown["autoRenewTime"]) == (with_volumes, int(with_volumes))
    assert (disk.expires > before) is with_volumes


@pytest.mark.parametrize("with_volumes", [True, False])
def test_the_end_of_a_rule_ends_those_of_the_data_volumes_if_it_says_so(cloud, with_volumes):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK], autoRenewTime=1, cdsAutoRenew=True)
    disk = volume(cloud, data_volume(cloud, instance))

    cloud.ok("POST", "/v2/instance/batchDeleteAutoRenewRules", {"instanceId": instance, "renewCds": with_volumes})

    shown = cloud.ok("GET", f"/v2/volume/{disk.id}")["volume"]
    assert shown["enableAutoRenew"] is not with_volumes
    cloud.clock.advance(MONTH + DAY)
    assert (cloud.status(instance), disk.state) == ("Expired", "Expired" if with_volumes else "InUse")


def test_a_volume_that_stops_renewing_itself_is_not_renewed_with_its_instance(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK], autoRenewTime=1, cdsAutoRenew=True)
    disk = data_volume(cloud, instance)

    cloud.ok("POST", "/v2/volume/cancelAutoRenew", {"volumeId": disk})
    cloud.clock.advance(MONTH + DAY)

    assert (cloud.status(instance), volume(cloud, disk).state) == ("Running", "Expired")


def test_a_volume_that_lasts_longer_than_its_instance_is_not_renewed_with_it(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK], autoRenewTime=1, cdsAutoRenew=True)
    disk = data_volume(cloud, instance)
    cloud.ok("PUT", f"/v2/volume/{disk}?purchaseReserved", {"billing": {"reservation": {"reservationLength": 2}}})
    before = volume(cloud, disk).expires

    cloud.clock.advance(MONTH)

    assert volume(cloud, disk).expires == before


def test_an_expired_instance_stays_expired_whatever_becomes_of_its_rule(cloud, prepaid):
    cloud.clock.advance(MONTH)

    cloud.ok("POST", "/v2/instance/batchDeleteAutoRenewRules", {"instanceId": prepaid})

    cloud.clock.advance(7 * DAY)
    assert cloud.status(prepaid) == "Recycled"


def test_waiting_until_idle_does_not_wait_for_the_end(cloud):
    instance = cloud.create(billing=PREPAID, autoRenewTime=1)
    cloud.ok("PUT", f"/v2/instance/{instance}?stop")

    at_once(cloud.clock.until_idle(1_000))

    assert cloud.status(instance) == "Stopped"
    assert cloud.instance(instance)["expireTime"] == at(MONTH)


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"renewTimeUnit": "month", "renewTime": 10}, BadRequest),
        ({"renewTimeUnit": "year", "renewTime": 4}, BadRequest),
        ({"renewTimeUnit": "week", "renewTime": 1}, BadRequest),
    ],
)
def test_a_rule_that_is_not_on_offer_is_refused(cloud, prepaid, members, error):
    cloud.refused(error, "POST", RULE, {"instanceId": prepaid} | members)
