"""Images of servers, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.services.bbc.servers import BUILT, new_server


def creating(cloud: Cloud, server_id: str, name: str = "golden") -> str:
    """The id of an image that is being made."""
    made: str = cloud.ok("POST", "/v1/image", {"imageName": name, "instanceId": server_id})["imageId"]
    return made


def custom(cloud: Cloud, server_id: str = "") -> str:
    """The id of an available image of one's own."""
    made = creating(cloud, server_id or new_server(cloud))
    cloud.clock.advance(BUILT)
    return made


def image(cloud: Cloud, image_id: str) -> dict[str, Any]:
    """An image as a client sees it."""
    return cloud.ok("GET", f"/v1/image/{image_id}")["image"]


def ids(cloud: Cloud, image_type: str) -> list[str]:
    """The ids of all images of a type."""
    return [each["id"] for each in cloud.ok("GET", f"/v1/image?imageType={image_type}")["images"]]
