"""Rules that allow repairs ahead: made, switched on and off, deleted and shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_BODY, IN_QUERY, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.repair_task.lifecycle import CLOSED
from bce_emulator.services.bbc.repair_task.resource import RepairTask
from bce_emulator.services.bbc.rule.resource import DISABLED, ENABLED, RULE_QUOTA, RepairRule
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.tags import Tag, TagView, show_tags

DOC = "https://cloud.baidu.com/doc/BCC/s/Dlwkevmd9"
NO_LIMIT = 10_000
MAX_NAME = 65
MAX_TEXT = 1_000


class CreateRuleRequest(Model):
    """A name, how many repairs it allows at a time, whether it is on, and the tags of the servers: ``key:value,…``."""

    rule_name: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
    limit: Annotated[int, Field(ge=0, le=NO_LIMIT)] = 0
    enabled: Literal[0, 1] = 1
    tag_str: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    extra: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class RuleRef(Model):
    """Which rule."""

    rule_id: str = ""


class GetRuleDetailRequest(Model):
    """Which rule to show."""

    rule_id: str


class ListRuleRequest(Model):
    """Which rules to list. The page has these in the query, the Go client in a body."""

    marker: Annotated[str, IN_QUERY, IN_BODY] = ""
    max_keys: Annotated[int, IN_QUERY, IN_BODY] = MAX_KEYS
    rule_name: Annotated[str, IN_QUERY, IN_BODY] = ""
    rule_id: Annotated[str, IN_QUERY, IN_BODY] = ""


class CreateRuleResponse(TypedDict):
    """The rule that was made."""

    ruleId: str


class RepairRuleView(TypedDict):
    """A rule, the servers that it is about, and how many of them are to be repaired."""

    ruleId: str
    ruleName: str
    tagCount: int
    associateBbcNum: int
    errorBbcNum: int
    errResult: str
    limit: int
    status: str
    associateBbcList: list[str]
    tags: list[TagView]


class ListRuleResponse(Page):
    """One page of rules; the capital letter is the API's."""

    RuleList: list[RepairRuleView]


@operation("POST /v2/rule/create", errors=[QuotaLimitExceeded], doc=DOC)
def create_rule(account: AccountRegion, request: CreateRuleRequest) -> CreateRuleResponse:
    """Make a rule; what is to be repaired already stays as it is."""
    tags = _tags(request.tag_str)
    most = account.setting(RULE_QUOTA)
    if len(account.collection(RepairRule)) >= most:
        raise QuotaLimitExceeded(f"the account has {most} rules: {RULE_QUOTA.name}")
    rule = account.add(
        RepairRule(
            id=account.new_id(RepairRule),
            state=ENABLED if request.enabled else DISABLED,
            name=request.rule_name,
            limit=request.limit or NO_LIMIT,
            tags=tags,
            extra=request.extra,
        )
    )
    return {"ruleId": rule.id}


@operation("PUT /v2/rule/enable", errors=[NoSuchObject], doc=DOC)
def enable_rule(account: AccountRegion, request: RuleRef) -> None:
    """Switch a rule on."""
    account.get(RepairRule, request.rule_id).state = ENABLED


@operation("PUT /v2/rule/disable", errors=[NoSuchObject], doc=DOC)
def disable_rule(account: AccountRegion, request: RuleRef) -> None:
    """Switch a rule off."""
    account.get(RepairRule, request.rule_id).state = DISABLED


@operation("PUT /v2/rule/delete", errors=[NoSuchObject], doc=DOC)
def delete_rule(account: AccountRegion, request: RuleRef) -> None:
    """Delete a rule."""
    account.remove(account.get(RepairRule, request.rule_id))


@operation("GET /v2/rule/{ruleId}", errors=[NoSuchObject], doc=DOC)
def get_rule_detail(account: AccountRegion, request: GetRuleDetailRequest) -> RepairRuleView:
    """Show one rule."""
    return _show(account, account.get(RepairRule, request.rule_id))


@operation("GET /v2/rule", doc=DOC)
def list_rule(account: AccountRegion, request: ListRuleRequest) -> ListRuleResponse:
    """List the rules with an id and a name, newest first."""

    def fits(rule: RepairRule) -> bool:
        return request.rule_id in {"", rule.id} and request.rule_name in {"", rule.name}

    return page(
        ListRuleResponse,
        account,
        RepairRule,
        "RuleList",
        lambda rule: _show(account, rule),
        request.marker,
        request.max_keys or MAX_KEYS,
        fits,
    )


def _tags(text: str) -> tuple[Tag, ...]:
    pairs = [each.partition(":") for each in text.split(",") if each]
    if not pairs or not all(key for key, _, _ in pairs):
        raise BadRequest("tagStr names tags as key:value, with commas between")
    return tuple(dict.fromkeys(Tag(key.strip(), value.strip()) for key, _, value in pairs))


def _show(account: AccountRegion, rule: RepairRule) -> RepairRuleView:
    servers = [server for server in account.collection(Server).newest_first() if rule.is_about(server.tags)]
    wrong = {task.server_id for task in account.all(RepairTask) if task.state != CLOSED}
    return {
        "ruleId": rule.id,
        "ruleName": rule.name,
        "tagCount": len(rule.tags),
        "associateBbcNum": len(servers),
        "errorBbcNum": sum(server.id in wrong for server in servers),
        "errResult": "",
        "limit": rule.limit,
        "status": rule.status,
        "associateBbcList": [server.id for server in servers],
        "tags": show_tags(rule.tags),
    }
