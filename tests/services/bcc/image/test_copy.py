"""Copy images between regions, as a client sees it in both."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.shared.image_errors import (
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    ImageStorageFormatInvalid,
    RegionNotSupportCopy,
)
from tests.cloud import LINUX, SPEC
from tests.services.bcc.image.images import custom, image_of, in_region


@pytest.fixture
def image(cloud):
    """The id of an available image of one's own."""
    return custom(cloud)


def copied(cloud, image, **members):
    return cloud.ok("POST", f"/v2/image/{image}?remoteCopy", {"destRegion": ["gz"]} | members)["result"]


def test_a_copy_becomes_available_in_its_region(cloud, image):
    [result] = copied(cloud, image, name="far")

    there = in_region(cloud, "gz")
    copy = image_of(there, result["imageId"])
    assert result == {"region": "gz", "imageId": copy["id"], "errMsg": "", "code": ""}
    assert (copy["name"], copy["type"], copy["status"]) == ("far", "Custom", "dest_copying")
    there.refused(OperationDenied, "POST", "/v2/instanceBySpec", {"spec": SPEC, "imageId": copy["id"]})
    assert image_of(cloud, image)["status"] == "Available"
    cloud.clock.advance(300)
    assert image_of(there, copy["id"])["status"] == "Available"


def test_an_image_is_copied_to_many_regions_under_its_own_name(cloud, image):
    results = copied(cloud, image, destRegion=["gz", "su", "gz"], name="")

    assert [result["region"] for result in results] == ["gz", "su"]
    names = [image_of(in_region(cloud, result["region"]), result["imageId"])["name"] for result in results]
    assert names == ["mine", "mine"]


def test_a_region_that_is_full_says_so_for_itself(cloud, image):
    cloud.set_facts(imageQuota=1)
    custom(in_region(cloud, "gz"))

    full, created = copied(cloud, image, destRegion=["gz", "su"])

    assert full == {
        "region": "gz",
        "imageId": "",
        "errMsg": "Image number exceeds the limit.",
        "code": "Image.ImageQuotaExceedLimit",
    }
    assert created["imageId"]


def test_a_copy_that_is_given_up_is_gone(cloud, image):
    [result] = copied(cloud, image)
    there = in_region(cloud, "gz")
    target = f"/v2/image/{result['imageId']}?cancelRemoteCopy"

    assert there.ok("POST", target) == {}

    there.refused(NoSuchObject, "POST", target)
    cloud.clock.advance(300)
    there.refused(NoSuchObject, "GET", f"/v2/image/{result['imageId']}")


@pytest.mark.parametrize("state", [state for state in Image.lifecycle.states if state != "dest_copying"])
def test_only_copying_can_be_given_up(cloud, image, state):
    cloud.account.get(Image, image).state = state

    cloud.refused(ImageNotBeingCopied, "POST", f"/v2/image/{image}?cancelRemoteCopy")


@pytest.mark.parametrize("state", [state for state in Image.lifecycle.states if state != "Available"])
def test_only_an_available_image_is_copied(cloud, image, state):
    cloud.account.get(Image, image).state = state

    cloud.refused(ImageNotAvailable, "POST", f"/v2/image/{image}?remoteCopy", {"destRegion": ["gz"]})


@pytest.mark.parametrize(
    ("target", "members", "error"),
    [
        ("m-nobody00", {}, NoSuchObject),
        (LINUX, {}, ImageNotSupportCopy),
        ("", {"name": "7"}, ImageNameInvalid),
        ("", {"destRegion": ["bj"]}, RegionNotSupportCopy),
        ("", {"destRegion": ["gz", "moon"]}, RegionNotSupportCopy),
        ("", {"destRegion": []}, BadRequest),
        ("", {"destRegion": None}, InappropriateJSON),
        ("", {"destRegion": "gz"}, InappropriateJSON),
    ],
)
def test_a_wrong_copy_is_refused(cloud, image, target, members, error):
    body = {"destRegion": ["gz"], "name": "far"} | members

    cloud.refused(error, "POST", f"/v2/image/{target or image}?remoteCopy", body)


def test_an_image_in_a_foreign_format_is_not_copied(cloud, image):
    cloud.set_facts(imagesInForeignFormat=[image])

    cloud.refused(ImageStorageFormatInvalid, "POST", f"/v2/image/{image}?remoteCopy", {"destRegion": ["gz"]})
