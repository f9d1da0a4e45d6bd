"""Show one of the shared bandwidths, and list those that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.eip.eip.show import EipView, PackageView, eip_renderer, show_packages
from bce_emulator.services.eip.group.lifecycle import LIFECYCLE
from bce_emulator.services.eip.group.members import members_of
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.shared.tags import TagView, show_tags


class ListEipGroupRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str = ""
    name: str = ""
    status: str = ""


class GetEipGroupRequest(Model):
    """Which shared bandwidth to look at."""

    id: str


class EipGroupView(PackageView):
    """A shared bandwidth with its EIPs; what it has none of is an empty text."""

    name: str
    status: str
    id: str
    bandwidthInMbps: int
    paymentTiming: str
    billingMethod: str
    createTime: str
    expireTime: str
    region: str
    routeType: str
    eips: list[EipView]
    eipv6s: list[EipView]
    tags: list[TagView]


class ListEipGroupResponse(Page):
    """One page of the shared bandwidths."""

    eipgroups: list[EipGroupView]


@operation("GET /v1/eipgroup", doc="https://cloud.baidu.com/doc/EIP/s/Ujwvz2yd6-en")
def list_eip_group(account: AccountRegion, request: ListEipGroupRequest) -> ListEipGroupResponse:
    """List the shared bandwidths that fit all filters, newest first."""
    status = spelled(request.status, (*LIFECYCLE.states, "deleting"), "status") if request.status else ""

    def wanted(group: EipGroup) -> bool:
        return request.id in {"", group.id} and request.name in group.name and status in {"", group.status}

    return page(
        ListEipGroupResponse,
        account,
        EipGroup,
        "eipgroups",
        lambda group: _show(account, group),
        request.marker,
        request.max_keys,
        wanted,
    )


@operation(
    "GET /v1/eipgroup/{id}", errors=[NoSuchObject], doc="https://intl.cloud.baidu.com/en/doc/EIP/s/Zjwvz2xzs-intl-en"
)
def get_eip_group(account: AccountRegion, request: GetEipGroupRequest) -> EipGroupView:
    """Show one shared bandwidth."""
    return _show(account, account.get(EipGroup, request.id))


def _show(account: AccountRegion, group: EipGroup) -> EipGroupView:
    show = eip_renderer(account)
    return {
        "name": group.name,
        "status": group.status,
        "id": group.id,
        "bandwidthInMbps": group.bandwidth,
        **show_packages(account, group.id),
        "paymentTiming": group.payment,
        "billingMethod": group.billing_method,
        "createTime": iso(group.created),
        "expireTime": "" if group.expires is None else iso(group.expires),
        "region": account.region,
        "routeType": group.route_type,
        "eips": [show(eip) for eip in members_of(account, group, "ipv4")],
        "eipv6s": [show(eip) for eip in members_of(account, group, "ipv6")],
        "tags": show_tags(group.tags),
    }
