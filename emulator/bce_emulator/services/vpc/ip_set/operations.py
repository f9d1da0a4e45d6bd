"""Sets of addresses. The published names call them IP groups, the paths and the members IP sets."""

from __future__ import annotations

from collections.abc import Sequence

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import Network, parse_network
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.ip_set.named import (
    BoundInstanceView,
    Description,
    IpVersion,
    ListRequest,
    TruncatedPage,
    bound_groups,
    check_name,
    delete_unused,
    rename,
    truncated_page,
)
from bce_emulator.services.vpc.ip_set.resource import IpSet, ListedAddress
from bce_emulator.services.vpc.quotas import check_quota

ADDRESSES = account_setting("vpc.ipSetAddressQuota", 100, "addresses and ranges in an IP set")
MAX_AT_ONCE = 10


class AddressModel(Model):
    """An address or a range of addresses, and what it is."""

    ip_address: str
    description: Description = ""


class CreateIpGroupRequest(Model):
    """A name, and the first addresses."""

    client_token: ClientToken = ""
    name: str
    ip_version: IpVersion
    ip_address_info: tuple[AddressModel, ...]
    description: Description = ""


class IpSetRef(Model):
    """Which set."""

    client_token: ClientToken = ""
    ip_set_id: str


class IpSetLook(Model):
    """Which set to look at."""

    ip_set_id: str


class UpdateIpGroupRequest(IpSetRef):
    """What the set is called and described as from now on."""

    name: str = ""
    description: Description | None = None


class AddIpAddressToIpGroupRequest(IpSetRef):
    """Which addresses to add."""

    ip_address_info: tuple[AddressModel, ...]


class RemoveIpAddressFromIpGroupRequest(IpSetRef):
    """Which addresses to take away, as plain texts."""

    ip_address_info: tuple[str, ...]


class CreateIpGroupResponse(TypedDict):
    """The set that was made."""

    ipSetId: str


class ListedAddressView(TypedDict):
    """An address or a range, as it was written."""

    ipAddress: str
    description: str


class IpSetBase(TypedDict):
    """A set of addresses."""

    ipSetId: str
    name: str
    description: str
    ipVersion: str
    ipAddressInfo: list[ListedAddressView]


class IpSetView(IpSetBase):
    """A set in a list."""

    bindedInstanceNum: int


class QueryIpGroupDetailResponse(IpSetBase):
    """One set, and the enterprise security groups with rules that name it."""

    bindedInstances: list[BoundInstanceView]


class QueryIpGroupListResponse(TruncatedPage):
    """One page of the sets."""

    ipSets: list[IpSetView]


@operation("POST /v1/ipSet", errors=[OperationDenied, LimitExceeded], doc="https://cloud.baidu.com/doc/VPC/s/2lugadv9m")
def create_ip_group(account: AccountRegion, request: CreateIpGroupRequest) -> CreateIpGroupResponse:
    """Make a set of addresses of one IP version."""
    check_name(request.name)
    addresses = _checked(account, request.ip_version, (), request.ip_address_info)
    made = IpSet(
        id=account.new_id(IpSet),
        name=request.name,
        desc=request.description,
        ip_version=request.ip_version,
        addresses=addresses,
    )
    return {"ipSetId": account.add(made).id}


@operation("GET /v1/ipSet", doc="https://cloud.baidu.com/doc/VPC/s/ylugdfy8f")
def query_ip_group_list(account: AccountRegion, request: ListRequest) -> QueryIpGroupListResponse:
    """List the sets of addresses, newest first."""

    def show(each: IpSet) -> IpSetView:
        return {**_show(each), "bindedInstanceNum": len(bound_groups(account, "ip_set_id", each.id))}

    return truncated_page(QueryIpGroupListResponse, account, IpSet, "ipSets", show, request)


@operation("GET /v1/ipSet/{ipSetId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/ylugdfy8f")
def query_ip_group_detail(account: AccountRegion, request: IpSetLook) -> QueryIpGroupDetailResponse:
    """Show one set of addresses."""
    found = account.get(IpSet, request.ip_set_id)
    return {**_show(found), "bindedInstances": bound_groups(account, "ip_set_id", found.id)}


@operation("PUT /v1/ipSet/{ipSetId}?modifyAttribute", errors=[NoSuchObject], basis="client")
def update_ip_group(account: AccountRegion, request: UpdateIpGroupRequest) -> None:
    """Rename or describe a set of addresses."""
    rename(account.get(IpSet, request.ip_set_id), request.name, request.description)


@operation("DELETE /v1/ipSet/{ipSetId}", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_ip_group(account: AccountRegion, request: IpSetRef) -> None:
    """Delete a set of addresses that no group has and no rule names."""
    delete_unused(account, account.get(IpSet, request.ip_set_id))


@operation("POST /v1/ipSet/{ipSetId}/ipAddress", errors=[NoSuchObject, OperationDenied, LimitExceeded], basis="client")
def add_ip_address_to_ip_group(account: AccountRegion, request: AddIpAddressToIpGroupRequest) -> None:
    """Add addresses to a set, all or none."""
    found = account.get(IpSet, request.ip_set_id)
    found.addresses = _checked(account, found.ip_version, found.addresses, request.ip_address_info)


@operation("POST /v1/ipSet/{ipSetId}/deleteIpAddress", errors=[NoSuchObject], basis="client")
def remove_ip_address_from_ip_group(account: AccountRegion, request: RemoveIpAddressFromIpGroupRequest) -> None:
    """Take addresses from a set, all or none."""
    found = account.get(IpSet, request.ip_set_id)
    _check_number(request.ip_address_info)
    leaving = {_network(text, found.ip_version) for text in request.ip_address_info}
    there = {_network(each.address, found.ip_version): each for each in found.addresses}
    if not leaving <= there.keys():
        raise NoSuchObject("the set does not have the address")
    found.addresses = tuple(each for network, each in there.items() if network not in leaving)


def _checked(
    account: AccountRegion, ip_version: str, kept: tuple[ListedAddress, ...], models: Sequence[AddressModel]
) -> tuple[ListedAddress, ...]:
    """The addresses of a set with those of a request among them, or the refusal."""
    _check_number(models)
    together = (*kept, *(ListedAddress(model.ip_address, model.description) for model in models))
    if len({_network(each.address, ip_version) for each in together}) < len(together):
        raise OperationDenied("the set would have an address twice")
    check_quota(account, ADDRESSES, len(together))
    return together


def _check_number(addresses: Sequence[object]) -> None:
    if not 1 <= len(addresses) <= MAX_AT_ONCE:
        raise BadRequest(f"a request has 1 to {MAX_AT_ONCE} addresses")


def _network(text: str, ip_version: str) -> Network:
    try:
        network = parse_network(text)
    except ValueError as error:
        raise BadRequest(f"ipAddress: {str(error)[:100]}") from None
    if f"IPv{network.version}" != ip_version:
        raise BadRequest(f"{text} is not {ip_version}")
    return network


def _show(each: IpSet) -> IpSetBase:
    return {
        "ipSetId": each.id,
        "name": each.name,
        "description": each.desc,
        "ipVersion": each.ip_version,
        "ipAddressInfo": [{"ipAddress": one.address, "description": one.desc} for one in each.addresses],
    }
