"""Names, descriptions, protection and tags."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.volume.errors import DiskNameInvalid
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, PREPAID, TAG, new_volume, system_disk, volume

PROTECTION = ["/v2/volume/modify/deleteProtection", "/v2/volume/modifyDeleteProtection"]
TAGS = {"changeTags": [TAG], "relationTag": False}


@pytest.mark.parametrize("state", STATES)
def test_a_volume_is_renamed_whatever_its_status(cloud, state):
    volume_id = new_volume(cloud)
    cloud.account.get(Volume, volume_id).state = state

    cloud.ok("PUT", f"/v2/volume/{volume_id}?rename", {"name": "data-1"})

    assert volume(cloud, volume_id)["name"] == "data-1"


@pytest.mark.parametrize("name", ["", "1st", "a" * 66, "a*"])
def test_a_name_that_breaks_the_rule_is_refused(cloud, name):
    volume_id = new_volume(cloud)

    cloud.refused(DiskNameInvalid, "PUT", f"/v2/volume/{volume_id}?rename", {"name": name})
    cloud.refused(DiskNameInvalid, "PUT", f"/v2/volume/{volume_id}?modify", {"cdsName": name or "1st"})


def test_what_is_not_named_stays(cloud):
    volume_id = new_volume(cloud, name="data", description="for logs")

    cloud.ok("PUT", f"/v2/volume/{volume_id}?modify", {"cdsName": "logs"})
    cloud.ok("PUT", f"/v2/volume/{volume_id}?modify", {"deleteWithInstance": True, "deleteAutoSnapshot": True})

    seen = volume(cloud, volume_id)
    assert (seen["name"], seen["desc"]) == ("logs", "for logs")
    assert (seen["deleteWithInstance"], seen["deleteAutoSnapshot"]) == (True, True)


def test_a_description_is_changed(cloud):
    volume_id = new_volume(cloud, name="data")

    cloud.ok("PUT", f"/v2/volume/{volume_id}?modify", {"cdsName": "", "desc": "for logs"})

    assert (volume(cloud, volume_id)["name"], volume(cloud, volume_id)["desc"]) == ("data", "for logs")


@pytest.mark.parametrize("body", [{}, {"cdsName": "", "desc": ""}])
def test_changing_nothing_is_refused(cloud, body):
    cloud.refused(BadRequest, "PUT", f"/v2/volume/{new_volume(cloud)}?modify", body)


def test_only_a_postpaid_data_volume_goes_with_its_instance(cloud, running):
    for volume_id in (system_disk(cloud, running), new_volume(cloud, billing=PREPAID)):
        cloud.refused(BadRequest, "PUT", f"/v2/volume/{volume_id}?modify", {"deleteWithInstance": True})


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("PUT", f"/v2/volume/{NOBODY}?rename", {"name": "data"}),
        ("PUT", f"/v2/volume/{NOBODY}?modify", {"cdsName": "data"}),
        ("PUT", f"/v2/volume/{NOBODY}/tag?bind", TAGS),
        ("PUT", f"/v2/volume/{NOBODY}/tag?unbind", TAGS),
    ],
)
def test_an_unknown_volume_is_not_found(cloud, method, target, body):
    cloud.refused(NoSuchObject, method, target, body)


@pytest.mark.parametrize("target", PROTECTION)
def test_volumes_are_protected_all_or_none(cloud, target):
    volumes = [new_volume(cloud), new_volume(cloud)]

    body = {"volumeIds": [*volumes, NOBODY], "enableDeleteProtection": True}
    cloud.refused(NoSuchObject, "POST", target, body)
    cloud.ok("POST", target, {"volumeIds": volumes, "enableDeleteProtection": True})

    assert [volume(cloud, each)["enableDeleteProtection"] for each in volumes] == [True, True]


def test_protection_ends_when_it_is_taken_away(cloud):
    volume_id = new_volume(cloud, enableDeleteProtection=True)

    cloud.ok("POST", PROTECTION[0], {"volumeIds": [volume_id], "enableDeleteProtection": False})

    assert volume(cloud, volume_id)["enableDeleteProtection"] is False


def test_tags_come_and_go(cloud):
    volume_id = new_volume(cloud, tags=[TAG])

    other = {"tagKey": "team", "tagValue": "storage"}
    cloud.ok("PUT", f"/v2/volume/{volume_id}/tag?bind", {"changeTags": [other, TAG | {"tagValue": "live"}]})
    assert volume(cloud, volume_id)["tags"] == [TAG | {"tagValue": "live"}, other]

    cloud.ok("PUT", f"/v2/volume/{volume_id}/tag?unbind", {"changeTags": [other, {"tagKey": "none"}]})
    assert volume(cloud, volume_id)["tags"] == [TAG | {"tagValue": "live"}]


@pytest.mark.parametrize("key", ["bind", "unbind"])
def test_tags_are_named(cloud, key):
    target = f"/v2/volume/{new_volume(cloud)}/tag?{key}"

    cloud.refused(InappropriateJSON, "PUT", target, {"changeTags": None})
    cloud.ok("PUT", f"{target}&clientToken=once", TAGS)
    cloud.refused(IdempotentParameterMismatch, "PUT", f"{target}&clientToken=once", {"changeTags": []})
