"""Servers are in security groups of one type or the other."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from tests.services.bbc.servers import NOBODY, elsewhere, new_server

BIND, UNBIND = "/v1/instance/securitygroup?bind", "/v1/instance/securitygroup?unbind"


@pytest.fixture
def group(cloud):
    """Make security groups."""

    def make(path="/v2/securityGroup", what="securityGroupId", **members):
        with elsewhere(cloud):
            return cloud.ok("POST", path, {"name": "more", "rules": [], **members})[what]

    return make


def groups_of(cloud, server_id):
    card = cloud.account.get(Nic, cloud.account.get(Server, server_id).nic_id)
    return card.security_group_ids, card.enterprise_security_group_ids


def test_groups_are_bound_to_several_servers_and_unbound_from_one(cloud, group):
    servers, more, other = [new_server(cloud), new_server(cloud)], group(), group(name="other")
    ((default,), _) = groups_of(cloud, servers[0])

    cloud.ok("POST", BIND, {"instanceIds": servers, "securityGroups": [more, other, more]})
    cloud.ok("POST", UNBIND, {"instanceId": servers[0], "securityGroupId": default})

    assert groups_of(cloud, servers[0]) == ((more, other), ())
    assert groups_of(cloud, servers[1]) == ((default, more, other), ())
    cloud.refused(NoSuchObject, "POST", UNBIND, {"instanceId": servers[0], "securityGroupId": default})
    cloud.refused(NoSuchObject, "POST", UNBIND, {"instanceId": NOBODY, "securityGroupId": more})
    cloud.ok("POST", UNBIND, {"instanceId": servers[0], "securityGroupId": more})
    cloud.refused(LastSecurityGroup, "POST", UNBIND, {"instanceId": servers[0], "securityGroupId": other})


def test_a_server_is_in_groups_of_one_type(cloud, group):
    enterprise = [group("/v1/enterprise/security", "enterpriseSecurityGroupId", name=name) for name in ("a", "b")]
    guarded, plain = new_server(cloud, enterpriseSecurityGroupId=enterprise[0]), new_server(cloud)
    with elsewhere(cloud):
        vpc = cloud.ok("POST", "/v1/vpc", {"name": "there", "cidr": "10.0.0.0/16"})["vpcId"]

    cloud.ok("POST", BIND, {"instanceIds": [guarded], "securityGroups": [enterprise[1]]})

    assert groups_of(cloud, guarded) == ((), tuple(enterprise))
    for error, servers, groups in [
        (OperationDenied, [guarded, plain], enterprise),
        (OperationDenied, [guarded], [group()]),
        (BadRequest, [guarded], [enterprise[0], group(name="third")]),
        (BadRequest, [plain], [group(name="there", vpcId=vpc)]),
        (BadRequest, [plain], []),
        (BadRequest, [], enterprise),
        (NoSuchObject, [plain, NOBODY], [group(name="fourth")]),
        (NoSuchObject, [plain], ["g-nobody000000"]),
        (BindInstanceExceededLimit, [plain], [group(name=f"g{number}") for number in range(10)]),
    ]:
        cloud.refused(error, "POST", BIND, {"instanceIds": servers, "securityGroups": groups})
