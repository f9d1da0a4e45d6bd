"""Buying bandwidth packages."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.eip.eip.errors import EipNotFound
from tests.cloud import Cloud
from tests.services.eip.bandwidth_package.packages import new_package, package, package_names
from tests.services.eip.eip.addresses import MONTH, PREPAID, eip, new_eip
from tests.services.eip.group.groups import group, group_ips, new_group

ACCELERATION = "AccelerationPackage"


@pytest.fixture
def hong_kong(cloud) -> Cloud:
    cloud.host = "eip.hkg.localhost:8080"
    return cloud


def test_a_package_shows_what_it_is_for(cloud):
    address = new_eip(cloud, bandwidthInMbps=7)
    tags = [{"tagKey": "team", "tagValue": "red"}]

    found = package(cloud, new_package(cloud, eip=address, name="more", tags=tags))

    assert found.pop("id").startswith("bw-")
    assert found == {
        "name": "more",
        "bindType": "eip",
        "bandwidthInMbps": 10,
        "instanceId": eip(cloud, address)["eipId"],
        "eips": [address],
        "createTime": "2026-01-01T00:00:05Z",
        "autoReleaseTime": "",
        "type": "BandwidthPackage",
        "region": "bj",
        "instanceBandwidthInMbps": 7,
        "tags": tags,
    }


def test_the_eip_shows_its_package(cloud):
    address = new_eip(cloud)

    package_id = new_package(cloud, eip=address)

    found = eip(cloud, address)
    assert (found["bwShortId"], found["bwBandwidthInMbps"], found["bandwidthInMbps"]) == (package_id, 10, 100)


def test_a_shared_bandwidth_shows_its_package_and_the_package_its_eips(cloud):
    group_id = new_group(cloud)

    package_id = new_package(cloud, eipGroupId=group_id)

    assert group(cloud, group_id)["bwShortId"] == package_id
    found = package(cloud, package_id)
    assert (found["bindType"], found["instanceId"], found["eips"]) == ("eipgroup", group_id, group_ips(cloud, group_id))


def test_of_two_targets_the_eip_counts(cloud):
    address = new_eip(cloud)

    package_id = new_package(cloud, eip=address, eipGroupId="eg-nobody00")

    assert package(cloud, package_id)["eips"] == [address]


def test_an_acceleration_package_is_another_thing(hong_kong):
    address = new_eip(hong_kong)
    more = new_package(hong_kong, eip=address)

    faster = new_package(hong_kong, eip=address, type=ACCELERATION, bandwidthInMbps=100)

    found = eip(hong_kong, address)
    assert (found["bwShortId"], found["domesticBwShortId"]) == (more, faster)
    assert (found["bwBandwidthInMbps"], found["domesticBwBandwidthInMbps"]) == (10, 100)


def test_an_acceleration_package_has_no_more_than_its_eip(hong_kong):
    body = {"eip": new_eip(hong_kong), "type": ACCELERATION, "bandwidthInMbps": 101}

    hong_kong.refused(BadRequest, "POST", "/v1/eipbp", body)


def test_a_package_without_an_end_ends_with_what_it_is_for(cloud):
    address = new_eip(cloud, billing=PREPAID)
    package_id = new_package(cloud, eip=address)
    assert package(cloud, package_id)["autoReleaseTime"] == "2026-02-01T00:00:00Z"

    cloud.clock.advance(MONTH)
    cloud.ok("DELETE", f"/v1/eip/{address}")

    assert package_names(cloud) == []


def test_a_package_goes_with_its_shared_bandwidth(cloud):
    group_id = new_group(cloud)
    new_package(cloud, eipGroupId=group_id)

    cloud.ok("DELETE", f"/v1/eipgroup/{group_id}")

    assert package_names(cloud) == []


def test_the_recycle_bin_keeps_no_package(cloud):
    address = new_eip(cloud)
    new_package(cloud, eip=address)

    cloud.ok("DELETE", f"/v1/eip/{address}?releaseToRecycle=true")

    assert package_names(cloud) == []


def test_a_package_is_released_on_time(cloud):
    new_package(cloud, eip=new_eip(cloud), autoReleaseTime="2026-01-02T00:00:00Z", name="short")

    cloud.clock.advance(86_394)
    assert package_names(cloud) == ["short"]

    cloud.clock.advance(1)
    assert package_names(cloud) == []


@pytest.mark.parametrize("end", ["2026-01-01T00:00:05Z", "2026-02-01T00:00:01Z", "tomorrow"])
def test_the_end_is_in_the_future_and_not_after_the_eips(cloud, end):
    body = {"eip": new_eip(cloud, billing=PREPAID), "bandwidthInMbps": 1, "autoReleaseTime": end}

    cloud.refused(BadRequest, "POST", "/v1/eipbp", body)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bandwidthInMbps": 0},
        {"bandwidthInMbps": 101},
        {"type": ACCELERATION},
        {"type": "LuckPackage"},
        {"name": "1st"},
        {"tags": [{"tagKey": ""}]},
        {"eip": ""},
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(BadRequest, "POST", "/v1/eipbp", {"eip": new_eip(cloud), "bandwidthInMbps": 1} | wrong)


def test_the_bandwidth_is_required(cloud):
    cloud.refused(InappropriateJSON, "POST", "/v1/eipbp", {"eip": new_eip(cloud)})


def test_what_a_package_is_for_has_to_be_there(cloud):
    cloud.refused(EipNotFound, "POST", "/v1/eipbp", {"eip": "203.0.113.9", "bandwidthInMbps": 1})
    cloud.refused(NoSuchObject, "POST", "/v1/eipbp", {"eipGroupId": "eg-nobody00", "bandwidthInMbps": 1})


def test_a_second_package_and_one_for_an_eip_in_a_group_are_refused(cloud):
    address = new_eip(cloud)
    new_package(cloud, eip=address)

    for refused in (address, group_ips(cloud, new_group(cloud))[0]):
        cloud.refused(OperationDenied, "POST", "/v1/eipbp", {"eip": refused, "bandwidthInMbps": 1})


def test_an_account_that_is_not_verified_gets_no_package(cloud):
    address = new_eip(cloud)
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/eipbp", {"eip": address, "bandwidthInMbps": 1})


@pytest.mark.parametrize(
    ("method", "target", "members", "body"),
    [
        ("PUT", "/v1/eip/refund/{}", {"billing": PREPAID}, None),
        ("PUT", "/v1/eipgroup/{group}?move_in", {}, "eips"),
    ],
)
def test_a_package_keeps_its_eip_from_a_refund_and_a_group(cloud, method, target, members, body):
    address = new_eip(cloud, **members)
    new_package(cloud, eip=address)
    path = target.format(address, group=new_group(cloud))

    cloud.refused(OperationDenied, method, path, {body: [address]} if body else None)


def test_a_package_keeps_its_shared_bandwidth_from_a_refund(cloud):
    group_id = new_group(cloud, billing=PREPAID)
    new_package(cloud, eipGroupId=group_id)

    cloud.refused(OperationDenied, "PUT", f"/v1/eipgroup/refund/{group_id}")


def test_the_price_of_packages_is_by_the_minute(cloud):
    order = {"bandwidthInMbps": 10, "count": 2}

    assert cloud.ok("POST", "/v1/eipbp/price", order) == {"prices": {"configPrice": "0.00200"}}
    cloud.refused(BadRequest, "POST", "/v1/eipbp/price", {"bandwidthInMbps": 201})
