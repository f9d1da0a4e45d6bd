"""Groups of sets of addresses. The published names call them IP sets, the paths and the members IP groups."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.ip_group.resource import IpGroup
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
from bce_emulator.services.vpc.ip_set.resource import IpSet
from bce_emulator.services.vpc.quotas import check_quota

SETS = account_setting("vpc.ipGroupSetQuota", 5, "IP sets in an IP group")
MAX_AT_ONCE = 5


class CreateIpSetRequest(Model):
    """A name, and the first sets."""

    client_token: ClientToken = ""
    name: str
    ip_version: IpVersion
    ip_set_ids: tuple[str, ...]
    description: Description = ""


class IpGroupRef(Model):
    """Which group."""

    client_token: ClientToken = ""
    ip_group_id: str


class IpGroupLook(Model):
    """Which group to look at."""

    ip_group_id: str


class UpdateIpSetRequest(IpGroupRef):
    """What the group is called and described as from now on."""

    name: str = ""
    description: Description | None = None


class AddIpGroupToIpSetRequest(IpGroupRef):
    """Which sets to put into the group."""

    ip_set_ids: tuple[str, ...]


class RemoveIpGroupFromIpSetRequest(IpGroupRef):
    """Which sets to take out of the group."""

    ip_set_ids: tuple[str, ...]


class CreateIpSetResponse(TypedDict):
    """The group that was made."""

    ipGroupId: str


class IpGroupBase(TypedDict):
    """A group of sets."""

    ipGroupId: str
    name: str
    description: str
    ipVersion: str
    ipSetIds: list[str]


class IpGroupView(IpGroupBase):
    """A group in a list."""

    bindedInstanceNum: int


class QueryIpSetDetailResponse(IpGroupBase):
    """One group, and the enterprise security groups with rules that name it."""

    bindedInstances: list[BoundInstanceView]


class QueryIpSetListResponse(TruncatedPage):
    """One page of the groups."""

    ipGroups: list[IpGroupView]


@operation("POST /v1/ipGroup", errors=[NoSuchObject, LimitExceeded], basis="client")
def create_ip_set(account: AccountRegion, request: CreateIpSetRequest) -> CreateIpSetResponse:
    """Make a group of sets of one IP version."""
    check_name(request.name)
    _check_sets(account, request.ip_version, request.ip_set_ids)
    check_quota(account, SETS, len(request.ip_set_ids))
    made = IpGroup(
        id=account.new_id(IpGroup),
        name=request.name,
        desc=request.description,
        ip_version=request.ip_version,
        ip_set_ids=request.ip_set_ids,
    )
    return {"ipGroupId": account.add(made).id}


@operation("GET /v1/ipGroup", basis="client")
def query_ip_set_list(account: AccountRegion, request: ListRequest) -> QueryIpSetListResponse:
    """List the groups of sets, newest first."""

    def show(group: IpGroup) -> IpGroupView:
        return {**_show(group), "bindedInstanceNum": len(bound_groups(account, "ip_group_id", group.id))}

    return truncated_page(QueryIpSetListResponse, account, IpGroup, "ipGroups", show, request)


@operation("GET /v1/ipGroup/{ipGroupId}", errors=[NoSuchObject], basis="client")
def query_ip_set_detail(account: AccountRegion, request: IpGroupLook) -> QueryIpSetDetailResponse:
    """Show one group of sets."""
    group = account.get(IpGroup, request.ip_group_id)
    return {**_show(group), "bindedInstances": bound_groups(account, "ip_group_id", group.id)}


@operation("PUT /v1/ipGroup/{ipGroupId}?modifyAttribute", errors=[NoSuchObject], basis="client")
def update_ip_set(account: AccountRegion, request: UpdateIpSetRequest) -> None:
    """Rename or describe a group of sets."""
    rename(account.get(IpGroup, request.ip_group_id), request.name, request.description)


@operation("DELETE /v1/ipGroup/{ipGroupId}", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_ip_set(account: AccountRegion, request: IpGroupRef) -> None:
    """Delete a group that no rule names; its sets stay."""
    delete_unused(account, account.get(IpGroup, request.ip_group_id))


@operation(
    "POST /v1/ipGroup/{ipGroupId}/bindIpSet", errors=[NoSuchObject, OperationDenied, LimitExceeded], basis="client"
)
def add_ip_group_to_ip_set(account: AccountRegion, request: AddIpGroupToIpSetRequest) -> None:
    """Put sets into a group, all or none."""
    group = account.get(IpGroup, request.ip_group_id)
    _check_sets(account, group.ip_version, request.ip_set_ids)
    if not set(request.ip_set_ids).isdisjoint(group.ip_set_ids):
        raise OperationDenied("the group has the set already")
    check_quota(account, SETS, len(group.ip_set_ids) + len(request.ip_set_ids))
    group.ip_set_ids = (*group.ip_set_ids, *request.ip_set_ids)


@operation("POST /v1/ipGroup/{ipGroupId}/unbindIpSet", errors=[NoSuchObject], basis="client")
def remove_ip_group_from_ip_set(account: AccountRegion, request: RemoveIpGroupFromIpSetRequest) -> None:
    """Take sets out of a group, all or none."""
    group = account.get(IpGroup, request.ip_group_id)
    _check_number(request.ip_set_ids)
    if not set(request.ip_set_ids) <= set(group.ip_set_ids):
        raise NoSuchObject("the group does not have the set")
    group.ip_set_ids = tuple(each for each in group.ip_set_ids if each not in request.ip_set_ids)


def _check_sets(account: AccountRegion, ip_version: str, ids: tuple[str, ...]) -> None:
    _check_number(ids)
    if any(account.get(IpSet, each).ip_version != ip_version for each in ids):
        raise BadRequest(f"a set is not {ip_version}")


def _check_number(ids: tuple[str, ...]) -> None:
    if not 1 <= len(ids) <= MAX_AT_ONCE or len(set(ids)) < len(ids):
        raise BadRequest(f"a request has 1 to {MAX_AT_ONCE} sets, each once")


def _show(group: IpGroup) -> IpGroupBase:
    return {
        "ipGroupId": group.id,
        "name": group.name,
        "description": group.desc,
        "ipVersion": group.ip_version,
        "ipSetIds": list(group.ip_set_ids),
    }
