"""Attach, detach, rename, describe and delete keypairs, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.instance.errors import KeypairInstanceStatusForbidden
from bce_emulator.services.bcc.instance.lifecycle import BOTH, STATES
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.errors import (
    AttachAttachedKeypair,
    DeleteKeypairInUse,
    DescInvalidException,
    KeypairInstanceNotExist,
    KeypairNameInvalid,
    KeypairNotExist,
    UnsupportOsType,
)
from tests.cloud import SPEC, WINDOWS
from tests.services.bcc.keypair.keys import imported, keypair_of

ACTIONS = ["attach", "detach"]


@pytest.fixture
def keypair(cloud):
    """The id of a keypair that no instance has."""
    return imported(cloud)


def attach(cloud, keypair, *instances):
    return cloud.call("PUT", f"/v2/keypair/{keypair}?attach", {"keypairId": keypair, "instanceIds": list(instances)})


def test_an_attached_keypair_shows_on_its_instances(cloud, running, keypair):
    second = cloud.create()

    reply = attach(cloud, keypair, running, second, running)

    assert reply.body == {"requestId": reply.headers["x-bce-request-id"], "failedInstanceIdList": []}
    assert keypair_of(cloud, keypair)["instanceCount"] == 2
    rendered = cloud.instance(second)
    assert (rendered["keypairId"], rendered["keypairName"], rendered["status"]) == (keypair, "mine", "Running")


def test_a_keypair_takes_the_place_of_another(cloud, running, keypair):
    other = imported(cloud, seed=9)
    attach(cloud, keypair, running)

    attach(cloud, other, running)

    assert cloud.instance(running)["keypairId"] == other
    assert keypair_of(cloud, keypair)["instanceCount"] == 0


def test_an_instance_with_a_keypair_counts_from_its_creation(cloud, keypair):
    cloud.create(keypairId=keypair)

    assert keypair_of(cloud, keypair)["instanceCount"] == 1


def test_a_detached_keypair_is_taken_from_those_that_have_it(cloud, running, keypair):
    other = imported(cloud, seed=9)
    second, third = cloud.create(keypairId=other), cloud.create()
    attach(cloud, keypair, running)

    reply = cloud.call("PUT", f"/v2/keypair/{keypair}?detach", {"instanceIds": [running, second, third]})

    assert reply.body["failedInstanceIdList"] == []
    assert [cloud.instance(each)["keypairId"] for each in (running, second, third)] == ["", other, ""]


def test_a_keypair_is_not_attached_where_it_is(cloud, running, keypair):
    attach(cloud, keypair, running)

    body = {"instanceIds": [cloud.create(), running]}
    cloud.refused(AttachAttachedKeypair, "PUT", f"/v2/keypair/{keypair}?attach", body)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", [state for state in STATES if state not in BOTH])
def test_only_running_and_stopped_instances_change_their_keypair(cloud, running, keypair, action, state):
    second = cloud.create(keypairId=keypair) if action == "detach" else cloud.create()
    cloud.account.get(Instance, second).state = state

    body = {"instanceIds": [running, second]}
    cloud.refused(KeypairInstanceStatusForbidden, "PUT", f"/v2/keypair/{keypair}?{action}", body)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stopped_instance_changes_its_keypair(cloud, running, keypair, action):
    if action == "detach":
        attach(cloud, keypair, running)
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/keypair/{keypair}?{action}", {"instanceIds": [running]})

    assert cloud.instance(running)["keypairId"] == (keypair if action == "attach" else "")
    assert cloud.status(running) == "Stopped"


@pytest.mark.parametrize("action", ACTIONS)
def test_windows_takes_no_keypair(cloud, running, keypair, action):
    body = {"instanceIds": [running, cloud.create(imageId=WINDOWS)]}

    cloud.refused(UnsupportOsType, "PUT", f"/v2/keypair/{keypair}?{action}", body)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("target", "instances", "error"),
    [
        ("k-nobody00", ["i-nobody00"], KeypairNotExist),
        ("", ["i-nobody00"], KeypairInstanceNotExist),
        ("", [], BadRequest),
        ("", None, InappropriateJSON),
    ],
)
def test_a_wrong_change_of_keypairs_is_refused(cloud, keypair, action, target, instances, error):
    cloud.refused(error, "PUT", f"/v2/keypair/{target or keypair}?{action}", {"instanceIds": instances})


def test_a_keypair_has_another_name_on_its_instances_too(cloud, running, keypair):
    attach(cloud, keypair, running)

    assert cloud.ok("PUT", f"/v2/keypair/{keypair}?rename", {"keypairId": "", "name": "another"}) == {}

    assert keypair_of(cloud, keypair)["name"] == "another"
    assert cloud.instance(running)["keypairName"] == "another"


@pytest.mark.parametrize(("body", "left"), [({"description": "why"}, "why"), ({"description": ""}, ""), ({}, "")])
def test_a_keypair_has_another_description(cloud, body, left):
    keypair = imported(cloud, description="old")

    assert cloud.ok("PUT", f"/v2/keypair/{keypair}?updateDesc", body) == {}

    assert keypair_of(cloud, keypair)["description"] == left


@pytest.mark.parametrize("query", ["", "?delete"])
def test_a_deleted_keypair_is_gone(cloud, keypair, query):
    assert cloud.ok("DELETE", f"/v2/keypair/{keypair}{query}") == {}

    cloud.refused(KeypairNotExist, "GET", f"/v2/keypair/{keypair}")
    cloud.refused(
        NoSuchObject, "POST", "/v2/instanceBySpec", {"spec": SPEC, "imageId": "m-z2UUQHH9", "keypairId": keypair}
    )


@pytest.mark.parametrize("query", ["", "?delete"])
def test_a_keypair_that_an_instance_has_is_not_deleted(cloud, running, keypair, query):
    attach(cloud, keypair, running)

    cloud.refused(DeleteKeypairInUse, "DELETE", f"/v2/keypair/{keypair}{query}")

    cloud.ok("DELETE", f"/v2/instance/{running}")
    cloud.ok("DELETE", f"/v2/keypair/{keypair}{query}")


@pytest.mark.parametrize(
    ("method", "target", "body", "error"),
    [
        ("GET", "k-nobody00", None, KeypairNotExist),
        ("DELETE", "k-nobody00", None, KeypairNotExist),
        ("PUT", "k-nobody00?rename", {"name": "another"}, KeypairNotExist),
        ("PUT", "k-nobody00?updateDesc", {"description": "why"}, KeypairNotExist),
        ("PUT", "{}?rename", {"name": "_"}, KeypairNameInvalid),
        ("PUT", "{}?rename", {}, InappropriateJSON),
        ("PUT", "{}?updateDesc", {"description": "x" * 141}, DescInvalidException),
    ],
)
def test_what_is_wrong_with_a_keypair_is_said(cloud, keypair, method, target, body, error):
    cloud.refused(error, method, f"/v2/keypair/{target.format(keypair)}", body)
