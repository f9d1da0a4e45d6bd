"""Look at images, as a client sees them."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.image.resource import Image
from tests.cloud import LINUX, SPEC, WINDOWS, ids
from tests.services.bcc.image.images import as_account, custom, image_of

MEMBERS = {
    "id", "name", "type", "desc", "status", "createTime", "osName", "osVersion", "osArch", "osBuild", "osLang", "osType",
    "specialVersion", "minDiskGb", "diskSize", "package", "encrypted", "ephemeralSize", "snapshots",
    "shareToUserNumLimit", "sharedToUserNum",
}  # fmt: skip


def listed(cloud, query=""):
    return ids(cloud.ok("GET", f"/v2/image{query}")["images"])


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_system_images_are_there_from_the_start(cloud, version):
    cloud.host = "bcc.bj.localhost"
    images = cloud.ok("GET", f"/{version}/image")["images"]

    assert LINUX in ids(images)
    assert {image["type"] for image in images} == {"System"}
    assert {image["status"] for image in images} == {"Available"}
    assert set(images[0]) == MEMBERS


@pytest.mark.parametrize(
    ("os_name", "pattern"), [("CentOS", "7.5.*"), ("CentOS", "^7.9 x86_64"), ("CentOS", "8.4 aarch")]
)
def test_public_examples_find_the_image_that_they_ask_for(cloud, os_name, pattern):
    images = cloud.ok("GET", "/v2/image?imageType=System")["images"]

    found = [image for image in images if image["osName"] == os_name and re.search(pattern, image["name"])]

    assert [image["name"] for image in found] == [f"{image['osVersion']} {image['osArch']}" for image in found]
    assert len(found) == 1


def test_one_image_is_shown_as_in_the_list(cloud):
    image = custom(cloud)

    assert image_of(cloud, image) == cloud.ok("GET", "/v2/image")["images"][0]
    assert image_of(cloud, image)["shareToUserNumLimit"] == 50


def test_an_unknown_image_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v2/image/m-nobody00")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?imageType=Custom", ["mine"]),
        ("?imageType=EbcCustom", ["bare"]),
        ("?imageType=EbcTotal", ["bare"]),
        ("?imageType=EbcSystem", []),
        ("?imageType=Sharing", ["theirs"]),
        ("?imageType=Integration", []),
        ("?imageType=Custom&imageName=in", ["mine"]),
        ("?imageType=Custom&imageName=x", []),
        ("?imageName=heir", ["theirs"]),
        ("?imageType=ALL&imageName=heir", ["theirs"]),
    ],
)
def test_images_are_listed_by_type_and_by_a_part_of_the_name(cloud, query, names):
    other = as_account(cloud, "test-other")
    custom(cloud, "mine")
    custom(cloud, "bare", generationType="EBC")
    other.ok("POST", f"/v2/image/{custom(other, 'theirs')}?share", {"account": "test"})

    assert [image["name"] for image in cloud.ok("GET", f"/v2/image{query}")["images"]] == names


def test_an_unknown_type_is_refused(cloud):
    cloud.refused(BadRequest, "GET", "/v2/image?imageType=Pirated")


def test_a_list_comes_in_pages(cloud):
    newest = custom(cloud)

    first = cloud.ok("GET", "/v2/image?maxKeys=2")
    assert first["images"][0]["id"] == newest
    assert (first["marker"], first["isTruncated"], first["maxKeys"]) == ("", True, 2)
    rest = cloud.ok("GET", f"/v2/image?marker={first['nextMarker']}")

    assert "nextMarker" not in rest
    assert ids(first["images"]) + ids(rest["images"]) == listed(cloud)


@pytest.mark.parametrize("path", ["getAvailableImagesBySpec", "getAvailableImageBySpec"])
def test_images_for_a_spec_come_ten_at_a_time(cloud, path):
    response = cloud.ok("GET", f"/v2/image/{path}?spec={SPEC}")

    assert (len(response["images"]), response["maxKeys"], response["isTruncated"]) == (10, 10, True)
    assert set(response["images"][0]) == {
        "imageId", "imageName", "osType", "osVersion", "osArch", "osName", "osLang", "minSizeInGiB",
    }  # fmt: skip


def test_at_most_a_hundred_images_for_a_spec_come_at_a_time(cloud):
    assert cloud.ok("GET", f"/v2/image/getAvailableImagesBySpec?spec={SPEC}&maxKeys=500")["maxKeys"] == 100


def test_images_for_a_spec_are_available_of_its_generation_and_system(cloud):
    bare = custom(cloud, generationType="EBC", osName="Rare")
    mine = custom(cloud, osName="Rare")
    ebc = next(spec for spec in offerings.specs() if spec.startswith("ebc."))

    def offered(spec):
        images = cloud.ok("GET", f"/v2/image/getAvailableImagesBySpec?spec={spec}&osName=Rare")["images"]
        return [image["imageId"] for image in images]

    assert offered(SPEC) == [mine]
    assert offered(ebc) == [bare]
    cloud.account.get(Image, mine).state = "Error"
    assert offered(SPEC) == []


@pytest.mark.parametrize("query", ["", "?spec=bcc.nothing.c1m1"])
def test_images_are_for_a_spec_on_offer(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v2/image/getAvailableImagesBySpec{query}")


def test_the_operating_systems_of_instances_are_shown(cloud, running):
    windows = cloud.create(imageId=WINDOWS)

    found = cloud.ok("POST", "/v2/image/os", {"instanceIds": [running, windows, running]})["osInfo"]

    assert [(os["instanceId"], os["osName"], os["osType"]) for os in found] == [
        (running, "Ubuntu", "linux"),
        (windows, "Windows Server", "windows"),
    ]
    assert set(found[0]) == {"instanceId", "osName", "osVersion", "osArch", "osType", "osLang", "specialVersion"}


def test_the_operating_system_of_an_instance_outlives_its_image(cloud):
    image = custom(cloud)
    instance = cloud.create(imageId=image)
    cloud.ok("DELETE", f"/v2/image/{image}")

    assert cloud.ok("POST", "/v2/image/os", {"instanceIds": [instance]})["osInfo"][0]["osName"] == "Centos"


@pytest.mark.parametrize("body", [None, {}, {"instanceIds": None}, {"instanceIds": []}])
def test_without_instances_no_operating_system_is_shown(cloud, body):
    assert cloud.ok("POST", "/v2/image/os?clientToken=t", body) == {"osInfo": []}


def test_the_operating_system_of_an_unknown_instance_is_not_found(cloud, running):
    cloud.refused(NoSuchObject, "POST", "/v2/image/os", {"instanceIds": [running, "i-nobody00"]})
