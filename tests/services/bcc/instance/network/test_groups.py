"""Security groups of one instance."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.instance.errors import ExpiredInstanceForbiddenBind
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.security_group.errors import (
    BindInstanceExceededLimit,
    LastSecurityGroup,
    NoSecurityGroup,
)
from bce_emulator.services.vpc.vpc.resource import Vpc

ROWS = [row for row in Instance.lifecycle.rows if row.action == "bind_group"]
ALLOWED = sorted(set().union(*(row.allowed for row in ROWS)))
REFUSED = sorted(set(Instance.lifecycle.states) - set(ALLOWED))


@pytest.fixture
def group(cloud) -> str:
    """The id of a security group in the default VPC."""
    return cloud.ok("POST", "/v2/securityGroup", {"name": "web"})["securityGroupId"]


def groups_of(cloud, instance):
    return cloud.instance(instance)["nicInfo"]["securityGroups"]


@pytest.mark.parametrize("query", ["?bind", "?bind="])
def test_an_instance_is_bound_to_one_more_group(cloud, running, group, query):
    before = groups_of(cloud, running)

    assert cloud.ok("PUT", f"/v2/instance/{running}{query}", {"securityGroupId": group}) == {}

    assert groups_of(cloud, running) == [*before, group]


def test_binding_again_changes_nothing(cloud, running, group):
    cloud.ok("PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})
    before = groups_of(cloud, running)

    cloud.ok("PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})

    assert groups_of(cloud, running) == before


def test_an_instance_is_unbound_but_not_from_its_last_group(cloud, running, group):
    (default,) = groups_of(cloud, running)
    cloud.ok("PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})

    cloud.ok("PUT", f"/v2/instance/{running}?unbind", {"securityGroupId": default})

    assert groups_of(cloud, running) == [group]
    cloud.refused(LastSecurityGroup, "PUT", f"/v2/instance/{running}?unbind", {"securityGroupId": group})


@pytest.mark.parametrize("action", ["bind", "unbind"])
def test_what_is_named_exists(cloud, running, group, action):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/i-nobody00?{action}", {"securityGroupId": group})
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/{running}?{action}", {"securityGroupId": "g-nowhere"})
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}?{action}", {})


def test_an_instance_cannot_leave_a_group_it_is_not_in(cloud, running, group):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/{running}?unbind", {"securityGroupId": group})


def test_an_instance_has_at_most_ten_groups(cloud, running):
    groups = [cloud.ok("POST", "/v2/securityGroup", {"name": "web"})["securityGroupId"] for _ in range(10)]
    for group in groups[:9]:
        cloud.ok("PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})

    cloud.refused(BindInstanceExceededLimit, "PUT", f"/v2/instance/{running}?bind", {"securityGroupId": groups[9]})


def test_a_group_of_another_vpc_is_refused(cloud, running):
    account = cloud.account
    vpc = account.add(Vpc(id=account.new_id(Vpc), name="other", cidr="10.0.0.0/16"))
    group = cloud.ok("POST", "/v2/securityGroup", {"name": "web", "vpcId": vpc.id})["securityGroupId"]

    cloud.refused(BadRequest, "PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})


def test_an_instance_without_groups_takes_none(cloud, running, group):
    nic_of(cloud.account, cloud.account.get(Instance, running)).security_group_ids = ()

    cloud.refused(NoSecurityGroup, "PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})


@pytest.mark.parametrize("state", ALLOWED)
def test_an_instance_is_bound_in_these_states(cloud, running, group, state):
    cloud.account.get(Instance, running).state = state

    cloud.ok("PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})

    assert group in groups_of(cloud, running)


@pytest.mark.parametrize("state", REFUSED)
def test_an_instance_is_not_bound_in_these_states(cloud, running, group, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(ExpiredInstanceForbiddenBind, "PUT", f"/v2/instance/{running}?bind", {"securityGroupId": group})
