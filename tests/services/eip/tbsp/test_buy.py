"""Buying, renewing, resizing and listing protection packages."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from tests.services.eip.eip.addresses import DAY
from tests.services.eip.tbsp.packages import NOBODY, ORDER, new_tbsp, protected_eip, protected_ips, tbsp, tbsp_names

WEEK = 7 * DAY


def test_a_package_shows_what_was_bought(cloud):
    tbsp_id = new_tbsp(cloud)

    assert re.fullmatch(r"ipDdos-[0-9a-f]{8}", tbsp_id)
    found = tbsp(cloud, tbsp_id)
    assert found == {
        "name": "shield",
        "id": tbsp_id,
        "defenseLineType": "BGP",
        "defenseCountQuota": 5,
        "ipList": [],
        "ipTotalCount": 0,
        "autoRenewSwitch": 0,
        "productStatus": "RUNNING",
        "createTime": "2026-01-01T00:00:00Z",
        "expireTime": "2026-01-11T00:00:00Z",
        "defenseEnable": 0,
        "attackingRecordList": [],
        "attackingRecordTotalCount": 0,
        "tags": [],
    }
    assert cloud.ok("GET", "/v1/tbsp")["detailList"] == [found]


@pytest.mark.parametrize(
    ("length", "unit", "expires"),
    [(1, "day", "2026-01-02"), (6, "MONTH", "2026-07-01"), (3, "YEAR", "2029-01-01")],
)
def test_a_package_is_paid_for_by_days_months_or_years(cloud, length, unit, expires):
    tbsp_id = new_tbsp(cloud, reservationLength=length, reservationTimeUnit=unit)

    assert tbsp(cloud, tbsp_id)["expireTime"] == f"{expires}T00:00:00Z"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "1st"},
        {"lineType": "ChinaMobile"},
        {"ipCapacity": 2},
        {"reservationLength": 21},
        {"reservationTimeUnit": "HOUR"},
        {"reservationTimeUnit": "MONTH"},
        {"reservationTimeUnit": "YEAR"},
        {"autoRenewTime": 10},
        {"autoRenewTime": 1, "autoRenewTimeUnit": "DAY"},
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(BadRequest, "POST", "/v1/tbsp", ORDER | wrong)


@pytest.mark.parametrize("missing", ORDER)
def test_everything_but_the_renewal_is_required(cloud, missing):
    cloud.refused(
        InappropriateJSON, "POST", "/v1/tbsp", {name: each for name, each in ORDER.items() if name != missing}
    )


def test_an_account_that_is_not_verified_gets_no_package(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/tbsp", ORDER)


def test_a_package_stops_when_it_expires_and_is_gone_a_week_later(cloud):
    tbsp_id, address = protected_eip(cloud)

    cloud.clock.advance(10 * DAY)
    assert tbsp(cloud, tbsp_id)["productStatus"] == "STOPPED"
    assert protected_ips(cloud, tbsp_id) == [address]

    cloud.clock.advance(WEEK)
    cloud.refused(NoSuchObject, "GET", f"/v1/tbsp/{tbsp_id}")
    assert protected_ips(cloud, protected_eip(cloud)[0]) != []


def test_a_package_can_renew_itself(cloud):
    tbsp_id = new_tbsp(cloud, autoRenewTime=1)
    assert tbsp(cloud, tbsp_id)["autoRenewSwitch"] == 1

    cloud.clock.advance(30 * DAY)

    found = tbsp(cloud, tbsp_id)
    assert (found["productStatus"], found["expireTime"]) == ("RUNNING", "2026-02-11T00:00:00Z")


def test_a_renewal_begins_when_the_package_would_expire(cloud):
    tbsp_id = new_tbsp(cloud)

    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?purchaseReserved", {"renewTime": 1, "renewTimeUnit": "MONTH"})

    assert tbsp(cloud, tbsp_id)["expireTime"] == "2026-02-11T00:00:00Z"
    cloud.clock.advance(30 * DAY)
    assert tbsp(cloud, tbsp_id)["productStatus"] == "RUNNING"


def test_a_package_that_has_expired_runs_again_from_its_renewal_on(cloud):
    tbsp_id = new_tbsp(cloud)
    cloud.clock.advance(12 * DAY)

    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?purchaseReserved", {"renewTime": 20, "renewTimeUnit": "DAY"})

    cloud.clock.advance(WEEK)
    found = tbsp(cloud, tbsp_id)
    assert (found["productStatus"], found["expireTime"]) == ("RUNNING", "2026-02-02T00:00:00Z")


@pytest.mark.parametrize(("length", "unit"), [(10, "MONTH"), (4, "YEAR"), (21, "DAY"), (1, "WEEK")])
def test_a_renewal_that_is_not_on_offer_is_refused(cloud, length, unit):
    order = {"renewTime": length, "renewTimeUnit": unit}

    cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{new_tbsp(cloud)}?purchaseReserved", order)


def test_a_package_only_grows(cloud):
    tbsp_id = new_tbsp(cloud)

    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?resize", {"ipCapacity": 30})

    assert tbsp(cloud, tbsp_id)["defenseCountQuota"] == 30
    for capacity in (30, 5):
        cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}?resize", {"ipCapacity": capacity})
    cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}?resize", {"ipCapacity": 31})


def test_a_package_that_has_expired_does_not_grow(cloud):
    tbsp_id = new_tbsp(cloud)
    cloud.clock.advance(10 * DAY)

    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}?resize", {"ipCapacity": 30})


def test_all_filters_hold_together_and_two_are_of_parts(cloud):
    old = new_tbsp(cloud, name="old-one")
    cloud.clock.advance(10 * DAY)
    new = new_tbsp(cloud, name="new-one")

    assert (
        tbsp_names(cloud) == tbsp_names(cloud, "name=one") == tbsp_names(cloud, "id=ipDdos") == ["new-one", "old-one"]
    )
    assert tbsp_names(cloud, "status=stopped") == tbsp_names(cloud, f"id={old[6:]}") == ["old-one"]
    assert tbsp_names(cloud, "status=RUNNING&name=new") == tbsp_names(cloud, "maxKeys=1") == ["new-one"]
    assert tbsp_names(cloud, f"id={new}&status=STOPPED") == []
    marker = cloud.ok("GET", "/v1/tbsp?maxKeys=1")["nextMarker"]
    assert tbsp_names(cloud, f"marker={marker}") == ["old-one"]
    cloud.refused(BadRequest, "GET", "/v1/tbsp?status=LOST")


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "", None),
        ("PUT", "?purchaseReserved", {"renewTime": 1, "renewTimeUnit": "YEAR"}),
        ("PUT", "?resize", {"ipCapacity": 30}),
        ("PUT", "?bind", {"ipList": ["203.0.113.9"]}),
        ("PUT", "?unbind", {"ipList": ["203.0.113.9"]}),
        ("GET", "/ipClean", None),
        ("PUT", "/ipClean?modifyThreshold", {"thresholdType": "auto"}),
        ("PUT", "/ipClean?turnOffClean", {"turnOffDuration": 30}),
        ("PUT", "/ipClean?turnOnClean", None),
        ("PUT", "/ipProtectLevel", {"protectLevel": 1}),
        ("GET", "/ipWhitelist", None),
        ("POST", "/ipWhitelist", {"ipCidrList": ["192.0.2.0/24"]}),
        ("DELETE", "/ipWhitelist?whitelistId=wl-nobody00", None),
        ("GET", "/areaBlocking", None),
        ("POST", "/areaBlocking", {"blockTime": 30}),
        ("DELETE", "/areaBlocking", None),
        ("GET", "/protocolBlocking", None),
        ("POST", "/protocolBlocking", {"protocolPortList": [{"type": "icmp"}]}),
        ("DELETE", "/protocolBlocking", None),
    ],
)
def test_a_package_that_is_not_there_is_not_found(cloud, method, target, body):
    cloud.refused(NoSuchObject, method, f"/v1/tbsp/{NOBODY}{target}", body)
