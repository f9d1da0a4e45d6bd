"""Resource groups: made, listed, and filled with resources of other products in any region."""

from __future__ import annotations

from typing import Annotated, Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import IN_QUERY, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.resourcemanager.group.resource import ResourceGroup
from bce_emulator.services.shared.regions import home_of, region_named
from bce_emulator.services.shared.resource_groups import find_grouped
from bce_emulator.services.shared.tags import TagView, show_tags

MAX_NAME, MAX_AT_ONCE = 65, 100
ALL_WELL = "success"


class CreateResourceGroupRequest(Model):
    """What the group is called, and what else is said of it."""

    name: str
    extra: str = ""


class QueryGroupListRequest(Model):
    """Which groups: those whose name contains this."""

    name: str = ""


class ResourceBrief(Model):
    """A resource of any product."""

    resource_id: str
    resource_type: str
    resource_region: str


class BindingModel(ResourceBrief):
    """A resource, and the group it is in or comes into."""

    group_id: str


class BindResourceToGroupRequest(Model):
    """Which resources come into which groups; forced, also those that are in another one."""

    force: Annotated[LenientBool, IN_QUERY] = False
    bindings: tuple[BindingModel, ...]


class RemoveResourceFromGroupRequest(Model):
    """Which resources leave which groups."""

    force: Annotated[LenientBool, IN_QUERY] = False
    bindings: tuple[BindingModel, ...]


class MoveModel(Model):
    """A resource with the group it is in, and the one it is to be in."""

    target_group_id: str
    old_group_res_info: BindingModel


class ChangeResourceGroupRequest(Model):
    """Which resources change their groups."""

    force: Annotated[LenientBool, IN_QUERY] = False
    move_res_models: tuple[MoveModel, ...]


class GetResGroupBatchRequest(Model):
    """Of which resources the groups are asked for."""

    resource_briefs: tuple[ResourceBrief, ...]


class CreateResourceGroupResponse(TypedDict):
    """The group that was made."""

    groupId: str


class GroupTreeView(TypedDict):
    """A group in the list."""

    parentId: str
    groupId: str
    name: str
    extra: str
    children: list[str]


class QueryGroupListResponse(TypedDict):
    """The groups."""

    groups: list[GroupTreeView]


class GroupView(TypedDict):
    """A group that a resource is in."""

    name: str
    extra: str
    parentUuid: str
    groupId: str


class GroupInFullView(GroupView):
    """The same, with whose it is and since when."""

    accountId: str
    userId: str
    createTime: str
    updateTime: str
    deleteTime: str
    bindTime: str


class GroupedResourceBase(TypedDict):
    """A resource, as Resource Manager knows it."""

    accountId: str
    userId: str
    name: str
    type: str
    region: str
    id: str
    uuid: str
    summary: str
    url: str


class ChangedResourceView(GroupedResourceBase):
    """A resource whose group has changed."""

    groups: list[GroupView]


class ChangedResourcesResponse(TypedDict):
    """What has changed."""

    status: str
    resGroups: list[ChangedResourceView]


class ResourceInGroupsView(GroupedResourceBase):
    """A resource with its tags and groups."""

    tags: list[TagView]
    groups: list[GroupInFullView]


class GetResGroupBatchResponse(TypedDict):
    """Those of the resources that there are."""

    resGroups: list[ResourceInGroupsView]


@operation("POST /v1/res/group", errors=[OperationDenied], basis="client")
def create_resource_group(account: AccountRegion, request: CreateResourceGroupRequest) -> CreateResourceGroupResponse:
    """Make a resource group."""
    home = home_of(account)
    if not 1 <= len(request.name) <= MAX_NAME:
        raise BadRequest(f"name has 1 to {MAX_NAME} characters")
    if home.find_by(ResourceGroup, "name", request.name):
        raise OperationDenied("a resource group has this name")
    group = ResourceGroup(id=home.new_id(ResourceGroup), name=request.name, extra=request.extra)
    return {"groupId": home.add(group).id}


@operation("GET /v1/res/group", basis="client")
def query_group_list(account: AccountRegion, request: QueryGroupListRequest) -> QueryGroupListResponse:
    """List the resource groups, oldest first; each is at the top, as none can be made in another."""
    groups = [each for each in home_of(account).all(ResourceGroup) if request.name in each.name]
    return {
        "groups": [
            {"parentId": "", "groupId": each.id, "name": each.name, "extra": each.extra, "children": []}
            for each in groups
        ]
    }


@operation("POST /v1/res/resource", errors=[NoSuchObject, OperationDenied], basis="client")
def bind_resource_to_group(account: AccountRegion, request: BindResourceToGroupRequest) -> ChangedResourcesResponse:
    """Put resources into groups, all or none."""
    _check_number(request.bindings)
    found = [_found(account, each) for each in request.bindings]
    for each, resource in zip(request.bindings, found, strict=True):
        home_of(account).get(ResourceGroup, each.group_id)
        if resource.resource_group_id not in {"", each.group_id} and not request.force:
            raise OperationDenied(f"{resource.id} is in {resource.resource_group_id}")
    return _changed(account, request.bindings, found, [each.group_id for each in request.bindings])


@operation("PUT /v1/res/resource", errors=[NoSuchObject], basis="client")
def remove_resource_from_group(account: AccountRegion, request: RemoveResourceFromGroupRequest) -> None:
    """Take resources out of their groups, all or none."""
    _check_number(request.bindings)
    for resource in [_in_group(account, each) for each in request.bindings]:
        resource.resource_group_id = ""


@operation("POST /v1/res/resource/move", errors=[NoSuchObject], basis="client")
def change_resource_group(account: AccountRegion, request: ChangeResourceGroupRequest) -> ChangedResourcesResponse:
    """Move resources from the groups that they are in to others, all or none."""
    moves = request.move_res_models
    _check_number(moves)
    found = [_in_group(account, each.old_group_res_info) for each in moves]
    targets = [home_of(account).get(ResourceGroup, each.target_group_id).id for each in moves]
    return _changed(account, [each.old_group_res_info for each in moves], found, targets)


@operation("POST /v1/res/resource/batch/queryGroupRes", basis="client")
def get_res_group_batch(account: AccountRegion, request: GetResGroupBatchRequest) -> GetResGroupBatchResponse:
    """Say which groups resources are in; what there is not is left out."""
    _check_number(request.resource_briefs)
    shown: list[ResourceInGroupsView] = []
    for brief in request.resource_briefs:
        resource = _find(account, brief)
        if resource is not None:
            groups = _groups(account, resource)
            shown.append({**_show(account, brief, resource), "tags": show_tags(resource.tags), "groups": groups})
    return {"resGroups": shown}


def _check_number(asked: tuple[object, ...]) -> None:
    if not 1 <= len(asked) <= MAX_AT_ONCE:
        raise BadRequest(f"a request is about 1 to {MAX_AT_ONCE} resources")


def _find(account: AccountRegion, brief: ResourceBrief) -> Any | None:
    region = region_named(brief.resource_region)
    return find_grouped(account.in_region(region), brief.resource_type, brief.resource_id) if region else None


def _found(account: AccountRegion, brief: ResourceBrief) -> Any:
    resource = _find(account, brief)
    if resource is None:
        raise NoSuchObject(f"no {brief.resource_type} in {brief.resource_region} has this id")
    return resource


def _in_group(account: AccountRegion, binding: BindingModel) -> Any:
    resource = _found(account, binding)
    if resource.resource_group_id != binding.group_id or not binding.group_id:
        raise NoSuchObject(f"{resource.id} is not in this group")
    return resource


def _changed(
    account: AccountRegion, briefs: tuple[BindingModel, ...] | list[BindingModel], found: list[Any], groups: list[str]
) -> ChangedResourcesResponse:
    shown: list[ChangedResourceView] = []
    for brief, resource, group_id in zip(briefs, found, groups, strict=True):
        resource.resource_group_id = group_id
        shown.append({**_show(account, brief, resource), "groups": [_group(account, group_id)]})
    return {"status": ALL_WELL, "resGroups": shown}


def _show(account: AccountRegion, brief: ResourceBrief, resource: Any) -> GroupedResourceBase:
    return {
        "accountId": account.name,
        "userId": account.name,
        "name": resource.name,
        "type": brief.resource_type,
        "region": brief.resource_region,
        "id": resource.id,
        "uuid": "",
        "summary": "",
        "url": "",
    }


def _group(account: AccountRegion, group_id: str) -> GroupView:
    group = home_of(account).find(ResourceGroup, group_id)
    name, extra = (group.name, group.extra) if group else ("", "")
    return {"name": name, "extra": extra, "parentUuid": "", "groupId": group_id}


def _groups(account: AccountRegion, resource: Any) -> list[GroupInFullView]:
    """The group that a resource is in. One that was named when it was made need not be one of the account's."""
    if not resource.resource_group_id:
        return []
    group = home_of(account).find(ResourceGroup, resource.resource_group_id)
    made = iso(group.created) if group else ""
    return [
        {
            **_group(account, resource.resource_group_id),
            "accountId": account.name,
            "userId": account.name,
            "createTime": made,
            "updateTime": made,
            "deleteTime": "",
            "bindTime": "",
        }
    ]
