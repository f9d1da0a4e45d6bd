"""Instances come into deploy sets and leave them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.deployset.errors import InvalidDeploySetId

UPDATE, REMOVE = "/v2/instance/deployset/updateRelation", "/v2/instance/deployset/delRelation"


def sets_of(cloud, instance):
    return [each["deploysetId"] for each in cloud.instance(instance)["deploysetList"]]


def test_an_instance_is_put_into_deploy_sets(cloud, running, make):
    first, second = make(), make()

    cloud.ok("POST", UPDATE, {"instanceId": running, "deploysetIdList": [first]})
    cloud.ok("POST", UPDATE, {"instanceId": running, "deploysetIdList": [second, first, second], "force": True})

    assert sets_of(cloud, running) == [second, first]


@pytest.mark.parametrize("members", [{}, {"deploysetIdList": None}, {"deploysetIdList": []}])
def test_an_instance_is_taken_out_of_all_deploy_sets(cloud, make, members):
    instance = cloud.create(deployId=make())

    cloud.ok("POST", UPDATE, {"instanceId": instance} | members)

    assert sets_of(cloud, instance) == []


def test_the_answer_names_a_task_that_ends(cloud, running, make):
    task = cloud.ok("POST", UPDATE, {"instanceId": running, "deploysetIdList": [make()]})["taskId"]

    (seen,) = cloud.ok("POST", "/v2/task/detail", {"taskIds": [task]})["tasks"]
    assert (seen["taskAction"], seen["taskStatus"]) == ("AttachDeploymentSets", "Processing")
    cloud.clock.advance(10)
    (seen,) = cloud.ok("POST", "/v2/task/detail", {"taskIds": [task]})["tasks"]
    assert seen["taskStatus"] == "Finished"


@pytest.mark.parametrize("members", [{"instanceId": "i-nobody00"}, {"deploysetIdList": ["dset-nowhere"]}])
def test_what_is_named_exists(cloud, running, members):
    cloud.refused(NoSuchObject, "POST", UPDATE, {"instanceId": running} | members)


def test_a_client_token_starts_one_task(cloud, running):
    first = cloud.ok("POST", f"{UPDATE}?clientToken=t", {"instanceId": running})

    assert cloud.ok("POST", f"{UPDATE}?clientToken=t", {"instanceId": running}) == first
    cloud.refused(IdempotentParameterMismatch, "POST", f"{UPDATE}?clientToken=t", {"instanceId": "i-nobody00"})


def test_instances_leave_a_deploy_set_and_stay_in_others(cloud, make):
    first, second = make(), make()
    instances = [cloud.create(deployIdList=[first, second]) for _ in range(2)]

    assert cloud.ok("POST", REMOVE, {"deployId": first, "instanceIdList": instances}) == {}

    assert [sets_of(cloud, each) for each in instances] == [[second], [second]]


def test_all_instances_leave_or_none(cloud, running, make):
    deploy_set = make()
    instance = cloud.create(deployId=deploy_set)

    for others, error in (([running], BadRequest), (["i-nobody00"], NoSuchObject)):
        cloud.refused(error, "POST", REMOVE, {"deployId": deploy_set, "instanceIdList": [instance, *others]})


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"deployId": "dset-nowhere"}, InvalidDeploySetId),
        ({"deployId": ""}, InvalidDeploySetId),
        ({"instanceIdList": []}, BadRequest),
        ({"instanceIdList": None}, InappropriateJSON),
    ],
)
def test_a_removal_that_names_nothing_is_refused(cloud, running, make, members, error):
    cloud.refused(error, "POST", REMOVE, {"deployId": make(), "instanceIdList": [running]} | members)
