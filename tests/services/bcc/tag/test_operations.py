"""Tags by the type of the resource."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.shared.tags import Tag
from tests.cloud import LINUX
from tests.disks import attached_volume, new_snapshot
from tests.services.bcc.image.images import custom

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


ALL = ("instance", "disk", "snapshot", "chain")
SCOPES = {
    "bcc": ALL,
    "cds": ("disk", "snapshot", "chain"),
    "snapshotchain": ("snapshot", "chain"),
    "snapshot": ("snapshot",),
}


@pytest.fixture
def family(cloud, running) -> dict[str, str]:
    """An instance, a disk of it, a snapshot of that, and the chain the snapshot is in."""
    disk = attached_volume(cloud, running)
    taken = new_snapshot(cloud, disk)
    chain = cloud.account.where(SnapshotChain, "volume_id", disk)[0].id
    return {"instance": running, "disk": disk, "snapshot": taken, "chain": chain}


def tagged(cloud, family) -> set[str]:
    """The members of the family that have the tag."""
    collections = cloud.account.collections.values()
    return {
        name
        for name, each in family.items()
        for collection in collections
        if each in collection.by_id and collection.by_id[each].tags
    }


@pytest.mark.parametrize("kind", SCOPES)
@pytest.mark.parametrize("related", [False, True])
def test_tags_are_carried_to_disks_snapshots_and_chains(cloud, family, kind, related):
    names = {"bcc": "instance", "cds": "disk", "snapshotchain": "chain", "snapshot": "snapshot"}
    asked = body(kind, family[names[kind]], related=related)

    cloud.ok("POST", ATTACH, asked)

    assert tagged(cloud, family) == (set(SCOPES[kind]) if related else {names[kind]})
    cloud.ok("POST", DETACH, asked)
    assert tagged(cloud, family) == set()


@pytest.mark.parametrize(
    ("target", "member", "scope"),
    [
        ("/v2/instance/{instance}/tag", "attachRelatedResourceTag", ALL),
        ("/v2/volume/{disk}/tag", "relationTag", SCOPES["cds"]),
        ("/v2/snapshot/chain/{chain}/tag", "relationTag", SCOPES["snapshotchain"]),
    ],
)
def test_the_calls_of_each_kind_carry_tags_alike(cloud, family, target, member, scope):
    target, changes = target.format(**family), {"changeTags": [TAG], member: True}

    cloud.ok("PUT", f"{target}?bind", changes)

    assert tagged(cloud, family) == set(scope)
    cloud.ok("PUT", f"{target}?unbind", changes)
    assert tagged(cloud, family) == set()


def test_an_image_of_ones_own_has_tags(cloud):
    image = custom(cloud)

    cloud.ok("POST", ATTACH, body("image", image))

    assert cloud.account.get(Image, image).tags == (Tag("team", "a"),)


@pytest.mark.parametrize("target", [ATTACH, DETACH])
def test_the_images_of_the_system_take_no_tags(cloud, target):
    cloud.refused(OperationDenied, "POST", target, body("image", LINUX))


def test_tags_of_an_image_are_carried_to_the_snapshots_in_it(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50}])
    created = cloud.ok("POST", "/v2/image", {"imageName": "whole", "instanceId": instance, "relateCds": True})

    cloud.ok("PUT", f"/v2/image/{created['imageId']}/tag?bind", {"changeTags": [TAG], "attachRelatedResourceTag": True})

    assert cloud.account.get(Snapshot, created["cdsSnapshotIds"][0]).tags == (Tag("team", "a"),)
