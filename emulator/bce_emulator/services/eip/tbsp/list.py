"""Show one of the protection packages, and list those that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.eip.ddos.status import attacks_under_way, protection_status
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.eip.tbsp.protected import protected_of
from bce_emulator.services.eip.tbsp.resource import Tbsp
from bce_emulator.services.shared.tags import TagView, show_tags

BEST_EFFORT = 0
"""How much a package withstands: as much as there is at the moment."""


class ListTbspRequest(Model):
    """Filters are parts of the id and of the name, and are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str = ""
    name: str = ""
    status: str = ""


class DetailTbspRequest(Model):
    """Which package to look at."""

    id: str


class TbspIpView(TypedDict):
    """A protected address, and what happens with its traffic."""

    ip: str
    status: str


class AttackingRecordView(TypedDict):
    """An attack that is under way."""

    ip: str
    startTime: str


class TbspView(TypedDict):
    """A protection package with what it protects."""

    name: str
    id: str
    defenseLineType: str
    defenseCountQuota: int
    ipList: list[TbspIpView]
    ipTotalCount: int
    autoRenewSwitch: int
    productStatus: str
    createTime: str
    expireTime: str
    defenseEnable: int
    attackingRecordList: list[AttackingRecordView]
    attackingRecordTotalCount: int
    tags: list[TagView]


class ListTbspResponse(Page):
    """One page of the packages."""

    detailList: list[TbspView]


@operation("GET /v1/tbsp", basis="client")
def list_tbsp(account: AccountRegion, request: ListTbspRequest) -> ListTbspResponse:
    """List the protection packages that fit all filters, newest first."""
    status = spelled(request.status, Tbsp.lifecycle.states, "status") if request.status else ""

    def fits(tbsp: Tbsp) -> bool:
        return request.id in tbsp.id and request.name in tbsp.name and status in {"", tbsp.status}

    def show(tbsp: Tbsp) -> TbspView:
        return _show(account, tbsp)

    return page(ListTbspResponse, account, Tbsp, "detailList", show, request.marker, request.max_keys, fits)


@operation("GET /v1/tbsp/{id}", errors=[NoSuchObject], basis="client")
def detail_tbsp(account: AccountRegion, request: DetailTbspRequest) -> TbspView:
    """Show one protection package."""
    return _show(account, account.get(Tbsp, request.id))


def _show(account: AccountRegion, tbsp: Tbsp) -> TbspView:
    eips = [eip for protected in protected_of(account, tbsp) if (eip := account.find(Eip, protected.eip_id))]
    attacks: list[AttackingRecordView] = [
        {"ip": eip.address, "startTime": iso(attack.started)}
        for eip in eips
        for attack in attacks_under_way(account, eip)
    ]
    return {
        "name": tbsp.name,
        "id": tbsp.id,
        "defenseLineType": tbsp.line,
        "defenseCountQuota": tbsp.capacity,
        "ipList": [{"ip": eip.address, "status": protection_status(account, eip)} for eip in eips],
        "ipTotalCount": len(eips),
        "autoRenewSwitch": int(tbsp.auto_renew_months > 0),
        "productStatus": tbsp.status,
        "createTime": iso(tbsp.created),
        "expireTime": iso(tbsp.expires),
        "defenseEnable": BEST_EFFORT,
        "attackingRecordList": attacks,
        "attackingRecordTotalCount": len(attacks),
        "tags": show_tags(tbsp.tags),
    }
