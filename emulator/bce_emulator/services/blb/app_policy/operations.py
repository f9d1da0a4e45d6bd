"""Make the policies of a listener, list, change and delete them."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.app_ip_group.resource import AppIpGroup
from bce_emulator.services.blb.app_policy.resource import AppPolicy
from bce_emulator.services.blb.app_policy.rules import (
    MAX_PRIORITY,
    PolicyModel,
    check_policy_quotas,
    check_priorities,
    new_policies,
)
from bce_emulator.services.blb.app_reference import AppBlbPage
from bce_emulator.services.blb.app_server_group.resource import AppServerGroup
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.rules import check_description
from bce_emulator.services.blb.errors import InstanceNotFound, ListenerNotFound, QuotaExceeded
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.blb.listener.rules import get_listener

DOC = "https://cloud.baidu.com/doc/BLB/s/Imrlvounc"
ListenerType = Literal["TCP", "UDP", "HTTP", "HTTPS", "SSL"]


class CreateAppBlbPolicyRequest(BlbRef):
    """Which listener is to have which policies."""

    listener_port: Port
    type: ListenerType | None = None
    app_policy_vos: tuple[PolicyModel, ...]


class DescribeAppBlbPolicyRequest(AppBlbPage):
    """The policies of which listener to list."""

    port: Port
    type: ListenerType | None = None


class PolicyChange(Model):
    """What a policy is to have from now on; what is absent stays."""

    policy_id: str
    priority: Annotated[LenientInt, Field(ge=1, le=MAX_PRIORITY)] | None = None
    description: str | None = None


class UpdateAppBlbPolicyRequest(BlbRef):
    """Which policies of which listener to change."""

    port: Port
    type: ListenerType
    policy_list: tuple[PolicyChange, ...]


class DeleteAppBlbPolicyRequest(BlbRef):
    """Which policies of which listener to delete."""

    port: Port
    type: ListenerType | None = None
    policy_id_list: tuple[str, ...]


class CreateAppBlbPolicyResponse(TypedDict):
    """The policies that were made, in the order of the request."""

    idList: list[str]


class RuleView(TypedDict):
    """What a request has to have."""

    key: str
    value: str


class AppPolicyView(TypedDict):
    """A policy, and the server group or IP group that it leads to."""

    id: str
    desc: str
    groupType: str
    appServerGroupId: NotRequired[str]
    appServerGroupName: NotRequired[str]
    appIpGroupId: NotRequired[str]
    appIpGroupName: NotRequired[str]
    frontendPort: int
    type: str
    backendPort: int
    portType: str
    priority: int
    ruleList: list[RuleView]


class DescribeAppBlbPolicyResponse(Page):
    """One page of the policies of a listener."""

    policyList: list[AppPolicyView]


@operation(
    "POST /v1/appblb/{blbId}/policys",
    errors=[*CHANGES, ListenerNotFound, NoSuchObject, QuotaExceeded],
    doc="https://cloud.baidu.com/doc/BLB/s/Ammvwpgol",
)
def create_app_blb_policy(account: AccountRegion, request: CreateAppBlbPolicyRequest) -> CreateAppBlbPolicyResponse:
    """Have a listener lead what fits some rules to a server group or an IP group, several times at once."""
    balancer = application(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.listener_port, request.type or "")
    wanted = new_policies(account, balancer, listener, request.app_policy_vos)
    check_change(account, balancer)
    check_policy_quotas(account, balancer, listener, request.app_policy_vos)
    begin_change(account, balancer)
    made = [
        account.add(AppPolicy(id=account.new_id(AppPolicy), blb_id=balancer.id, listener_id=listener.id, **fields))
        for fields in wanted
    ]
    return {"idList": [policy.id for policy in made]}


@operation(
    "GET /v1/appblb/{blbId}/policys",
    errors=[InstanceNotFound, ListenerNotFound],
    doc="https://cloud.baidu.com/doc/BLB/s/Umrlvoucx",
)
def describe_app_blb_policy(
    account: AccountRegion, request: DescribeAppBlbPolicyRequest
) -> DescribeAppBlbPolicyResponse:
    """List the policies of a listener, newest first."""
    balancer = application(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.port, request.type or "")
    return page(
        DescribeAppBlbPolicyResponse,
        account,
        AppPolicy,
        "policyList",
        lambda policy: _show(account, policy, listener),
        request.marker,
        request.max_keys,
        of=("listener_id", listener.id),
    )


@operation("PUT /v1/appblb/{blbId}/policys?batchupdate", errors=[*CHANGES, ListenerNotFound, NoSuchObject], doc=DOC)
def update_app_blb_policy(account: AccountRegion, request: UpdateAppBlbPolicyRequest) -> None:
    """Give policies of a listener other priorities or descriptions, all or none."""
    balancer = application(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.port, request.type)
    changes = {each.policy_id: each for each in request.policy_list}
    if not changes or any(each.priority is None and each.description is None for each in changes.values()):
        raise BadRequest("policyList names policies, each with a priority or a description")
    for each in changes.values():
        check_description(each.description or "")
    policies = _policies(account, listener, list(changes))
    after = {policy.id: policy.priority for policy in account.where(AppPolicy, "listener_id", listener.id)}
    after |= {policy_id: each.priority for policy_id, each in changes.items() if each.priority is not None}
    check_priorities(after.values())
    begin_change(account, balancer)
    for policy in policies:
        policy.priority = after[policy.id]
        description = changes[policy.id].description
        policy.desc = policy.desc if description is None else description


@operation("PUT /v1/appblb/{blbId}/policys?batchdelete", errors=[*CHANGES, ListenerNotFound, NoSuchObject], doc=DOC)
def delete_app_blb_policy(account: AccountRegion, request: DeleteAppBlbPolicyRequest) -> None:
    """Delete policies of a listener, all or none."""
    balancer = application(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.port, request.type or "")
    if not request.policy_id_list:
        raise BadRequest("policyIdList is empty")
    policies = _policies(account, listener, list(dict.fromkeys(request.policy_id_list)))
    begin_change(account, balancer)
    for policy in policies:
        account.remove(policy)


def _policies(account: AccountRegion, listener: Listener, policy_ids: list[str]) -> list[AppPolicy]:
    policies = [account.get(AppPolicy, policy_id) for policy_id in policy_ids]
    for policy in policies:
        if policy.listener_id != listener.id:
            raise NoSuchObject(f"{policy.id} is a policy of another listener")
    return policies


def _show(account: AccountRegion, policy: AppPolicy, listener: Listener) -> AppPolicyView:
    shown: AppPolicyView = {
        "id": policy.id,
        "desc": policy.desc,
        "groupType": "Server" if policy.group_id else "IP",
        "frontendPort": listener.port,
        "type": listener.protocol,
        "backendPort": policy.backend_port,
        "portType": policy.port_type,
        "priority": policy.priority,
        "ruleList": [{"key": rule.key, "value": rule.value} for rule in policy.rules],
    }
    if policy.group_id:
        shown["appServerGroupId"] = policy.group_id
        shown["appServerGroupName"] = account.get(AppServerGroup, policy.group_id).name
    else:
        shown["appIpGroupId"] = policy.ip_group_id
        shown["appIpGroupName"] = account.get(AppIpGroup, policy.ip_group_id).name
    return shown
