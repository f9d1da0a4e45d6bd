"""Rules that authorize new events ahead: make, show, change and delete them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.maintenance_event.resource import (
    DISABLED,
    ENABLED,
    RULE_QUOTA,
    TAGGED,
    AuthorizationRule,
)
from bce_emulator.services.bcc.responses import RequestIdResponse
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.tags import Tag, TagModel, TagView, show_tags, tags_of

PAGE, MAX_PAGE = 10, 100
STATES = (DISABLED, ENABLED)
"""By the number in a request."""

Enabled = Annotated[int, Field(ge=0, le=1)]
Operations = Annotated[tuple[Literal["Repair", "Reboot", "TamAuthorize"], ...], Field(min_length=1)]
Scope = Literal["AllInstance", "Tags"]
Name = Annotated[str, Field(min_length=1)]


class CreateRuleRequest(Model):
    """What the rule authorizes, and of which instances."""

    client_token: ClientToken = ""
    rule_name: Name
    server_event_category: Literal["PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"]
    authorize_maintenance_operations: Operations
    enable_rule: Enabled = 1
    effective_scope: Scope = "AllInstance"
    tags: tuple[TagModel, ...] = ()


class RuleRef(Model):
    """Which rule."""

    client_token: ClientToken = ""
    rule_id: str


class ModifyRuleRequest(RuleRef):
    """What is to be otherwise; what is absent stays."""

    rule_name: Name | None = None
    authorize_maintenance_operations: Operations | None = None
    enable_rule: Enabled | None = None
    effective_scope: Scope | None = None
    tags: tuple[TagModel, ...] | None = None


class DescribeRulesRequest(Model):
    """Which rules to list; a rule has to fit both filters, and one of the values of each."""

    marker: str = ""
    max_keys: int = PAGE
    rule_ids: tuple[str, ...] = ()
    rule_names: tuple[str, ...] = ()


class CreateRuleResponse(RequestIdResponse):
    """The rule that was made."""

    ruleId: str


class RuleView(TypedDict):
    """A rule."""

    ruleId: str
    ruleName: str
    serverEventCategory: str
    effectiveScope: str
    status: str
    tags: list[TagView]
    authorizeMaintenanceOperations: list[str]
    createTime: str


class DescribeRulesResponse(Page):
    """One page of rules."""

    requestId: str
    ruleList: list[RuleView]


@operation("POST /?action=CreateAuthorizeRule", errors=[QuotaLimitExceeded], basis="client")
def create_authorization_rule(account: AccountRegion, request: CreateRuleRequest, call: Call) -> CreateRuleResponse:
    """Make a rule that authorizes new events of a category."""
    tags = tags_of(request.tags)
    _check_scope(request.effective_scope, tags)
    if len(account.collection(AuthorizationRule)) >= account.setting(RULE_QUOTA):
        raise QuotaLimitExceeded(f"the account has {account.setting(RULE_QUOTA)} rules: {RULE_QUOTA.name}")
    rule = account.add(
        AuthorizationRule(
            id=account.new_id(AuthorizationRule),
            state=STATES[request.enable_rule],
            name=request.rule_name,
            category=request.server_event_category,
            operations=tuple(dict.fromkeys(request.authorize_maintenance_operations)),
            scope=request.effective_scope,
            tags=tags,
        )
    )
    return {"requestId": call.request_id, "ruleId": rule.id}


@operation("POST /?action=ModifyInstUserOpAuthorizeRuleAttribute", errors=[NoSuchObject], basis="client")
def modify_inst_user_op_authorize_rule_attribute(
    account: AccountRegion, request: ModifyRuleRequest, call: Call
) -> RequestIdResponse:
    """Change a rule; events that are there already stay as they are."""
    rule = account.get(AuthorizationRule, request.rule_id)
    scope = request.effective_scope or rule.scope
    tags = rule.tags if request.tags is None else tags_of(request.tags)
    _check_scope(scope, tags)
    rule.scope, rule.tags = scope, tags
    if request.rule_name is not None:
        rule.name = request.rule_name
    if request.authorize_maintenance_operations is not None:
        rule.operations = tuple(dict.fromkeys(request.authorize_maintenance_operations))
    if request.enable_rule is not None:
        rule.state = STATES[request.enable_rule]
    return {"requestId": call.request_id}


@operation("POST /?action=DeleteInstUserOpAuthorizeRule", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_inst_user_op_authorize_rule(account: AccountRegion, request: RuleRef, call: Call) -> RequestIdResponse:
    """Delete a rule, which has to be disabled."""
    rule = account.get(AuthorizationRule, request.rule_id)
    if rule.state != DISABLED:
        raise OperationDenied(f"{rule.id} is {rule.state}; only a disabled rule is deleted")
    account.remove(rule)
    return {"requestId": call.request_id}


@operation("POST /?action=DescribeAuthorizeRules", basis="client")
def describe_authorize_rules(
    account: AccountRegion, request: DescribeRulesRequest, call: Call
) -> DescribeRulesResponse:
    """List the rules that fit both filters, newest first."""

    def fits(rule: AuthorizationRule) -> bool:
        return (not request.rule_ids or rule.id in request.rule_ids) and (
            not request.rule_names or rule.name in request.rule_names
        )

    response = page(
        DescribeRulesResponse, account, AuthorizationRule, "ruleList", _show,
        request.marker, request.max_keys, fits, MAX_PAGE,
    )  # fmt: skip
    response["requestId"] = call.request_id
    return response


def _check_scope(scope: str, tags: tuple[Tag, ...]) -> None:
    if scope == TAGGED and not tags:
        raise BadRequest("a rule of the scope Tags needs tags")


def _show(rule: AuthorizationRule) -> RuleView:
    return {
        "ruleId": rule.id,
        "ruleName": rule.name,
        "serverEventCategory": rule.category,
        "effectiveScope": rule.scope,
        "status": rule.status,
        "tags": show_tags(rule.tags),
        "authorizeMaintenanceOperations": list(rule.operations),
        "createTime": iso(rule.created),
    }
