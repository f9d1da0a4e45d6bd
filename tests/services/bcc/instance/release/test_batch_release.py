"""Releases of several instances, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import DeleteServerFail, DeletionProtection, ReleaseWhileCreating
from bce_emulator.services.bcc.instance.resource import Instance
from tests.services.bcc.instance.billing_cases import DISK, NOBODY, PREPAID, RELEASE, data_volume, volume

PLACE, PROGRESS = "/v2/instance/batchDelete", "/v2/instance/deleteProgress"


def request(*instance_ids: str, **flags: bool) -> dict:
    return RELEASE | {"instanceIds": list(instance_ids)} | flags


def test_all_instances_are_gone_and_the_progress_says_so(cloud, running):
    other, kept = cloud.create(), cloud.create()

    assert cloud.ok("POST", PLACE, request(running, other, running)) == {}

    progress = cloud.ok("POST", PROGRESS, {"instanceIds": [running, other, kept]})
    assert progress == {running: True, other: True, kept: False}


def test_all_instances_go_into_the_bin(cloud, running):
    cloud.ok("POST", PLACE, request(running, bccRecycleFlag=True))

    assert cloud.status(running) == "Recycled"
    assert cloud.ok("POST", PROGRESS, {"instanceIds": [running]}) == {running: False}


@pytest.mark.parametrize(
    ("flags", "goes"), [({"relatedReleaseFlag": True}, True), ({"deleteRelatedCdsFlag": True}, True), ({}, False)]
)
def test_data_volumes_go_if_a_flag_says_so(cloud, flags, goes):
    instance = cloud.create(createCdsList=[DISK])
    data = data_volume(cloud, instance)

    cloud.ok("POST", PLACE, request(instance, **flags))

    assert (volume(cloud, data) is None) is goes


@pytest.mark.parametrize(
    ("members", "state", "error"),
    [
        ({"billing": PREPAID}, "Running", DeleteServerFail),
        ({"billing": PREPAID}, "Expired", DeleteServerFail),
        ({"deletionProtection": 1}, "Running", DeletionProtection),
        ({}, "Creating", ReleaseWhileCreating),
        ({}, "Scaling", OperationDenied),
        ({}, "Recycled", NoSuchObject),
    ],
)
def test_one_that_cannot_be_released_holds_back_all(cloud, running, members, state, error):
    other = cloud.create(**members)
    cloud.account.get(Instance, other).state = state

    cloud.refused(error, "POST", PLACE, request(running, other))

    assert cloud.status(running) == "Running"


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (PLACE, {"instanceIds": [NOBODY]}, InappropriateJSON),
        (PLACE, request(), BadRequest),
        (PLACE, request(*(f"i-{number:08}" for number in range(101))), BadRequest),
        (PLACE, request(NOBODY), NoSuchObject),
        (PROGRESS, {}, InappropriateJSON),
        (PROGRESS, {"instanceIds": []}, BadRequest),
    ],
)
def test_a_request_names_1_to_100_instances(cloud, target, body, error):
    cloud.refused(error, "POST", target, body)
