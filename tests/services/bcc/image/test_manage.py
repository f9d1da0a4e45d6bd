"""Rename, tag and delete images, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.lifecycle import COPYING, CREATING
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageHasBeenSharedToOthers,
    ImageNameInvalid,
    UnCustomImageCannotBeDeleted,
)
from bce_emulator.services.shared.tags import Tag
from tests.cloud import LINUX
from tests.services.bcc.image.images import as_account, custom, image_of

BUSY = (CREATING, COPYING)


@pytest.mark.parametrize("state", Image.lifecycle.states)
def test_an_image_is_renamed_whatever_its_status(cloud, state):
    image = custom(cloud)
    cloud.account.get(Image, image).state = state

    assert cloud.ok("PUT", "/v2/image/rename", {"imageId": image, "name": "another"}) == {}

    assert image_of(cloud, image)["name"] == "another"


def test_many_images_are_renamed_at_once_and_those_who_share_them_see_it(cloud):
    images = [custom(cloud), custom(cloud)]
    cloud.ok("POST", f"/v2/image/{images[0]}?share", {"account": "test-other"})

    cloud.ok("PUT", "/v2/image/rename", {"imageId": "", "imageIds": images, "name": "another"})

    assert [image_of(cloud, image)["name"] for image in images] == ["another", "another"]
    assert image_of(as_account(cloud, "test-other"), images[0])["name"] == "another"


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"name": "9"}, ImageNameInvalid),
        ({"name": None}, InappropriateJSON),
        ({"imageId": ""}, BadRequest),
        ({"imageIds": ["m-nobody00"]}, NoSuchObject),
        ({"imageIds": ["m-nobody00"] * 101}, BadRequest),
        ({"imageIds": [LINUX]}, OperationDenied),
    ],
)
def test_a_wrong_rename_changes_no_image(cloud, members, error):
    image = custom(cloud)

    cloud.refused(error, "PUT", "/v2/image/rename", {"imageId": image, "name": "another"} | members)


def test_a_deleted_image_is_gone_and_its_instances_stay(cloud):
    image = custom(cloud)
    instance = cloud.create(imageId=image)

    assert cloud.ok("DELETE", f"/v2/image/{image}") == {}

    cloud.refused(NoSuchObject, "DELETE", f"/v2/image/{image}")
    assert cloud.instance(instance)["imageId"] == image


@pytest.mark.parametrize("state", Image.lifecycle.states)
def test_an_image_that_is_still_being_made_is_not_deleted(cloud, state):
    image = custom(cloud)
    cloud.account.get(Image, image).state = state

    if state in BUSY:
        cloud.refused(CreatingImageCannotBeDeleted, "DELETE", f"/v2/image/{image}")
    else:
        cloud.ok("DELETE", f"/v2/image/{image}")


def test_only_an_image_of_ones_own_is_deleted(cloud):
    other = as_account(cloud, "test-other")
    theirs = custom(other)
    other.ok("POST", f"/v2/image/{theirs}?share", {"account": "test"})

    cloud.refused(UnCustomImageCannotBeDeleted, "DELETE", f"/v2/image/{LINUX}")
    cloud.refused(UnCustomImageCannotBeDeleted, "DELETE", f"/v2/image/{theirs}")


def test_an_image_that_is_shared_is_not_deleted(cloud):
    image = custom(cloud)
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": "test-other"})

    cloud.refused(ImageHasBeenSharedToOthers, "DELETE", f"/v2/image/{image}")

    cloud.ok("POST", f"/v2/image/{image}?unshare", {"account": "test-other"})
    cloud.ok("DELETE", f"/v2/image/{image}")


def test_tags_are_bound_and_taken_off(cloud):
    image = custom(cloud)
    target = f"/v2/image/{image}/tag"
    tags = [{"tagKey": "a", "tagValue": "1"}, {"tagKey": "b", "tagValue": "2"}]

    cloud.ok("PUT", f"{target}?bind&clientToken=t", {"changeTags": tags, "attachRelatedResourceTag": False})
    cloud.ok("PUT", f"{target}?bind", {"changeTags": [{"tagKey": "a", "tagValue": "3"}]})
    assert cloud.account.get(Image, image).tags == (Tag("a", "3"), Tag("b", "2"))

    cloud.ok("PUT", f"{target}?unbind", {"changeTags": tags})
    assert cloud.account.get(Image, image).tags == (Tag("a", "3"),)


@pytest.mark.parametrize("action", ["bind", "unbind"])
@pytest.mark.parametrize(
    ("image", "tags", "error"),
    [
        ("m-nobody00", [{"tagKey": "a"}], NoSuchObject),
        (LINUX, [{"tagKey": "a"}], OperationDenied),
        (LINUX, None, InappropriateJSON),
        (LINUX, [{"tagValue": "1"}], InappropriateJSON),
    ],
)
def test_a_wrong_change_of_tags_is_refused(cloud, action, image, tags, error):
    cloud.refused(error, "PUT", f"/v2/image/{image}/tag?{action}", {"changeTags": tags})
