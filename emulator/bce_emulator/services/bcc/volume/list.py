"""Show a volume, and list those that fit some filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.bcc.volume.show import VolumeView, product_of, show_volume

PAYMENTS = {"postpay": "Postpaid", "prepay": "Prepaid"}


class GetVolumeRequest(Model):
    """Which volume to show."""

    volume_id: str


class VolumeFilters(Model):
    """The filters that both generations of the list have; a volume has to fit all of them."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    zone_name: str = ""
    charge_filter: Literal["postpay", "prepay"] | None = None
    usage_filter: Literal["system", "data"] | None = None
    name: str = ""


class ListVolumesRequest(VolumeFilters):
    """Which volumes to list; with an instance, its system disk is among them."""

    cluster_id: str = ""
    product_category: Literal["BCC", "HPAS"] | None = None
    volume_ids: tuple[str, ...] = ()


class GetVolumeResponse(TypedDict):
    """One volume."""

    volume: VolumeView


class ListVolumesResponse(Page):
    """One page of the volumes."""

    volumes: list[VolumeView]


@operation("GET /v2/volume/{volumeId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Sjwvyo5be")
def get_volume(account: AccountRegion, request: GetVolumeRequest) -> GetVolumeResponse:
    """Show one volume."""
    return {"volume": show_volume(account, account.get(Volume, request.volume_id))}


@operation("GET /v2/volume", doc="https://cloud.baidu.com/doc/BCC/s/Sjwvyo5be-en")
def list_volumes(account: AccountRegion, request: ListVolumesRequest) -> ListVolumesResponse:
    """List the volumes that fit all filters, newest first."""
    fits = filter_of(request)

    def where(volume: Volume) -> bool:
        return (
            fits(volume)
            and request.product_category in {None, product_of(account, volume)}
            and request.cluster_id in {"", volume.cluster_id}
            and (not request.volume_ids or volume.id in request.volume_ids)
        )

    return page(
        ListVolumesResponse,
        account,
        Volume,
        "volumes",
        lambda volume: show_volume(account, volume),
        request.marker,
        request.max_keys,
        where,
    )


def filter_of(request: VolumeFilters) -> Callable[[Volume], bool]:
    """Whether a volume fits the filters that both generations have."""
    payment = PAYMENTS[request.charge_filter] if request.charge_filter else ""

    def fits(volume: Volume) -> bool:
        return (
            request.instance_id in {"", volume.instance_id}
            and request.zone_name in {"", volume.zone}
            and payment in {"", volume.payment}
            and request.name in {"", volume.name}
            and (request.usage_filter is None or (request.usage_filter == "system") == (volume.type == SYSTEM))
        )

    return fits
