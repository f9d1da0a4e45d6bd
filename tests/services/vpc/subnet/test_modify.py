"""Change a subnet, or delete it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.vpc.subnet.errors import NotAllowOperateSubnet, ResourceNeedRelease, SubnetInUse
from tests.network import default_subnet, make_subnet, make_vpc, subnet


@pytest.fixture
def made(cloud) -> str:
    return make_subnet(cloud, make_vpc(cloud, enableIpv6=True), description="first")


def modify(made: str) -> tuple[str, str]:
    return "PUT", f"/v1/subnet/{made}?modifyAttribute"


def test_a_subnet_is_renamed_and_described(cloud, made):
    cloud.ok(*modify(made), {"name": "renamed", "description": "second"})

    found = subnet(cloud, made)
    assert (found["name"], found["description"]) == ("renamed", "second")


def test_what_is_not_given_stays(cloud, made):
    cloud.ok(*modify(made), {"name": "test", "enableIpv6": True})
    before = subnet(cloud, made)

    cloud.ok(*modify(made), {"name": "test", "description": None, "enableIpv6": None})

    assert subnet(cloud, made) == before


def test_ipv6_is_switched_on_and_off(cloud, made):
    cloud.ok(*modify(made), {"name": "test", "enableIpv6": True})
    assert subnet(cloud, made)["ipv6Cidr"]

    cloud.ok(*modify(made), {"name": "test", "enableIpv6": False})

    assert subnet(cloud, made)["ipv6Cidr"] == ""


def test_ipv6_stays_while_an_instance_has_it(cloud, made):
    cloud.ok(*modify(made), {"name": "test", "enableIpv6": True})
    cloud.ok("POST", "/v2/instance/addIpv6", {"instanceId": cloud.create(subnetId=made)})

    cloud.refused(BadRequest, *modify(made), {"name": "test", "enableIpv6": False})


def test_a_vpc_without_ipv6_has_none_for_its_subnets(cloud):
    cloud.refused(BadRequest, *modify(default_subnet(cloud)), {"name": "test", "enableIpv6": True})


@pytest.mark.parametrize("body", [{"name": "default"}, {"name": ""}, {"name": "test", "description": "d" * 201}])
def test_a_value_that_breaks_its_rule_is_refused(cloud, made, body):
    cloud.refused(BadRequest, *modify(made), body)


def test_a_name_is_needed(cloud, made):
    cloud.refused(InappropriateJSON, *modify(made), {"description": "d"})


def test_an_empty_subnet_is_deleted(cloud, made):
    cloud.ok("DELETE", f"/v1/subnet/{made}?clientToken=once")

    cloud.refused(NoSuchObject, "GET", f"/v1/subnet/{made}")


def test_a_default_subnet_stays(cloud):
    cloud.refused(NotAllowOperateSubnet, "DELETE", f"/v1/subnet/{default_subnet(cloud)}")


def test_a_subnet_with_an_instance_stays_until_the_instance_has_gone(cloud, made):
    instance = cloud.create(subnetId=made)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{made}")

    cloud.ok("DELETE", f"/v2/instance/{instance}")

    cloud.ok("DELETE", f"/v1/subnet/{made}")


def test_an_instance_in_the_recycle_bin_keeps_its_subnet(cloud, made):
    instance = cloud.create(subnetId=made)
    flags = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True, "bccRecycleFlag": True}
    cloud.ok("POST", f"/v2/instance/{instance}", flags)

    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{made}")


@pytest.mark.parametrize(("fact", "error"), [("subnetsInUse", SubnetInUse), ("subnetsToRelease", ResourceNeedRelease)])
def test_a_subnet_in_other_use_stays(cloud, made, fact, error):
    cloud.set_facts(**{fact: [made]})

    cloud.refused(error, "DELETE", f"/v1/subnet/{made}")


@pytest.mark.parametrize(
    ("method", "target"),
    [("PUT", "/v1/subnet/sbn-nothing?modifyAttribute"), ("DELETE", "/v1/subnet/sbn-nothing")],
)
def test_a_subnet_that_is_not_there_is_not_found(cloud, method, target):
    cloud.refused(NoSuchObject, method, target, {"name": "test"} if method == "PUT" else None)
