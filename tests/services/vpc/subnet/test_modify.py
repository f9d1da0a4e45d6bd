"""Change a subnet, or delete it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.vpc.subnet.errors import NotAllowOperateSubnet, ResourceNeedRelease, SubnetInUse
from tests.network import default_subnet, make_subnet, make_vpc, subnet


@pytest.fixture
def subnet_id(cloud) -> str:
    return make_subnet(cloud, make_vpc(cloud, enableIpv6=True), description="first")


def modify(subnet_id: str) -> tuple[str, str]:
    return "PUT", f"/v1/subnet/{subnet_id}?modifyAttribute"


def test_a_subnet_is_renamed_and_described(cloud, subnet_id):
    cloud.ok(*modify(subnet_id), {"name": "renamed", "description": "second"})

    found = subnet(cloud, subnet_id)
    assert (found["name"], found["description"]) == ("renamed", "second")


def test_what_is_not_given_stays(cloud, subnet_id):
    cloud.ok(*modify(subnet_id), {"name": "test", "enableIpv6": True})
    before = subnet(cloud, subnet_id)

    cloud.ok(*modify(subnet_id), {"name": "test", "description": None, "enableIpv6": None})

    assert subnet(cloud, subnet_id) == before


def test_ipv6_is_switched_on_and_off(cloud, subnet_id):
    cloud.ok(*modify(subnet_id), {"name": "test", "enableIpv6": True})
    assert subnet(cloud, subnet_id)["ipv6Cidr"]

    cloud.ok(*modify(subnet_id), {"name": "test", "enableIpv6": False})

    assert subnet(cloud, subnet_id)["ipv6Cidr"] == ""


def test_ipv6_stays_while_an_instance_has_it(cloud, subnet_id):
    cloud.ok(*modify(subnet_id), {"name": "test", "enableIpv6": True})
    cloud.ok("POST", "/v2/instance/addIpv6", {"instanceId": cloud.create(subnetId=subnet_id)})

    cloud.refused(BadRequest, *modify(subnet_id), {"name": "test", "enableIpv6": False})


def test_a_vpc_without_ipv6_has_none_for_its_subnets(cloud):
    cloud.refused(BadRequest, *modify(default_subnet(cloud)), {"name": "test", "enableIpv6": True})


@pytest.mark.parametrize("body", [{"name": "default"}, {"name": ""}, {"name": "test", "description": "d" * 201}])
def test_a_value_that_breaks_its_rule_is_refused(cloud, subnet_id, body):
    cloud.refused(BadRequest, *modify(subnet_id), body)


def test_a_name_is_needed(cloud, subnet_id):
    cloud.refused(InappropriateJSON, *modify(subnet_id), {"description": "d"})


def test_an_empty_subnet_is_deleted(cloud, subnet_id):
    cloud.ok("DELETE", f"/v1/subnet/{subnet_id}?clientToken=once")

    cloud.refused(NoSuchObject, "GET", f"/v1/subnet/{subnet_id}")


def test_a_default_subnet_stays(cloud):
    cloud.refused(NotAllowOperateSubnet, "DELETE", f"/v1/subnet/{default_subnet(cloud)}")


def test_a_subnet_with_an_instance_stays_until_the_instance_has_gone(cloud, subnet_id):
    instance = cloud.create(subnetId=subnet_id)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{subnet_id}")

    cloud.ok("DELETE", f"/v2/instance/{instance}")

    cloud.ok("DELETE", f"/v1/subnet/{subnet_id}")


def test_an_instance_in_the_recycle_bin_keeps_its_subnet(cloud, subnet_id):
    instance = cloud.create(subnetId=subnet_id)
    flags = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True, "bccRecycleFlag": True}
    cloud.ok("POST", f"/v2/instance/{instance}", flags)

    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{subnet_id}")


@pytest.mark.parametrize(("fact", "error"), [("subnetsInUse", SubnetInUse), ("subnetsToRelease", ResourceNeedRelease)])
def test_a_subnet_in_other_use_stays(cloud, subnet_id, fact, error):
    cloud.set_facts(**{fact: [subnet_id]})

    cloud.refused(error, "DELETE", f"/v1/subnet/{subnet_id}")


@pytest.mark.parametrize(
    ("method", "target"),
    [("PUT", "/v1/subnet/sbn-nothing?modifyAttribute"), ("DELETE", "/v1/subnet/sbn-nothing")],
)
def test_a_subnet_that_is_not_there_is_not_found(cloud, method, target):
    cloud.refused(NoSuchObject, method, target, {"name": "test"} if method == "PUT" else None)
