"""Show images for servers: one, those of a type, and those for certain flavors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bbc.image.resource import USER_QUOTA, ServerImage
from bce_emulator.services.bbc.offerings import Flavor, flavor_named, flavors

DOC = "https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"
MAX_AT_ONCE = 100


class ListImageRequest(Model):
    """Which images to list."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    image_type: Literal["All", "ALL", "System", "Custom", "Integration", "Sharing", "BbcSystem", "BbcCustom"] = "All"


class GetImageDetailRequest(Model):
    """Which image to show."""

    image_id: str


class FlavorsRequest(Model):
    """For which flavors; for all if none is named."""

    flavor_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()


class ServerImageView(TypedDict):
    """An image."""

    id: str
    name: str
    type: str
    desc: str
    status: str
    createTime: str
    osName: str
    osVersion: str
    osArch: str
    osBuild: str
    osType: str
    specialVersion: str


class ServerImageInFullView(ServerImageView):
    """An image, and with how many accounts it is shared."""

    osLang: str
    package: bool
    shareToUserNumLimit: int
    sharedToUserNum: int


class FlavorImagesView(TypedDict):
    """A flavor and its images."""

    flavorId: str
    images: list[ServerImageView]


class ListImageResponse(Page):
    """One page of images."""

    images: list[ServerImageInFullView]


class GetImageDetailResponse(TypedDict):
    """One image."""

    image: ServerImageInFullView


class FlavorImagesResponse(TypedDict):
    """The images for each flavor, in the order in which the flavors were named."""

    result: list[FlavorImagesView]


@operation("GET /v1/image", doc=DOC)
def list_image(account: AccountRegion, request: ListImageRequest) -> ListImageResponse:
    """List the images of a type, newest first."""
    wanted = request.image_type.removeprefix("Bbc")
    return page(
        ListImageResponse,
        account,
        ServerImage,
        "images",
        lambda image: _show_in_full(account, image),
        request.marker,
        request.max_keys,
        of=None if wanted in {"All", "ALL"} else ("type", wanted),
    )


@operation("GET /v1/image/{imageId}", errors=[NoSuchObject], doc=DOC)
def get_image_detail(account: AccountRegion, request: GetImageDetailRequest) -> GetImageDetailResponse:
    """Show one image."""
    return {"image": _show_in_full(account, account.get(ServerImage, request.image_id))}


@operation("POST /v1/flavor/image", errors=[NoSuchObject], basis="client")
def get_common_image(account: AccountRegion, request: FlavorsRequest) -> FlavorImagesResponse:
    """List the system images for flavors: every one is for all."""
    return _for_flavors(account, request, lambda image, _flavor: image.type == "System")


@operation("POST /v1/customFlavor/image", errors=[NoSuchObject], basis="client")
def get_custom_image(account: AccountRegion, request: FlavorsRequest) -> FlavorImagesResponse:
    """List the custom images for flavors: those that were made of a server of the flavor."""
    return _for_flavors(account, request, lambda image, flavor: image.is_custom and image.flavor_id == flavor.id)


def _for_flavors(
    account: AccountRegion, request: FlavorsRequest, fits: Callable[[ServerImage, Flavor], bool]
) -> FlavorImagesResponse:
    found = [flavor_named(flavor_id) for flavor_id in dict.fromkeys(request.flavor_ids or flavors())]
    images = list(account.collection(ServerImage).newest_first())
    return {
        "result": [
            {"flavorId": flavor.id, "images": [_show(image) for image in images if fits(image, flavor)]}
            for flavor in found
        ]
    }


def _show(image: ServerImage) -> ServerImageView:
    return {
        "id": image.id,
        "name": image.name,
        "type": image.type,
        "desc": image.desc,
        "status": image.status,
        "createTime": iso(image.created),
        "osName": image.os_name,
        "osVersion": image.os_version,
        "osArch": image.os_arch,
        "osBuild": "",
        "osType": image.os_type,
        "specialVersion": "",
    }


def _show_in_full(account: AccountRegion, image: ServerImage) -> ServerImageInFullView:
    return {
        **_show(image),
        "osLang": "ENG",
        "package": False,
        "shareToUserNumLimit": account.setting(USER_QUOTA) if image.is_custom else 0,
        "sharedToUserNum": len(image.shared_with),
    }
