"""Delete a VPC."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease, SubnetInUse
from bce_emulator.services.vpc.vpc.errors import NotAllowDeleteVpc
from tests.network import default_vpc, make_subnet, make_vpc


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


def test_a_vpc_goes_with_what_it_was_born_with(cloud, vpc):
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "0.0.0.0/0"}
    cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "defaultGateway"})

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")

    cloud.refused(NoSuchObject, "GET", f"/v1/vpc/{vpc}")
    cloud.refused(NoSuchObject, "GET", f"/v1/route?vpcId={vpc}")
    for kind, member in ((RouteTable, "vpc_id"), (SecurityGroup, "vpc_id")):
        assert cloud.account.where(kind, member, vpc) == []
    assert len(cloud.account.collection(RouteRule)) == 0


def test_the_default_vpc_stays(cloud):
    cloud.refused(NotAllowDeleteVpc, "DELETE", f"/v1/vpc/{default_vpc(cloud)}")


def test_a_vpc_with_a_subnet_stays_until_the_subnet_has_gone(cloud, vpc):
    subnet = make_subnet(cloud, vpc)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")

    cloud.ok("DELETE", f"/v1/subnet/{subnet}")

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")


def test_a_vpc_with_a_security_group_of_its_owner_stays(cloud, vpc):
    cloud.account.add(SecurityGroup(id="g-1", name="web", vpc_id=vpc))

    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")


def test_a_vpc_with_a_subnet_in_other_use_stays(cloud, vpc):
    cloud.set_facts(subnetsInUse=[make_subnet(cloud, vpc)])

    cloud.refused(SubnetInUse, "DELETE", f"/v1/vpc/{vpc}")


def test_a_vpc_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "DELETE", "/v1/vpc/vpc-nothing")


def test_the_same_token_deletes_once_and_answers_twice(cloud, vpc):
    for _ in range(2):
        assert cloud.ok("DELETE", f"/v1/vpc/{vpc}?clientToken=once") == {}


def test_rules_elsewhere_that_name_its_default_group_go_too(cloud, vpc):
    group = cloud.ok("GET", f"/v2/securityGroup?vpcId={vpc}")["securityGroups"][0]["id"]
    rules = [{"direction": "ingress", "sourceGroupId": group}]
    other = cloud.ok("POST", "/v2/securityGroup", {"name": "web", "rules": rules})["securityGroupId"]

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")

    assert cloud.ok("GET", f"/v2/securityGroup/{other}")["rules"] == []
