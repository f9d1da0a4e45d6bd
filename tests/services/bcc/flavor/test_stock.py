"""Stocks, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.deployset.resource import DeploySet
from tests.cloud import SPEC

WITH_SPEC, WITH_SET = "/v2/instance/getStockWithSpec", "/v2/instance/getStockWithDeploySet"
AVAILABLE, OCCUPY = "/v2/instance/getAvailableStockWithSpec", "/v2/instance/stock/getInstOccupyStocksOfVM"
CREATE, RESIZE = "/v2/instance/stock/createInstance", "/v2/instance/stock/resizeInstance"
ALL = 5 * len(offerings.specs())
NO_SET = {"spec": SPEC, "deploySetIds": ["dset-nobody00"]}


def quantities(response: dict) -> dict[str, int]:
    return {row["logicalZone"]: row["inventoryQuantity"] for row in response["bccStocks"] if row["spec"] == SPEC}


@pytest.mark.parametrize("target", [WITH_SPEC, WITH_SET])
def test_what_is_left_of_a_spec_is_reported_zone_by_zone(cloud, target):
    cloud.set_facts(stock={"cn-bj-a": 7, SPEC: 9, f"cn-bj-b/{SPEC}": 0})

    response = cloud.ok("POST", target, {"spec": SPEC, "deploySetIds": None, "ehcClusterId": ""})

    assert quantities(response) == {"cn-bj-a": 7, "cn-bj-b": 0, "cn-bj-c": 9, "cn-bj-d": 9, "cn-bj-e": 9}
    assert response["bccStocks"][0] == {
        "spec": SPEC,
        "specId": "g5",
        "inventoryQuantity": 7,
        "rootOnLocal": False,
        "updatedTime": "2026-01-01T00:00:00Z",
        "collectionTime": "2026-01-01T00:00:00Z",
        "logicalZone": "cn-bj-a",
    }


def test_a_deploy_set_that_exists_takes_nothing_away(cloud):
    cloud.account.add(DeploySet(id="dset-here0000", name="a"))

    response = cloud.ok("POST", WITH_SET, {"spec": SPEC, "deploySetIds": ["dset-here0000"]})

    assert quantities(response)["cn-bj-a"] == 1000


def test_all_stocks_are_listed(cloud):
    response = cloud.ok("GET", "/v2/instance/getAllStocks")

    assert len(response["bccStocks"]) == ALL
    assert response["bbcStocks"] == []


@pytest.mark.parametrize(
    ("body", "rows"),
    [({}, ALL), ({"specList": [SPEC]}, 5), ({"specList": None, "rootOnLocal": None}, ALL), ({"rootOnLocal": True}, 0)],
)
def test_available_stocks_are_listed(cloud, body, rows):
    assert len(cloud.ok("POST", AVAILABLE, body)["bccStocks"]) == rows


def test_what_is_left_is_reported_for_each_flavor_of_the_request(cloud):
    cloud.set_facts(stock={"cn-bj-b": 3})
    flavors = [{"spec": SPEC, "logicalZone": "cn-bj-b"}, {"spec": SPEC, "logicalZone": "cn-bj-a", "rootOnLocal": True}]

    assert cloud.ok("POST", OCCUPY, {"flavors": flavors})["bccStocks"] == [
        {"spec": SPEC, "inventoryQuantity": 3, "rootOnLocal": False, "logicalZone": "cn-bj-b"},
        {"spec": SPEC, "inventoryQuantity": 0, "rootOnLocal": True, "logicalZone": "cn-bj-a"},
    ]


def test_the_flavors_of_each_zone_are_sorted(cloud):
    zones = cloud.ok("POST", "/v2/instance/stock/getSortedInstFlavors")["zoneResources"]

    families = {row["specId"]: [flavor["spec"] for flavor in row["flavors"]] for row in zones[0]["bccResources"]}
    assert len(zones) == 5
    assert list(families) == sorted(families)
    assert families["g5"] == ["bcc.g5.c1m4", "bcc.g5.c2m8", "bcc.g5.c4m16", "bcc.g5.c16m64"]


@pytest.mark.parametrize(
    ("members", "flavor", "count"),
    [
        ({"zoneName": "cn-bj-b"}, SPEC, 4),
        ({}, SPEC, 1000),
        ({"instanceType": "N5", "memoryCapacityInGB": 16}, "", 1000),
    ],
)
def test_what_can_be_created_of_a_size_is_reported(cloud, members, flavor, count):
    cloud.set_facts(stock={"cn-bj-b": 4})

    response = cloud.ok("POST", CREATE, {"cpuCount": 2, "memoryCapacityInGB": 8, "cardCount": ""} | members)

    assert response["Count"] == count
    assert (response["flavorId"] != "") is (flavor != "")


def test_what_an_instance_can_be_resized_to_is_reported(cloud, running):
    cloud.set_facts(stock={"cn-bj-a": 4})

    response = cloud.ok("POST", RESIZE, {"instanceId": running, "cpuCount": 4, "memoryCapacityInGB": 16})

    assert response == {"flavorId": "bcc.g5.c4m16", "Count": 4}


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (WITH_SPEC, {}, InappropriateJSON),
        (WITH_SPEC, {"spec": "bcc.g5.c3m8"}, BadRequest),
        (WITH_SPEC, NO_SET, NoSuchObject),
        (WITH_SET, NO_SET, NoSuchObject),
        (AVAILABLE, {"specList": ["bcc.g5.c3m8"]}, BadRequest),
        (AVAILABLE, {"deploySetIds": ["dset-nobody00"]}, NoSuchObject),
        (OCCUPY, {"flavors": None}, InappropriateJSON),
        (OCCUPY, {"flavors": [{"spec": SPEC, "logicalZone": "cn-gz-a"}]}, BadRequest),
        (CREATE, {"cpuCount": 3, "memoryCapacityInGB": 8}, BadRequest),
        (CREATE, {"cpuCount": 2, "memoryCapacityInGB": 8, "instanceType": "N9"}, BadRequest),
        (RESIZE, {"instanceId": "i-nobody00", "cpuCount": 2, "memoryCapacityInGB": 8}, NoSuchObject),
    ],
)
def test_what_is_not_on_offer_has_no_stock(cloud, target, body, error):
    cloud.refused(error, "POST", target, body)
