"""Security groups of load balancers."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.balancer.lifecycle import UNAVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    InstanceNotFound,
    InvalidParameter,
    LastOperationNotFinished,
    MissingParameter,
    ServiceBlocked,
)
from bce_emulator.services.vpc.security_group.errors import InstancesAssociated
from tests.network import make_vpc
from tests.services.blb.balancer.balancers import FAMILIES, NOBODY, new_balancer

RULE = {"direction": "ingress", "protocol": "tcp", "portRange": "443", "sourceIp": "all", "action": "allow"}
KINDS = {
    "securitygroup": ("securityGroupIds", "blbSecurityGroups", "securityGroup"),
    "enterprise/securitygroup": (
        "enterpriseSecurityGroupIds",
        "enterpriseSecurityGroups",
        "enterpriseSecurityGroup",
    ),
}


def groups(cloud, make) -> dict[str, list[str]]:
    """Two groups of each kind."""
    enterprise = [
        cloud.ok("POST", "/v1/enterprise/security", {"name": name, "rules": [RULE | {"priority": 1}]})
        for name in ("one", "two")
    ]
    return {
        "securitygroup": [make(), make()],
        "enterprise/securitygroup": [each["enterpriseSecurityGroupId"] for each in enterprise],
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_both_kinds_are_bound_beside_what_is_there_and_taken_off(cloud, make, family):
    cloud.clock.pace = 0
    made = new_balancer(cloud, family)
    for path, (one, two) in groups(cloud, make).items():
        (member, listed, prefix), target = KINDS[path], f"/v1/blb/{made}/{path}"
        assert cloud.ok("GET", target) == {listed: []}
        cloud.ok("PUT", f"{target}?bind", {member: [one]})
        cloud.ok("PUT", f"{target}?bind", {member: [two, one]})

        found = cloud.ok("GET", target)[listed]

        assert [each[f"{prefix}Id"] for each in found] == [one, two]
        assert len(found[0][f"{prefix}Rules"]) == 1
        cloud.ok("PUT", f"{target}?unbind", {member: [two]})
        assert [each[f"{prefix}Id"] for each in cloud.ok("GET", target)[listed]] == [one]


def test_what_cannot_be_is_refused(cloud, make):
    made = new_balancer(cloud)
    for path, (one, two) in groups(cloud, make).items():
        (member, _, _), target = KINDS[path], f"/v1/blb/{made}/{path}"
        cloud.refused(InstanceNotFound, "GET", f"/v1/blb/{NOBODY}/{path}")
        cloud.ok("PUT", f"{target}?bind", {member: [one]})
        for action, wanted in (("bind", two), ("unbind", one)):
            cloud.refused(LastOperationNotFinished, "PUT", f"{target}?{action}", {member: [wanted]})
            cloud.refused(InstanceNotFound, "PUT", f"/v1/blb/{NOBODY}/{path}?{action}", {member: [one]})
        cloud.clock.advance(9)
        cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
        for action, wanted in (("bind", two), ("unbind", one)):
            cloud.refused(ServiceBlocked, "PUT", f"{target}?{action}", {member: [wanted]})
            cloud.refused(NoSuchObject, "PUT", f"{target}?{action}", {member: ["g-nobody000000"]})
            cloud.refused(MissingParameter, "PUT", f"{target}?{action}", {})
            cloud.refused(InvalidParameter, "PUT", f"{target}?{action}", {member: []})
        cloud.account.get(LoadBalancer, made).state = "available"
    there = cloud.ok("GET", f"/v1/blb/{made}/securitygroup")["blbSecurityGroups"][0]["securityGroupId"]
    cloud.refused(InstancesAssociated, "DELETE", f"/v2/securityGroup/{there}")
    elsewhere = make(vpcId=make_vpc(cloud))
    cloud.refused(InvalidParameter, "PUT", f"/v1/blb/{made}/securitygroup?bind", {"securityGroupIds": [elsewhere]})
