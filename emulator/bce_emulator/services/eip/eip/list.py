"""List the EIPs that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.eip.bind import INSTANCE_TYPES
from bce_emulator.services.eip.eip.lifecycle import RECYCLED
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.eip.show import EipView, eip_renderer
from bce_emulator.services.eip.payment import IpVersion, spelled

STATUSES = ("available", "binded", "paused")
"""The statuses that the list can be asked for."""


class QueryEipListRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    eip: str = ""
    name: str = ""
    instance_type: str = ""
    instance_id: str = ""
    status: str = ""
    eip_ids: tuple[str, ...] = ()
    ip_version: IpVersion = "ipv4"


class QueryEipListResponse(Page):
    """One page of the EIPs."""

    eipList: list[EipView]


@operation("GET /v1/eip", doc="https://cloud.baidu.com/doc/EIP/s/Pjwvz30qy-en")
def query_eip_list(account: AccountRegion, request: QueryEipListRequest) -> QueryEipListResponse:
    """List the EIPs that fit all filters, newest first; those in the recycle bin have a list of their own."""
    status = spelled(request.status, STATUSES, "status") if request.status else ""
    type_ = spelled(request.instance_type, INSTANCE_TYPES, "instanceType") if request.instance_type else ""
    if request.instance_id and not type_:
        raise BadRequest("instanceId needs instanceType")
    ip_version, name, instance_id, ids = request.ip_version, request.name, request.instance_id, request.eip_ids
    address = request.eip.lower()

    def fits(eip: Eip) -> bool:
        return (
            eip.ip_version == ip_version
            and eip.state != RECYCLED
            and (not address or address == eip.address)
            and name in eip.name
            and (not type_ or type_ == eip.instance_type)
            and (not instance_id or instance_id == eip.instance_id)
            and (not status or status == eip.status)
            and (not ids or eip.id in ids)
        )

    return page(
        QueryEipListResponse,
        account,
        Eip,
        "eipList",
        eip_renderer(account),
        request.marker,
        request.max_keys,
        fits,
    )
