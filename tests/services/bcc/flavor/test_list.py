"""What is on offer, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.cloud import LINUX

FLAVORS = "/v2/instance/flavorSpec"


def flavors(zone: dict, product: str = "bcc") -> list[dict]:
    return [flavor for group in zone[f"{product}Resources"]["flavorGroups"] for flavor in group["flavors"]]


def test_every_zone_lists_its_specs(cloud):
    zones = cloud.ok("GET", FLAVORS)["zoneResources"]

    assert [zone["zoneName"] for zone in zones] == [f"cn-bj-{letter}" for letter in "abcde"]
    assert "bcc.g5.c2m8" in [flavor["spec"] for flavor in flavors(zones[0])]
    assert [flavor["spec"] for flavor in flavors(zones[0], "ebc")] == [
        "ebc.l5.c128m512.1d", "ebc.l5c.c128m256.1d", "ehc.lgn5.c128m1024.8a100.8re.4d",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "specs"),
    [
        ("specs=bcc.g5.c2m8%2Cbcc.g5.c1m4", ["bcc.g5.c1m4", "bcc.g5.c2m8"]),
        ("specIds=g7,c5", ["bcc.g7.c2m8", "bcc.c5.c2m8"]),
        ("specs=bcc.none.c1m1", []),
    ],
)
def test_specs_are_filtered(cloud, query, specs):
    (zone,) = cloud.ok("GET", f"{FLAVORS}?zoneName=cn-bj-a&{query}")["zoneResources"]

    assert [flavor["spec"] for flavor in flavors(zone)] == specs
    assert zone["ebcResources"] == {"flavorGroups": [], "customFlavors": []}


@pytest.mark.parametrize("target", [FLAVORS, "/v2/instance/types"])
def test_a_zone_of_another_region_is_refused(cloud, target):
    cloud.refused(BadRequest, "GET", f"{target}?zoneName=cn-gz-a")


def test_every_older_size_that_is_listed_can_be_created(cloud):
    for size in cloud.ok("GET", "/v2/instance/spec")["instanceTypes"]:
        body = {
            "imageId": LINUX,
            "instanceType": size["type"],
            "cpuCount": size["cpuCount"],
            "memoryCapacityInGB": size["memorySizeInGB"],
        }
        cloud.ok("POST", "/v2/instance", body)


@pytest.mark.parametrize(("query", "zones"), [("", 5), ("?zoneName=cn-bj-b", 1)])
def test_the_older_types_of_each_zone_are_listed(cloud, query, zones):
    response = cloud.ok("GET", f"/v2/instance/types{query}")["zoneInstanceTypes"]

    assert len(response) == zones
    assert "N5" in response[0]["instanceTypes"]
