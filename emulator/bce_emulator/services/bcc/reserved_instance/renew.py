"""Renew reserved instances, now or whenever they would expire; what was not renewed is kept for a while, then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientBool, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.reserved_instance.create import OrderedResponse, check_offered, check_renewal
from bce_emulator.services.bcc.reserved_instance.errors import AutoRenewalNotFound, RequestInvalid
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstance, reserved_instances_named
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.term import ends_with_its_term, prolong

ends_with_its_term(ReservedInstance)


class ReservedInstancesRef(Model):
    """Which reserved instances."""

    client_token: ClientToken = ""
    reserved_instance_ids: tuple[str, ...]


class RenewReservedInstanceRequest(ReservedInstancesRef):
    """By what term, which is the one that was bought; and whether they renew themselves from now on."""

    reserved_instance_time: LenientInt
    reserved_instance_time_unit: str = ""
    auto_renew: LenientBool = False
    auto_renew_time_unit: str = ""
    auto_renew_time: LenientInt = 0


class AutoRenewReservedInstanceRequest(ReservedInstancesRef):
    """By what term they renew themselves."""

    auto_renew_time_unit: str
    auto_renew_time: LenientInt


class ReservedInstanceIds(TypedDict):
    """The reserved instances that have changed."""

    reservedInstanceIds: list[str]


@operation(
    "POST /v2/instance/reserved/renew",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/plhymy0nv",
)
def renew_reserved_instance(account: AccountRegion, request: RenewReservedInstanceRequest) -> OrderedResponse:
    """Renew reserved instances by the term that was bought, all or none; what has expired is in effect again."""
    found = reserved_instances_named(account, request.reserved_instance_ids)
    check_offered("reservedInstanceTimeUnit", request.reserved_instance_time_unit.lower(), ("", "month"))
    for each in found:
        if request.reserved_instance_time != each.months:
            raise RequestInvalid(f"{each.id} was bought for {each.months} months, and is renewed by as many")
        if request.auto_renew:
            check_renewal(request.auto_renew_time, request.auto_renew_time_unit, each.months)
    for each in found:
        prolong(account, each, each.months)
        if request.auto_renew:
            each.auto_renew_months = each.months
    return {"orderId": new_order(account), "reservedInstanceIds": [each.id for each in found]}


@operation(
    "POST /v2/instance/reserved/autoRenew",
    errors=[RequestInvalid, AutoRenewalNotFound],
    doc="https://cloud.baidu.com/doc/BCC/s/vltgwr2la",
)
def auto_renew_reserved_instance(
    account: AccountRegion, request: AutoRenewReservedInstanceRequest
) -> ReservedInstanceIds:
    """Have reserved instances renew themselves by the term that was bought, all or none."""
    missing = [each for each in request.reserved_instance_ids if account.find(ReservedInstance, each) is None]
    if missing:
        raise AutoRenewalNotFound(ids=", ".join(dict.fromkeys(missing)))
    found = reserved_instances_named(account, request.reserved_instance_ids)
    for each in found:
        check_renewal(request.auto_renew_time, request.auto_renew_time_unit, each.months)
        account.check(each, "renew_itself")
    for each in found:
        each.auto_renew_months = each.months
    return {"reservedInstanceIds": [each.id for each in found]}


@operation("POST /v2/instance/reserved/cancelAutoRenew", errors=[RequestInvalid], basis="client")
def cancel_auto_renew_reserved_instance(account: AccountRegion, request: ReservedInstancesRef) -> ReservedInstanceIds:
    """Let reserved instances expire when their time has come."""
    found = reserved_instances_named(account, request.reserved_instance_ids)
    for each in found:
        each.auto_renew_months = 0
    return {"reservedInstanceIds": [each.id for each in found]}
