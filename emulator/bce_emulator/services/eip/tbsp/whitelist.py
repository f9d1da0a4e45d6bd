"""Whitelists of protected EIPs: whose traffic is never cleaned."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.resource import address_of
from bce_emulator.services.eip.tbsp.protected import ProtectedRef, changeable
from bce_emulator.services.eip.tbsp.resource import ProtectedEip, Tbsp, WhitelistEntry
from bce_emulator.services.shared.cidr import parse_network

ERRORS = [NoSuchObject, OperationDenied]


class ListTbspIpWhitelistRequest(Model):
    """Which package, and parts of the protected address and of the range."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str
    ip: str = ""
    ip_cidr: str = ""


class AddTbspIpWhitelistRequest(ProtectedRef):
    """Addresses, or ranges of them."""

    ip_cidr_list: tuple[str, ...] = ()


class RemoveTbspIpWhitelistRequest(ProtectedRef):
    """Which entry."""

    whitelist_id: str = ""


class IpWhitelistView(TypedDict):
    """An entry, as it was written."""

    ip: str
    whitelistId: str
    ipCidr: str


class ListTbspIpWhitelistResponse(Page):
    """One page of the entries of a package."""

    ipWhitelistList: list[IpWhitelistView]


@operation("GET /v1/tbsp/{id}/ipWhitelist", errors=[NoSuchObject], basis="client")
def list_tbsp_ip_whitelist(account: AccountRegion, request: ListTbspIpWhitelistRequest) -> ListTbspIpWhitelistResponse:
    """List the whitelist entries of a package's EIPs, newest first."""
    tbsp = account.get(Tbsp, request.id)

    def fits(entry: WhitelistEntry) -> bool:
        protected = account.find(ProtectedEip, entry.protected_id)
        return (
            protected is not None
            and protected.tbsp_id == tbsp.id
            and request.ip.lower() in address_of(account, protected.eip_id)
            and request.ip_cidr.lower() in entry.cidr.lower()
        )

    def show(entry: WhitelistEntry) -> IpWhitelistView:
        protected = account.get(ProtectedEip, entry.protected_id)
        return {"ip": address_of(account, protected.eip_id), "whitelistId": entry.id, "ipCidr": entry.cidr}

    return page(
        ListTbspIpWhitelistResponse,
        account,
        WhitelistEntry,
        "ipWhitelistList",
        show,
        request.marker,
        request.max_keys,
        fits,
    )


@operation("POST /v1/tbsp/{id}/ipWhitelist", errors=ERRORS, basis="client")
def add_tbsp_ip_whitelist(account: AccountRegion, request: AddTbspIpWhitelistRequest) -> None:
    """Add addresses to the whitelist of a protected EIP, all or none."""
    cidrs = request.ip_cidr_list
    if not cidrs or len(set(map(_network, cidrs))) < len(cidrs):
        raise BadRequest("ipCidrList names one range at least, each once")
    protected = changeable(account, request)
    there = {_network(entry.cidr) for entry in account.where(WhitelistEntry, "protected_id", protected.id)}
    for cidr in cidrs:
        if _network(cidr) in there:
            raise OperationDenied(f"{cidr} is in the list already")
    for cidr in cidrs:
        account.add(WhitelistEntry(id=account.new_id(WhitelistEntry), protected_id=protected.id, cidr=cidr))


@operation("DELETE /v1/tbsp/{id}/ipWhitelist", errors=ERRORS, basis="client")
def remove_tbsp_ip_whitelist(account: AccountRegion, request: RemoveTbspIpWhitelistRequest) -> None:
    """Remove an entry from the whitelist of a protected EIP."""
    if not request.whitelist_id:
        raise BadRequest("whitelistId is needed")
    protected = changeable(account, request)
    entry = account.get(WhitelistEntry, request.whitelist_id)
    if entry.protected_id != protected.id:
        raise NoSuchObject(f"{entry.id} is of another EIP")
    account.remove(entry)


def _network(text: str) -> str:
    """The range that a text means, however it is written."""
    try:
        return str(parse_network(text))
    except ValueError as error:
        raise BadRequest(f"ipCidrList: {error}") from None
