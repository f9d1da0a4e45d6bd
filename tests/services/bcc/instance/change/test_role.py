"""Roles that instances act in."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON

BIND, UNBIND, LIST = "/v2/instance/role?bind", "/v2/instance/role?unbind", "/v2/instance/role/list"


def asked(role: str, *instances: str):
    return {"roleName": role, "instances": [{"instanceId": each} for each in instances]}


def test_an_instance_acts_in_a_role_until_it_is_unbound(cloud, running):
    response = cloud.ok("POST", BIND, asked("reader", running))
    assert response == {"failInstances": [], "instanceRoleAssociations": [{"instanceId": running}]}
    assert cloud.instance(running)["roleName"] == "reader"

    cloud.ok("POST", UNBIND, asked("reader", running))

    assert cloud.instance(running)["roleName"] == ""


def test_another_role_takes_the_place_of_the_first(cloud, running):
    cloud.ok("POST", BIND, asked("reader", running))

    cloud.ok("POST", BIND, asked("writer", running))

    assert cloud.instance(running)["roleName"] == "writer"


def test_the_answer_names_the_instances_that_could_not_be_changed(cloud, running):
    other = cloud.create()
    cloud.ok("POST", BIND, asked("reader", running))

    response = cloud.ok("POST", UNBIND, asked("reader", running, other, "i-nobody00"))

    assert response["instanceRoleAssociations"] == [{"instanceId": running}]
    assert [each["instanceId"] for each in response["failInstances"]] == [other, "i-nobody00"]
    assert all(each["failMessage"] for each in response["failInstances"])


def test_the_roles_are_those_in_use_and_those_that_are_known(cloud, running):
    assert cloud.ok("GET", LIST) == {"roles": []}

    cloud.set_facts(roles=["admin"])
    cloud.ok("POST", BIND, asked("reader", running))

    assert cloud.ok("GET", LIST) == {"roles": [{"roleName": "admin"}, {"roleName": "reader"}]}


@pytest.mark.parametrize("target", [BIND, UNBIND])
@pytest.mark.parametrize(
    ("body", "error"),
    [
        (asked("", "i-nobody00"), BadRequest),
        (asked("reader"), BadRequest),
        ({"roleName": "reader", "instances": None}, InappropriateJSON),
        ({"roleName": "reader", "instances": ["i-nobody00"]}, InappropriateJSON),
    ],
)
def test_a_role_and_an_instance_are_required(cloud, target, body, error):
    cloud.refused(error, "POST", target, body)


def test_a_token_binds_once(cloud, running):
    first = cloud.ok("POST", f"{BIND}&clientToken=once", asked("reader", running))

    assert cloud.ok("POST", f"{BIND}&clientToken=once", asked("reader", running)) == first

    cloud.refused(IdempotentParameterMismatch, "POST", f"{BIND}&clientToken=once", asked("writer", running))
