"""Tags by the type of the resource."""

from __future__ import annotations

import pytest

from emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject

TAG = {"tagKey": "team", "tagValue": "a"}
ATTACH, DETACH = "/v3/bcc/tag?action=AttachTags", "/v3/bcc/tag?action=DetachTags"


def body(kind, *ids, related=False, tags=(TAG,)):
    return {"resourceType": kind, "resourceIds": list(ids), "tags": list(tags), "isRelationTag": related}


def tags_of(cloud, instance):
    seen = cloud.instance(instance)
    return seen["tags"], [volume["tags"] for volume in seen["volumes"]]


@pytest.mark.parametrize(("related", "disks"), [(False, []), (True, [TAG])])
def test_tags_are_attached_to_instances_and_detached(cloud, running, related, disks):
    assert cloud.ok("POST", ATTACH, body("bcc", running, related=related)) == {}
    assert tags_of(cloud, running) == ([TAG], [disks])

    cloud.ok("POST", DETACH, body("bcc", running, related=related))

    assert tags_of(cloud, running) == ([], [[]])


def test_tags_are_attached_to_volumes(cloud, running):
    volume = cloud.instance(running)["volumes"][0]["id"]

    cloud.ok("POST", ATTACH, body("cds", volume))

    assert tags_of(cloud, running) == ([], [[TAG]])


def test_no_tags_at_all_change_nothing(cloud, running):
    cloud.ok("POST", ATTACH, body("bcc", running) | {"tags": None})

    assert tags_of(cloud, running) == ([], [[]])


@pytest.mark.parametrize("target", [ATTACH, DETACH])
@pytest.mark.parametrize("kind", ["bcc", "cds", "image", "snapshot", "snapshotchain", "bccri"])
def test_all_that_is_named_exists_or_nothing_is_done(cloud, running, target, kind):
    cloud.refused(NoSuchObject, "POST", target, body(kind, running, "x-nowhere"))


@pytest.mark.parametrize("target", [ATTACH, DETACH])
@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"resourceType": "eip"}, BadRequest),
        ({"resourceType": ""}, InappropriateJSON),
        ({"resourceIds": None}, InappropriateJSON),
        ({"resourceIds": []}, BadRequest),
        ({"isRelationTag": None}, InappropriateJSON),
    ],
)
def test_all_members_but_the_tags_are_needed(cloud, running, target, members, error):
    cloud.refused(error, "POST", target, body("bcc", running) | members)
