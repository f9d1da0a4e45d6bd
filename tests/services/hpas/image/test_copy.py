"""Images of HPAS are copied between regions, as a client sees it in both."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.shared.image_errors import (
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    ImageQuotaExceedLimit,
    RegionNotSupportCopy,
)
from tests.services.hpas.image.images import custom, in_region, own
from tests.services.hpas.orders import ask, new_instances, new_subnet

COPY = "/?action=CopyImages"
TO_GZ = {"destinationRegion": "gz", "destinationImageName": "far"}


@pytest.fixture
def image(cloud):
    """The id of an available image of one's own."""
    return custom(cloud, new_instances(cloud, new_subnet(cloud))[0])


def copied(cloud, image, *destinations):
    return ask(cloud, "CopyImages", {"imageId": image, "destinationImages": destinations})["destinationImages"]


def test_a_copy_becomes_available_in_its_region(cloud, image):
    first, second = copied(cloud, image, TO_GZ, {"destinationRegion": "su"})

    there = in_region(cloud, "gz")
    (copy,) = own(there).values()
    assert first == {
        "destinationRegion": "gz",
        "destinationImageId": copy["imageId"],
        "status": True,
        "errMsg": "",
    }
    assert (copy["name"], copy["imageStatus"]) == ("far", "dest_copying")
    assert [own(in_region(cloud, "su"))[second["destinationImageId"]]["name"]] == ["mine"]
    cloud.clock.advance(300)
    (copy,) = own(there).values()
    same = ("imageStatus", "imageType", "supportedAppType", "imageSizeInGB", "minDiskInGB")
    assert [copy[each] for each in same] == [own(cloud)[image][each] for each in same]


def test_a_region_that_is_full_says_so_for_itself(cloud, image):
    cloud.set_facts(hpasImageQuota=1)
    copied(cloud, image, TO_GZ)

    full, made = copied(cloud, image, TO_GZ, {"destinationRegion": "su", "destinationImageName": ""})

    assert (full["status"], full["destinationImageId"], full["errMsg"]) == (False, "", ImageQuotaExceedLimit.message)
    assert made["status"] is True


def test_copies_are_given_up_where_they_are_made_each_for_itself(cloud, image):
    (copy,) = copied(cloud, image, TO_GZ)
    there = in_region(cloud, "gz")

    given_up = ask(there, "CancelImagesCopy", {"imageIds": [copy["destinationImageId"], "m-nobody00"]})
    here = ask(cloud, "CancelImagesCopy", {"imageIds": [image, image]})

    assert given_up["destinationImages"] == [
        copy,
        {
            "destinationRegion": "gz",
            "destinationImageId": "m-nobody00",
            "status": False,
            "errMsg": NoSuchObject.message,
        },
    ]
    assert [each["errMsg"] for each in here["destinationImages"]] == [ImageNotBeingCopied.message]
    assert own(there) == {}
    assert own(cloud)[image]["imageStatus"] == "Available"
    cloud.refused(BadRequest, "POST", "/?action=CancelImagesCopy", {"imageIds": []})


@pytest.mark.parametrize(
    ("image_id", "destinations", "error"),
    [
        ("m-nobody00", [TO_GZ], NoSuchObject),
        ("m-Xz6svNFM", [TO_GZ], ImageNotSupportCopy),
        ("", [TO_GZ | {"destinationImageName": "7"}], ImageNameInvalid),
        ("", [TO_GZ, {"destinationRegion": "bj"}], RegionNotSupportCopy),
        ("", [TO_GZ, {"destinationRegion": "moon"}], RegionNotSupportCopy),
        ("", [TO_GZ, {"destinationRegion": "GZ"}], BadRequest),
        ("", [], BadRequest),
    ],
)
def test_a_wrong_copy_is_refused(cloud, image, image_id, destinations, error):
    cloud.refused(error, "POST", COPY, {"imageId": image_id or image, "destinationImages": destinations})

    assert own(in_region(cloud, "gz")) == {}


@pytest.mark.parametrize("state", [state for state in HpasImage.lifecycle.states if state != "Available"])
def test_only_an_available_image_is_copied(cloud, image, state):
    cloud.account.get(HpasImage, image).state = state

    cloud.refused(ImageNotAvailable, "POST", COPY, {"imageId": image, "destinationImages": [TO_GZ]})
