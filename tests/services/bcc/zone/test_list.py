"""Regions and zones, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import OperationDenied

REGIONS = "/v2/region/describeRegions"
ZONES = [f"cn-bj-{letter}" for letter in "abcde"]


def test_the_zones_of_the_region_are_listed(cloud):
    assert cloud.ok("GET", "/v2/zone") == {"zones": [{"zoneName": zone} for zone in ZONES]}


@pytest.mark.parametrize("body", [None, {}, {"region": ""}])
def test_all_regions_are_described(cloud, body):
    regions = cloud.ok("POST", REGIONS, body)["regions"]

    names = ["bj", "gz", "su", "bd", "hkg", "fwh", "fsh", "sin", "cd", "nj", "yq", "hb-fsg"]
    assert [each["regionId"] for each in regions] == names


def test_one_region_is_described(cloud):
    response = cloud.ok("POST", REGIONS, {"region": "gz"})

    assert response == {
        "regions": [{"regionId": "gz", "regionName": "Guangzhou", "regionEndpoint": "bcc.gz.baidubce.com"}]
    }


def test_an_unknown_region_is_refused(cloud):
    cloud.refused(OperationDenied, "POST", REGIONS, {"region": "mars"})


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?spec=bcc.g5.c2m8", True),
        ("?specId=g5&spec=bcc.g5.c2m8", True),
        ("?specId=g4&spec=bcc.g5.c2m8", False),
        ("?spec=bcc.g5.c3m8", False),
        ("?spec=ebc.l5c.c128m256.1d", False),
        ("?instanceType=N5&productType=Postpaid", True),
        ("?instanceType=N9", False),
    ],
)
def test_the_zones_that_have_a_spec_are_listed(cloud, version, query, found):
    response = cloud.ok("GET", f"/{version}/instance/flavorZones{query}")

    assert response == {"zoneNames": ZONES if found else []}
