"""Look at EIPs: all that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.eip.create import IpVersion
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.eip.show import EipView, show_eip

STATUSES = frozenset({"", "available", "binded", "paused"})
"""The statuses that the list can be asked for, and none."""


class QueryEipListRequest(Model):
    """Filters are all to hold."""

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
    """List the EIPs that fit all filters, newest first."""
    status = request.status.lower()
    if status not in STATUSES:
        raise BadRequest("status is available, binded or paused")
    if request.instance_id and not request.instance_type:
        raise BadRequest("instanceId needs instanceType")

    def fits(eip: Eip) -> bool:
        return (
            request.ip_version == eip.ip_version
            and request.eip in {"", eip.address}
            and request.name in eip.name
            and not request.instance_type
            and status in {"", eip.status}
            and (not request.eip_ids or eip.id in request.eip_ids)
        )

    return page(
        QueryEipListResponse,
        account,
        Eip,
        "eipList",
        lambda eip: show_eip(account, eip),
        request.marker,
        request.max_keys,
        fits,
    )
