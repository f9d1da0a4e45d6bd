"""Security groups of many instances at once."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.errors import ExpiredInstanceForbiddenBind
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.enterprise_security_group.errors import EsgBindStatusInvalid
from bce_emulator.services.vpc.security_group.errors import (
    BindInstanceExceededLimit,
    LastSecurityGroup,
    NoSecurityGroup,
)
from tests.services.vpc.enterprise_security_group.esgs import NOBODY, new_esg

ACTIONS = ["bind", "unbind", "replace"]


def body(instances, groups, kind="normal"):
    return {"instanceIds": instances, "securityGroupIds": groups, "securityGroupType": kind}


def groups_of(cloud, instance):
    return cloud.instance(instance)["nicInfo"]["securityGroups"]


@pytest.fixture
def pair(cloud) -> list[str]:
    """The ids of two instances."""
    return [cloud.create(), cloud.create()]


def test_instances_are_bound_to_further_groups(cloud, pair, make, default_group):
    groups = [make(), make()]

    reply = cloud.call("PUT", "/v2/securitygroup/bind", body(pair, groups))

    assert reply.body == {"requestId": reply.headers["x-bce-request-id"], "failedInstanceIdList": []}
    assert [groups_of(cloud, each) for each in pair] == [[default_group, *groups]] * 2


def test_instances_are_unbound_from_groups(cloud, pair, make, default_group):
    groups = [make(), make()]
    cloud.ok("PUT", "/v2/securitygroup/bind", body(pair, groups))

    cloud.ok("PUT", "/v2/securitygroup/unbind", body(pair, [default_group, groups[0]]))

    assert [groups_of(cloud, each) for each in pair] == [[groups[1]]] * 2


def test_groups_take_the_place_of_others(cloud, pair, make):
    groups = [make(), make()]

    cloud.ok("PUT", "/v2/securitygroup/replace", body(pair, [*groups, groups[0]]))

    assert [groups_of(cloud, each) for each in pair] == [groups] * 2


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_named_exists_or_nothing_is_done(cloud, running, group, action):
    for wrong in (body([running, "i-nobody"], [group]), body([running], [group, "g-nowhere"])):
        cloud.refused(NoSuchObject, "PUT", f"/v2/securitygroup/{action}", wrong)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_unknown_enterprise_group_is_not_found(cloud, running, action):
    wrong = body([running], [NOBODY], "enterprise")

    cloud.refused(NoSuchObject, "PUT", f"/v2/securitygroup/{action}", wrong)


def test_an_instance_is_in_groups_of_one_type(cloud, running, make):
    first, second = new_esg(cloud, "first"), new_esg(cloud, "second")
    target, ordinary = "/v2/securitygroup/", make()
    cloud.refused(OperationDenied, "PUT", f"{target}bind", body([running], [first], "enterprise"))

    cloud.ok("PUT", f"{target}replace", body([running], [first], "enterprise"))
    cloud.ok("PUT", f"{target}bind", body([running], [second], "enterprise"))

    card = cloud.instance(running)["nicInfo"]
    assert (card["securityGroups"], card["enterpriseSecurityGroups"]) == ([], [first, second])
    assert [each["id"] for each in cloud.ok("GET", f"/v2/instance?securityGroupIds={second}")["instances"]] == [running]
    cloud.refused(OperationDenied, "PUT", f"{target}bind", body([running], [ordinary]))
    cloud.refused(NoSecurityGroup, "PUT", f"/v2/instance/{running}?bind", {"securityGroupId": ordinary})
    cloud.refused(NoSuchObject, "PUT", f"{target}unbind", body([running], [ordinary]))
    cloud.refused(EsgBindStatusInvalid, "DELETE", f"/v1/enterprise/security/{first}")
    cloud.ok("PUT", f"{target}unbind", body([running], [first], "enterprise"))
    cloud.refused(LastSecurityGroup, "PUT", f"{target}unbind", body([running], [second], "enterprise"))
    cloud.ok("DELETE", f"/v1/enterprise/security/{first}")
    cloud.ok("PUT", f"{target}replace", body([running], [ordinary]))
    assert cloud.instance(running)["nicInfo"]["enterpriseSecurityGroups"] == []


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"instanceIds": None}, InappropriateJSON),
        ({"securityGroupIds": None}, InappropriateJSON),
        ({"securityGroupType": ""}, InappropriateJSON),
        ({"instanceIds": []}, BadRequest),
        ({"securityGroupIds": []}, BadRequest),
        ({"securityGroupType": "special"}, BadRequest),
    ],
)
def test_all_members_are_needed(cloud, running, group, action, members, error):
    cloud.refused(error, "PUT", f"/v2/securitygroup/{action}", body([running], [group]) | members)


@pytest.mark.parametrize("action", ["bind", "replace"])
def test_an_expired_instance_takes_no_group(cloud, pair, group, action):
    cloud.account.get(Instance, pair[1]).state = "Expired"

    cloud.refused(ExpiredInstanceForbiddenBind, "PUT", f"/v2/securitygroup/{action}", body(pair, [group]))


@pytest.mark.parametrize("action", ["bind", "replace"])
def test_an_instance_has_at_most_ten_groups(cloud, running, make, action):
    groups = [make() for _ in range(11)]

    cloud.refused(BindInstanceExceededLimit, "PUT", f"/v2/securitygroup/{action}", body([running], groups))


@pytest.mark.parametrize("action", ["bind", "replace"])
def test_groups_of_another_vpc_are_refused(cloud, running, make, other_vpc, action):
    cloud.refused(BadRequest, "PUT", f"/v2/securitygroup/{action}", body([running], [make(vpcId=other_vpc)]))


def test_every_instance_keeps_a_group(cloud, pair, group, default_group):
    cloud.ok("PUT", "/v2/securitygroup/bind", body(pair[:1], [group]))

    cloud.refused(LastSecurityGroup, "PUT", "/v2/securitygroup/unbind", body(pair, [default_group]))


def test_a_group_that_one_instance_has_not_is_refused_for_all(cloud, pair, group):
    cloud.ok("PUT", "/v2/securitygroup/bind", body(pair[:1], [group]))

    cloud.refused(NoSuchObject, "PUT", "/v2/securitygroup/unbind", body(pair, [group]))


@pytest.mark.parametrize("action", ACTIONS)
def test_a_client_token_counts_once(cloud, running, group, make, default_group, action):
    cloud.ok("PUT", "/v2/securitygroup/bind", body([running], [group]))
    target = f"/v2/securitygroup/{action}?clientToken=t"

    first = cloud.ok("PUT", target, body([running], [group]))

    assert cloud.ok("PUT", target, body([running], [group])) == first
    cloud.refused(IdempotentParameterMismatch, "PUT", target, body([running], [default_group]))
