"""Changing bandwidth packages, and giving them back."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.services.eip.bandwidth_package.packages import NOBODY, new_package, package, package_names
from tests.services.eip.eip.addresses import eip, new_eip
from tests.services.eip.group.groups import new_group

CHANGES = {
    "resize": {"bandwidthInMbps": 20},
    "rename": {"name": "other"},
    "retime": {"autoReleaseTime": "2026-01-02T00:00:00Z"},
}


@pytest.mark.parametrize("action", CHANGES)
def test_a_package_shows_the_change(cloud, action):
    package_id = new_package(cloud, eip=new_eip(cloud))

    assert cloud.ok("PUT", f"/v1/eipbp/{package_id}?{action}", CHANGES[action]) == {"id": package_id}

    assert package(cloud, package_id).items() >= CHANGES[action].items()


def test_the_eip_shows_the_new_bandwidth(cloud):
    address = new_eip(cloud)
    package_id = new_package(cloud, eip=address)

    cloud.ok("PUT", f"/v1/eipbp/{package_id}?resize", {"bandwidthInMbps": 20})

    assert eip(cloud, address)["bwBandwidthInMbps"] == 20


def test_a_new_end_takes_the_place_of_the_old_one(cloud):
    package_id = new_package(cloud, eip=new_eip(cloud), autoReleaseTime="2026-01-02T00:00:00Z", name="more")

    cloud.ok("PUT", f"/v1/eipbp/{package_id}?retime", {"autoReleaseTime": "2026-01-03T00:00:00Z"})

    cloud.clock.advance(86_400)
    assert package_names(cloud) == ["more"]
    cloud.clock.advance(86_400)
    assert package_names(cloud) == []


def test_a_released_package_is_gone_and_no_eip_shows_it(cloud):
    address = new_eip(cloud)
    package_id = new_package(cloud, eip=address)

    assert cloud.ok("DELETE", f"/v1/eipbp/{package_id}") == {"id": package_id}

    assert package_names(cloud) == []
    assert (eip(cloud, address)["bwShortId"], eip(cloud, address)["bwBandwidthInMbps"]) == ("", 0)


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("resize", {"bandwidthInMbps": 101}),
        ("rename", {"name": ""}),
        ("rename", {"name": "1st"}),
        ("retime", {"autoReleaseTime": "2025-01-01T00:00:00Z"}),
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, action, body):
    cloud.refused(BadRequest, "PUT", f"/v1/eipbp/{new_package(cloud, eip=new_eip(cloud))}?{action}", body)


@pytest.mark.parametrize("action", CHANGES)
def test_a_package_that_is_not_there_is_not_changed(cloud, action):
    cloud.refused(NoSuchObject, "PUT", f"/v1/eipbp/{NOBODY}?{action}", CHANGES[action])


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_package_that_is_not_there_is_not_found(cloud, method):
    cloud.refused(NoSuchObject, method, f"/v1/eipbp/{NOBODY}")


@pytest.mark.parametrize(
    ("members", "wanted", "refused"),
    [({"bandwidthInMbps": 90}, 110, 111), ({"bandwidthInMbps": 40, "type": "AccelerationPackage"}, 40, 39)],
)
@pytest.mark.parametrize("kind", ["eip", "eipGroupId"])
def test_what_has_a_package_has_no_bandwidth_that_does_not_go_with_it(cloud, kind, members, wanted, refused):
    cloud.host = "eip.hkg.baidubce.com"
    target = new_eip(cloud) if kind == "eip" else new_group(cloud)
    new_package(cloud, **{kind: target, **members})
    path, member = (
        (f"/v1/eip/{target}?resize", "newBandwidthInMbps")
        if kind == "eip"
        else (f"/v1/eipgroup/{target}?resize", "bandwidthInMbps")
    )

    assert cloud.call("PUT", path, {member: refused}).code == BadRequest.code
    cloud.ok("PUT", path, {member: wanted})


def test_what_has_a_package_is_paid_ahead_for_a_bandwidth_that_goes_with_it(cloud):
    address = new_eip(cloud)
    new_package(cloud, eip=address, bandwidthInMbps=90)
    path = f"/v1/eip/{address}?action=TO_PREPAY"

    cloud.refused(BadRequest, "PUT", path, {"purchaseLength": 1, "bandWidth": 111})
    cloud.ok("PUT", path, {"purchaseLength": 1, "bandWidth": 110})
