"""What public examples name is on offer: those of the Terraform provider and its modules, Packer, the cluster API, SDKs."""

from __future__ import annotations

import pytest

IMAGES = {
    "m-0zujrHwB": ("Ubuntu", "16.04 LTS"),
    "m-wB3qoLhR": ("Ubuntu", "22.04 LTS"),
    "m-0uYcInSi": ("Ubuntu", "24.04 LTS"),
    "m-A4jJpFzi": ("CentOS", "7.5"),
    "m-sDghxZu1": ("CentOS", "7.9"),
    "m-pUgPC9sJ": ("CentOS", "8.4"),
}
SPECS = [
    "bcc.gr1.c1m4", "bcc.g5.c1m4", "bcc.g5.c2m8", "bcc.g5.c4m16", "bcc.g5.c16m64", "bcc.g4.c1m1", "bcc.g4.c2m8", "bcc.g4.c8m32",
    "bcc.g3.c2m8", "bcc.g3.c2m12", "bcc.g3.c4m12", "bcc.g1.tiny", "bcc.e1.c2m2", "bcc.e1.c8m16", "bcc.ic3.c1m1", "bcc.ic4.c2m2",
    "bcc.ic4.c16m16", "bcc.c5.c2m8", "bcc.l1.c1m1", "bcc.lgn1.c12m40.1p4", "ebc.l5.c128m512.1d",
]  # fmt: skip
STORAGE_TYPES = [
    "hp1",
    "cloud_hp1",
    "hdd",
    "enhanced_ssd_pl0",
    "enhanced_ssd_pl1",
    "enhanced_ssd_pl2",
    "enhanced_ssd_pl3",
]
ZONES = ["cn-bj-a", "cn-bj-b", "cn-bj-c", "cn-bj-d", "cn-bj-e", "cn-bd-b", "cn-fwh-a"]


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_of_an_example_is_one_of_the_system(cloud, image):
    found = cloud.ok("GET", f"/v2/image/{image}")["image"]

    assert (found["type"], found["osName"], found["osVersion"]) == ("System", *IMAGES[image])
    assert cloud.create(imageId=image)


@pytest.mark.parametrize("spec", SPECS)
def test_a_spec_of_an_example_is_in_stock(cloud, spec):
    cores = {row["spec"]: row for row in cloud.ok("GET", "/v2/instance/getAllStocks")["bccStocks"]}

    assert cores[spec]["inventoryQuantity"] > 0


@pytest.mark.parametrize("storage_type", STORAGE_TYPES)
def test_a_volume_has_the_type_of_an_example(cloud, storage_type):
    (volume,) = cloud.ok("POST", "/v2/volume", {"cdsSizeInGB": 50, "storageType": storage_type})["volumeIds"]

    assert cloud.ok("GET", f"/v2/volume/{volume}")["volume"]["storageType"] == storage_type


@pytest.mark.parametrize("zone", ZONES)
def test_there_is_the_zone_of_an_example(cloud, zone):
    cloud.host = f"bcc.{zone.split('-')[1]}.baidubce.com"

    assert zone in [each["zoneName"] for each in cloud.ok("GET", "/v2/zone")["zones"]]
