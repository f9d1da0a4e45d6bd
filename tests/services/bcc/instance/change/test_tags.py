"""Tags of an instance and of its disks."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import InappropriateJSON, NoSuchObject

TEAM_A, TEAM_B, ENV = (
    {"tagKey": "team", "tagValue": "a"},
    {"tagKey": "team", "tagValue": "b"},
    {"tagKey": "env", "tagValue": ""},
)


def tags_of(cloud, instance):
    seen = cloud.instance(instance)
    return seen["tags"], [volume["tags"] for volume in seen["volumes"]]


def test_a_bound_tag_is_shown_and_a_key_has_one_value(cloud, running):
    for tags in ([TEAM_A, ENV], [TEAM_B]):
        assert cloud.ok("PUT", f"/v2/instance/{running}/tag?bind", {"changeTags": tags}) == {}

    assert tags_of(cloud, running) == ([TEAM_B, ENV], [[]])


def test_a_tag_is_unbound_by_key_and_value(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}/tag?bind", {"changeTags": [TEAM_A, ENV]})

    cloud.ok("PUT", f"/v2/instance/{running}/tag?unbind", {"changeTags": [TEAM_B, ENV]})

    assert tags_of(cloud, running) == ([TEAM_A], [[]])


def test_the_disks_go_along_if_asked(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50, "storageType": "hp1"}])
    body = {"changeTags": [TEAM_A], "attachRelatedResourceTag": True}

    cloud.ok("PUT", f"/v2/instance/{instance}/tag?bind", body)
    bound = tags_of(cloud, instance)
    cloud.ok("PUT", f"/v2/instance/{instance}/tag?unbind", body)
    unbound = tags_of(cloud, instance)

    assert bound == ([TEAM_A], [[TEAM_A], [TEAM_A]])
    assert unbound == ([], [[], []])


@pytest.mark.parametrize("action", ["bind", "unbind"])
def test_what_is_named_exists(cloud, running, action):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/i-nobody00/tag?{action}", {"changeTags": [TEAM_A]})
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}/tag?{action}", {"changeTags": None})
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}/tag?{action}", {"changeTags": [{}]})
