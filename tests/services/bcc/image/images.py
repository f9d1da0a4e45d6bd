"""Images as the tests of this folder arrange them."""

from __future__ import annotations

import copy

from tests.cloud import Cloud


def custom(cloud: Cloud, name: str = "mine", **members) -> str:
    """The id of an available image of one's own."""
    body = {
        "name": name,
        "osName": "Centos",
        "osArch": "x86_64 (64bit)",
        "osType": "linux",
        "osVersion": "7.9",
        "bosUrl": "https://bj.bcebos.com/images/centos.qcow2",
    }
    image = cloud.ok("POST", "/v2/image/import", body | members)["id"]
    cloud.clock.advance(180)
    return image


def creating(cloud: Cloud, instance: str) -> str:
    """The id of an image that is being made of an instance."""
    return cloud.ok("POST", "/v2/image", {"imageName": "new", "instanceId": instance})["imageId"]


def image_of(cloud: Cloud, image: str) -> dict:
    """An image as a client sees it."""
    return cloud.ok("GET", f"/v2/image/{image}")["image"]


def as_account(cloud: Cloud, access_key: str) -> Cloud:
    """The same emulator as another account sees it."""
    other = copy.copy(cloud)
    other.access_key = access_key
    return other


def in_region(cloud: Cloud, region: str) -> Cloud:
    """The same account in another region."""
    other = copy.copy(cloud)
    other.host = f"bcc.{region}.baidubce.com"
    return other
