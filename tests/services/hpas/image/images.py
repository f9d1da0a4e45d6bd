"""Images of HPAS for tests, made and seen as a client does."""

from __future__ import annotations

import copy
from typing import Any

from tests.cloud import Cloud
from tests.services.hpas.orders import ask


def creating(cloud: Cloud, hpas_id: str, name: str = "mine") -> str:
    """The id of an image that is being made of an instance."""
    made: str = ask(cloud, "CreateImage", {"hpasId": hpas_id, "imageName": name})["imageId"]
    return made


def custom(cloud: Cloud, hpas_id: str) -> str:
    """The id of an available image of an instance."""
    made = creating(cloud, hpas_id)
    cloud.clock.advance(120)
    return made


def own(cloud: Cloud) -> dict[str, dict[str, Any]]:
    """The images of the account's own, by their ids."""
    return {each["imageId"]: each for each in ask(cloud, "DescribeImages", {"imageType": "Custom"})["images"]}


def in_region(cloud: Cloud, region: str) -> Cloud:
    """The same account in another region."""
    other = copy.copy(cloud)
    other.host = f"hpas.{region}.baidubce.com"
    return other
