"""What holds for every call about an application load balancer."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    BackendServerNotFound,
    InstanceNotFound,
    LastOperationNotFinished,
    ListenerNotFound,
    MissingParameter,
    ServiceBlocked,
)
from tests.services.blb.app import CHANGES, LOOKS, App, new_balancer

NOBODY = {
    "sgId": ("sg-nobody00", NoSuchObject),
    "portId": ("port-nobody0", NoSuchObject),
    "portIdList": (["{http_port}", "port-nobody0"], NoSuchObject),
    "backendServerIdList": (["{instance}", "i-nobody00"], BackendServerNotFound),
    "ipGroupId": ("ip_group-nobody00", NoSuchObject),
    "id": ("ip_group_policy-nobody00", NoSuchObject),
    "backendPolicyIdList": (["{http_protocol}", "ip_group_policy-nobody00"], NoSuchObject),
    "memberIdList": (["{member}", "ip_member-nobody00"], NoSuchObject),
    "policyIdList": (["{policy}", "policy-nobody00"], NoSuchObject),
    "port": (8081, ListenerNotFound),
    "portList": ([80, 8081], ListenerNotFound),
}
"""What is not there, by the member that names it, and the refusal."""
OTHERWISE = {
    "POST blbrs": ({"backendServerList": [{"instanceId": "i-nobody00"}]}, BackendServerNotFound),
    "POST appservergroup": ({"backendServerList": [{"instanceId": "i-nobody00"}]}, BackendServerNotFound),
    "PUT blbrs": ({"backendServerList": [{"instanceId": "{other_instance}"}]}, BackendServerNotFound),
    "PUT ipgroup/member": ({"memberList": [{"memberId": "ip_member-nobody00"}]}, NoSuchObject),
    "PUT listener?batchdelete": ({"portTypeList": [{"port": 53, "type": "TCP"}]}, ListenerNotFound),
    "POST policys": ({"appPolicyVos": [{"appServerGroupId": "sg-nobody00"}]}, NoSuchObject),
    "PUT policys?batchupdate": ({"policyList": [{"policyId": "policy-nobody00", "priority": 1}]}, NoSuchObject),
}

PARTS = [call for call in (*CHANGES, *LOOKS) if re.search("sgId|ipGroupId", str(CHANGES.get(call, call)))]
"""The calls that name a group."""


def balancer(app: App) -> LoadBalancer:
    return app.cloud.account.get(LoadBalancer, app.blb)


@pytest.mark.parametrize("call", CHANGES)
def test_a_change_wants_an_application_load_balancer_that_is_not_being_changed(full, call):
    ids, body = dict(full.ids), CHANGES[call]
    mine = full.blb

    for other in ("lb-nobody00", new_balancer(full.cloud, "blb")):
        full.blb = other
        full.refused(InstanceNotFound, call, **body)
    full.blb = mine
    for state, error in (("updating", LastOperationNotFinished), ("paused", ServiceBlocked)):
        balancer(full).state = state
        full.refused(error, call, **body)
    balancer(full).state = "available"
    full.cloud.clock.pace = 1
    full.ok(call, **body)

    assert ids == full.ids
    assert balancer(full).status == "updating"
    full.cloud.clock.advance(60)
    assert balancer(full).status == "available"


@pytest.mark.parametrize("call", LOOKS)
def test_a_look_wants_an_application_load_balancer(full, call):
    full.ok(call)
    for other in ("lb-nobody00", new_balancer(full.cloud, "blb")):
        full.blb = other
        full.refused(InstanceNotFound, call)


@pytest.mark.parametrize("call", [call for call, body in CHANGES.items() if body.keys() & NOBODY or call in OTHERWISE])
def test_what_is_not_there_is_not_changed(full, call):
    body = CHANGES[call]
    wrong = [({name: value}, error) for name, (value, error) in NOBODY.items() if name in body]
    wrong = [each for each in wrong if not (call == "POST appservergroupport" and "port" in each[0])]

    for changes, error in [*wrong, *([OTHERWISE[call]] if call in OTHERWISE else [])]:
        full.refused(error, call, **body | changes)


@pytest.mark.parametrize("call", PARTS)
def test_what_another_load_balancer_has_is_not_there(full, call):
    other = App(full.cloud)
    other.ids |= full.ids | {"blb": other.blb}

    other.refused(NoSuchObject, call, **CHANGES.get(call, {}))


@pytest.mark.parametrize("call", [call for call in CHANGES if call.startswith("PUT") and "listenerPort" in call])
def test_a_listener_of_another_port_or_protocol_is_not_there(full, call):
    name = call.partition("?")[0]
    for port in (8081, 80 if "TCP" not in call.upper() else 443):
        full.refused(ListenerNotFound, f"{name}?listenerPort={port}", **CHANGES[call])


@pytest.mark.parametrize("call", [call for call in CHANGES if call not in {"POST appservergroup", "POST ipgroup"}])
def test_a_required_parameter_is_missing(full, call):
    target = call.partition("?listenerPort")[0]
    body = {} if target != "PUT listener?batchdelete" else {"portTypeList": [{}]}

    full.refused(MissingParameter, target, **body)


def test_everything_goes_with_the_load_balancer(full):
    account = full.cloud.account
    account.remove(balancer(full))

    left = {kind.type_key() for kind, collection in account.collections.items() if len(collection)}

    assert {key for key in left if key.startswith("blb.")} == set()
