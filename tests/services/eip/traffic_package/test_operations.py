"""Traffic packages, as a client sees them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, QualifyNotPass
from bce_emulator.services.eip.traffic_package.resource import TrafficPackage

ORDER = {"reservationLength": 1, "capacity": "10G"}
MONTH = 31 * 86_400


def new_package(cloud, **members: Any) -> str:
    package_id: str = cloud.ok("POST", "/v1/eiptp", ORDER | members)["id"]
    return package_id


def ids(cloud, query: str = "") -> list[str]:
    return [each["id"] for each in cloud.ok("GET", f"/v1/eiptp?{query}")["packageList"]]


def test_a_package_shows_what_was_bought(cloud):
    package_id = new_package(cloud, deductPolicy="TimeDurationPackage")

    assert re.fullmatch(r"tp-[A-Za-z0-9]{10}", package_id)
    found = cloud.ok("GET", f"/v1/eiptp/{package_id}")
    assert found == {
        "id": package_id,
        "deductPolicy": "TimeDurationPackage",
        "packageType": "WebOutBytes",
        "status": "RUNNING",
        "capacity": "10737418240",
        "usedCapacity": "0",
        "createTime": "2026-01-01T00:00:00Z",
        "activeTime": "2026-01-01T00:00:20Z",
        "expireTime": "2026-02-01T00:00:20Z",
    }
    assert cloud.ok("GET", "/v1/eiptp")["packageList"] == [found]


def test_all_filters_hold_together(cloud):
    first = new_package(cloud)
    cloud.clock.advance(MONTH + 20)
    second = new_package(cloud, deductPolicy="TimeDurationPackage")

    assert ids(cloud) == [second, first]
    assert ids(cloud, f"id={first}") == ids(cloud, "status=expired") == [first]
    assert ids(cloud, "status=RUNNING") == ids(cloud, "deductPolicy=TimeDurationPackage") == [second]
    assert ids(cloud, f"id={first}&status=RUNNING") == ids(cloud, "status=USED_UP") == []


def test_a_package_that_is_used_up_does_not_expire(cloud):
    new_package(cloud)
    next(iter(cloud.account.all(TrafficPackage))).state = "USED_UP"

    cloud.clock.advance(2 * MONTH)

    assert len(ids(cloud, "status=USED_UP")) == 1


@pytest.mark.parametrize(("months", "capacity"), [(1, "5T"), (6, "60G"), (12, "1P")])
def test_what_is_on_offer_depends_on_the_term(cloud, months, capacity):
    order = {"reservationLength": months, "capacity": capacity}
    cloud.ok("POST", "/v1/eiptp", order)

    for other in {1, 6, 12} - {months}:
        cloud.refused(BadRequest, "POST", "/v1/eiptp", order | {"reservationLength": other})


@pytest.mark.parametrize("target", ["/v1/eiptp", "/v1/eiptp/price"])
@pytest.mark.parametrize(
    "wrong", [{"reservationLength": 2}, {"capacity": "11G"}, {"deductPolicy": "Never"}, {"packageType": "In"}]
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, target, wrong):
    cloud.refused(BadRequest, "POST", target, ORDER | wrong)


@pytest.mark.parametrize("missing", ORDER)
def test_term_and_capacity_are_required(cloud, missing):
    cloud.refused(
        InappropriateJSON, "POST", "/v1/eiptp", {name: value for name, value in ORDER.items() if name != missing}
    )


@pytest.mark.parametrize(
    ("members", "price"),
    [({}, "7.20000"), ({"deductPolicy": "TimeDurationPackage"}, "3.60000"), ({"capacity": "1T"}, "737.28000")],
)
def test_the_price_grows_with_the_capacity(cloud, members, price):
    assert cloud.ok("POST", "/v1/eiptp/price", ORDER | members) == {"price": price}


def test_a_status_that_means_nothing_is_refused(cloud):
    cloud.refused(BadRequest, "GET", "/v1/eiptp?status=LOST")


def test_a_package_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v1/eiptp/tp-nobody0000")


def test_an_account_that_is_not_verified_gets_no_package(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/eiptp", ORDER)
