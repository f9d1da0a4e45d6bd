"""What an instance can be resized to, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.flavor.errors import MoreThanOneWayToAsk, NoWayToAsk
from tests.cloud import LINUX

PLACE = "/v2/instance?resizeList"
SPEC = {"spec": "bcc.g5.c2m8", "zone": "cn-bj-a"}


@pytest.mark.parametrize("body", [SPEC | {"specId": "", "instanceIdList": None}, {"specId": "g7", "zone": "cn-bj-a"}])
def test_a_spec_can_become_any_other_without_cards_and_local_disks(cloud, body):
    found = cloud.ok("POST", PLACE, body)["specList"]

    assert {"bcc.g5.c1m4", "bcc.ic4.c2m2", "bcc.c5.c2m8"} <= set(found)
    assert body.get("spec", "bcc.g7.c2m8") not in found
    assert not {"bcc.l1.c1m1", "bcc.hgn5IB.c116m978.8A100-80g", "ebc.l5c.c128m256.1d"} & set(found)


def test_a_spec_with_a_local_disk_cannot_be_resized(cloud):
    assert cloud.ok("POST", PLACE, SPEC | {"spec": "bcc.l1.c1m1"}) == {"specList": []}


def test_several_instances_can_become_what_each_of_them_can(cloud, running):
    other = cloud.create(spec="bcc.g5.c1m4")
    size = {"imageId": LINUX, "cpuCount": 2, "memoryCapacityInGB": 4}
    legacy = cloud.ok("POST", "/v2/instance", size)["instanceIds"][0]

    found = cloud.ok("POST", PLACE, {"instanceIdList": [running, other, legacy]})["specList"]

    assert "bcc.g5.c4m16" in found
    assert not {"bcc.g5.c2m8", "bcc.g5.c1m4"} & set(found)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, NoWayToAsk),
        ({"spec": "", "specId": "", "zone": "cn-bj-a", "instanceIdList": []}, NoWayToAsk),
        (SPEC | {"specId": "g5"}, MoreThanOneWayToAsk),
        ({"specId": "g5", "instanceIdList": ["i-nobody00"]}, MoreThanOneWayToAsk),
        ({"instanceIdList": ["i-nobody00"]}, NoSuchObject),
        ({"spec": "bcc.g5.c2m8"}, BadRequest),
        (SPEC | {"zone": "cn-gz-a"}, BadRequest),
        (SPEC | {"spec": "bcc.g5.c3m8"}, BadRequest),
    ],
)
def test_a_question_that_is_none_is_refused(cloud, body, error):
    cloud.refused(error, "POST", PLACE, body)
