"""Looking at volumes, at quotas and at prices."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.volume.errors import DiskSizeInvalid
from tests.disks import NOBODY, PREPAID, attached_volume, new_volume, new_volume_cluster, system_disk, volume

PRICE = {"storageType": "hp1", "cdsSizeInGB": 100, "paymentTiming": "Postpaid", "zoneName": "cn-bj-a"}


@pytest.fixture
def volumes(cloud, running):
    """One volume of each sort, by what the tests call it."""
    return {
        "system": system_disk(cloud, running),
        "attached": attached_volume(cloud, running),
        "named": new_volume(cloud, name="data"),
        "elsewhere": new_volume(cloud, zoneName="cn-bj-b"),
        "prepaid": new_volume(cloud, billing=PREPAID),
        "clustered": new_volume(cloud, clusterId=new_volume_cluster(cloud)),
    }


OF_BOTH = [
    ("", {"system", "attached", "named", "elsewhere", "prepaid", "clustered"}),
    ("instanceId={instance}", {"system", "attached"}),
    ("instanceId={instance}&usageFilter=data", {"attached"}),
    ("usageFilter=system", {"system"}),
    ("zoneName=cn-bj-b", {"elsewhere"}),
    ("chargeFilter=prepay", {"prepaid"}),
    ("chargeFilter=postpay&usageFilter=data&zoneName=cn-bj-a&instanceId={instance}", {"attached"}),
    ("name=data", {"named"}),
    ("name=none", set()),
]
OF_THE_SECOND = [
    ("clusterId={cluster}", {"clustered"}),
    ("productCategory=BCC&name=data", {"named"}),
    ("productCategory=HPAS", set()),
    ("volumeIds={named},{prepaid}", {"named", "prepaid"}),
]


@pytest.mark.parametrize(
    ("version", "filters", "expected"),
    [(2, *row) for row in OF_BOTH + OF_THE_SECOND] + [(3, *row) for row in OF_BOTH],
)
def test_all_filters_hold_together(cloud, running, volumes, version, filters, expected):
    own = volume(cloud, volumes["clustered"])["clusterId"]
    query = filters.format(instance=running, cluster=own, **volumes)

    listed = cloud.ok("GET", f"/v{version}/volume?{query}")["volumes"]

    names = {volume_id: name for name, volume_id in volumes.items()}
    assert {names[each["volumeId"]] for each in listed} == expected


@pytest.mark.parametrize("version", [2, 3])
def test_pages_hold_every_volume_once_newest_first(cloud, version):
    created = [new_volume(cloud) for _ in range(3)]

    first = cloud.ok("GET", f"/v{version}/volume?maxKeys=2")
    second = cloud.ok("GET", f"/v{version}/volume?maxKeys=2&marker={first['nextMarker']}")

    assert [each["volumeId"] for each in first["volumes"] + second["volumes"]] == created[::-1]
    assert (first["isTruncated"], second["isTruncated"], "nextMarker" in second) == (True, False, False)
    assert (first["marker"], first["maxKeys"]) == ("", 2)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("query", ["maxKeys=0", "marker=v-nobody00", "chargeFilter=free", "usageFilter=swap"])
def test_a_filter_that_means_nothing_is_refused(cloud, version, query):
    new_volume(cloud)

    cloud.refused(BadRequest, "GET", f"/v{version}/volume?{query}")


@pytest.mark.parametrize("version", [2, 3])
def test_an_unknown_volume_is_not_found(cloud, version):
    cloud.refused(NoSuchObject, "GET", f"/v{version}/volume/{NOBODY}")


def test_the_third_generation_shows_where_and_since_when_a_volume_is_attached(cloud, running):
    volume_id = attached_volume(cloud, running)

    seen = cloud.ok("GET", f"/v3/volume/{volume_id}")["volume"]

    assert seen["volumeStatus"] == "InUse"
    assert seen["volumeAttachments"] == [
        {"instanceId": running, "device": "/dev/vdb", "attachTime": "2026-01-01T00:01:00Z"}
    ]


def test_the_types_are_those_that_the_go_client_reads(cloud, running):
    attached_volume(cloud, running)

    for each in cloud.ok("GET", f"/v2/volume?instanceId={running}")["volumes"]:
        assert type(each["snapshotNum"]) is str
        assert {type(each[name]) for name in ("diskSizeInGB", "autoRenewTime", "ebcDiskSize", "cdsExtraIo")} == {int}
        assert {type(each[name]) for name in ("enableDeleteProtection", "encrypted", "enableAutoRenew")} == {bool}


@pytest.mark.parametrize(("zone", "zones"), [("cn-bj-b", 1), ("", 5), ("nowhere", 5)])
def test_the_disks_on_offer_are_shown_for_a_zone_or_for_all(cloud, zone, zones):
    new_volume(cloud)

    seen = cloud.ok("GET", f"/v2/volume/disk?zoneName={zone}")

    assert len(seen["diskZoneResources"]) == zones
    assert {"storageType": "hp1", "minDiskSize": 5, "maxDiskSize": 32765} in seen["diskZoneResources"][0]["diskInfos"]
    assert (seen["cdsUsedCapacityGB"], seen["cdsTotalCapacityGB"]) == ("20", "163840")
    assert (seen["cdsCreated"], seen["cdsTotal"], seen["cdsRatio"]) == ("1", "750", "15")


def test_the_quota_is_that_of_the_account(cloud):
    cloud.set_facts(volumeCapacityGB=100)

    seen = cloud.ok("GET", "/v2/volume/disk/quota?zoneName=cn-bj-a")

    assert (seen["cdsUsedCapacityGB"], seen["cdsTotalCapacityGB"], len(seen["diskInfos"])) == ("0", "100", 7)


@pytest.mark.parametrize("query", ["", "?zoneName=nowhere"])
def test_the_quota_is_asked_for_a_zone(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v2/volume/disk/quota{query}")


@pytest.mark.parametrize(
    ("members", "price", "unit"),
    [
        ({"purchaseCount": 0, "purchaseLength": 0}, 0.002333, "minute"),
        ({"purchaseCount": 2}, 0.004667, "minute"),
        ({"paymentTiming": "Prepaid", "purchaseLength": 1}, 50.4, "month"),
        ({"paymentTiming": "Prepaid", "purchaseLength": 12, "purchaseCount": 2}, 1003.97, "month"),
    ],
)
def test_a_price_is_always_the_same(cloud, members, price, unit):
    seen = cloud.ok("POST", "/v2/volume/getPrice", PRICE | members)["price"]

    assert seen == [{"storageType": "hp1", "cdsSizeInGB": 100, "price": price, "unit": unit, "specPrice": price}]


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (DiskSizeInvalid, {"cdsSizeInGB": 4}),
        (BadRequest, {"storageType": "tape"}),
        (BadRequest, {"zoneName": "nowhere"}),
        (BadRequest, {"paymentTiming": "Free"}),
        (BadRequest, {"paymentTiming": "Prepaid", "purchaseLength": 10}),
        (InappropriateJSON, {"cdsSizeInGB": None}),
    ],
)
def test_what_is_not_on_offer_has_no_price(cloud, error, members):
    cloud.refused(error, "POST", "/v2/volume/getPrice", PRICE | members)
