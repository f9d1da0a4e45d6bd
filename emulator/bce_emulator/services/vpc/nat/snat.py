"""SNAT rules: by which public addresses traffic leaves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import parse_network
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from bce_emulator.services.vpc.nat.resource import SNAT_RULE_QUOTA, Nat, SnatRule
from bce_emulator.services.vpc.nat.rules import ACTIVE, NatRuleRef, check_public_ip, check_rule_name, rule_of
from bce_emulator.services.vpc.quotas import check_quota


class BatchedSnatRule(Model):
    """Which traffic leaves by which addresses."""

    rule_name: str = ""
    public_ips_address: tuple[str, ...] = ()
    source_cidr: Annotated[str, Field(alias="sourceCIDR")] = ""


class CreateSnatRuleRequest(Model):
    """Which traffic leaves by which addresses."""

    client_token: ClientToken = ""
    nat_id: str
    rule_name: str
    public_ips_address: tuple[str, ...]
    source_cidr: Annotated[str, Field(alias="sourceCIDR")]


class BatchAddSnatRulesRequest(Model):
    """Several rules of one NAT gateway."""

    client_token: ClientToken = ""
    nat_id: str
    snat_rules: tuple[BatchedSnatRule, ...]


class UpdateSnatRuleRequest(NatRuleRef):
    """What to change."""

    rule_name: str = ""
    public_ips_address: tuple[str, ...] = ()
    source_cidr: Annotated[str, Field(alias="sourceCIDR")] = ""


class ListSnatRuleRequest(Model):
    """Whose rules to list."""

    nat_id: str
    marker: str = ""
    max_keys: int = MAX_KEYS


class CreateSnatRuleResponse(TypedDict):
    """The rule that was made."""

    ruleId: str


class BatchAddSnatRulesResponse(TypedDict):
    """The rules that were made, in the order of the request."""

    snatRuleIds: list[str]


class SnatRuleView(TypedDict):
    """An SNAT rule."""

    ruleId: str
    ruleName: str
    publicIpsAddress: list[str]
    sourceCIDR: str
    status: str


class ListSnatRuleResponse(Page):
    """One page of the SNAT rules."""

    rules: list[SnatRuleView]


@operation("POST /v1/nat/{natId}/snatRule", errors=[NoSuchNat, OperationDenied, LimitExceeded])
def create_snat_rule(account: AccountRegion, request: CreateSnatRuleRequest) -> CreateSnatRuleResponse:
    """Let the traffic of a range leave by public addresses of a NAT gateway."""
    nat = account.get(Nat, request.nat_id)
    check_rule_name(request.rule_name, needed=True)
    (made,) = _make(account, nat, [(request.rule_name, request.public_ips_address, request.source_cidr)])
    return {"ruleId": made}


@operation("POST /v1/nat/snatRule/batchCreate", errors=[NoSuchNat, OperationDenied, LimitExceeded])
def batch_add_snat_rules(account: AccountRegion, request: BatchAddSnatRulesRequest) -> BatchAddSnatRulesResponse:
    """Make several rules, all or none."""
    nat = account.get(Nat, request.nat_id)
    if not request.snat_rules:
        raise BadRequest("snatRules is empty")
    for each in request.snat_rules:
        check_rule_name(each.rule_name)
    wanted = [(each.rule_name, each.public_ips_address, each.source_cidr) for each in request.snat_rules]
    return {"snatRuleIds": _make(account, nat, wanted)}


@operation("GET /v1/nat/{natId}/snatRule", errors=[NoSuchNat])
def list_snat_rule(account: AccountRegion, request: ListSnatRuleRequest) -> ListSnatRuleResponse:
    """List the SNAT rules of a NAT gateway, newest first."""
    nat = account.get(Nat, request.nat_id)
    return page(
        ListSnatRuleResponse,
        account,
        SnatRule,
        "rules",
        _show,
        request.marker,
        request.max_keys,
        of=("nat_id", nat.id),
    )


@operation("PUT /v1/nat/{natId}/snatRule/{ruleId}", errors=[NoSuchNat, NoSuchObject, OperationDenied])
def update_snat_rule(account: AccountRegion, request: UpdateSnatRuleRequest) -> None:
    """Change a rule; what is left out stays."""
    nat, rule = rule_of(account, SnatRule, request)
    check_rule_name(request.rule_name)
    account.check(nat, "change_rules")
    public_ips, source = request.public_ips_address or rule.public_ips, request.source_cidr or rule.source
    _check(account, nat, public_ips, source)
    rule.name = request.rule_name or rule.name
    rule.public_ips, rule.source = public_ips, source


@operation("DELETE /v1/nat/{natId}/snatRule/{ruleId}", errors=[NoSuchNat, NoSuchObject, OperationDenied])
def delete_snat_rule(account: AccountRegion, request: NatRuleRef) -> None:
    """Remove a rule."""
    nat, rule = rule_of(account, SnatRule, request)
    account.check(nat, "change_rules")
    account.remove(rule)


def _make(account: AccountRegion, nat: Nat, wanted: list[tuple[str, tuple[str, ...], str]]) -> list[str]:
    account.check(nat, "change_rules")
    for _, public_ips, source in wanted:
        _check(account, nat, public_ips, source)
    check_quota(account, SNAT_RULE_QUOTA, len(account.where(SnatRule, "nat_id", nat.id)) + len(wanted))
    return [
        account.add(
            SnatRule(id=account.new_id(SnatRule), nat_id=nat.id, name=name, public_ips=public_ips, source=source)
        ).id
        for name, public_ips, source in wanted
    ]


def _check(account: AccountRegion, nat: Nat, public_ips: tuple[str, ...], source: str) -> None:
    try:
        version = parse_network(source).version
    except ValueError as error:
        raise BadRequest(f"sourceCIDR: {error}") from None
    if f"v{version}" != nat.ip_version:
        raise BadRequest(f"sourceCIDR is of another version than {nat.id}")
    if not public_ips or len(set(public_ips)) != len(public_ips):
        raise BadRequest("publicIpsAddress has addresses, each once")
    for address in public_ips:
        check_public_ip(account, nat, address)


def _show(rule: SnatRule) -> SnatRuleView:
    return {
        "ruleId": rule.id,
        "ruleName": rule.name,
        "publicIpsAddress": list(rule.public_ips),
        "sourceCIDR": rule.source,
        "status": ACTIVE,
    }
