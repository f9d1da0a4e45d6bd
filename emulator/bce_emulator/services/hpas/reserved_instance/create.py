"""Buy reserved instances."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, QualifyNotPass
from bce_emulator.services.bcc.ehc_cluster.placement import check_cluster, default_cluster
from bce_emulator.services.hpas.billing import NO_PREPAY, BillingModel, renewed_months, reserved_months
from bce_emulator.services.hpas.offerings import Application, application_ordered
from bce_emulator.services.hpas.reserved_instance.resource import MAX_AT_ONCE, HpasReservedInstance
from bce_emulator.services.shared.errors import InsufficientBalance
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.shared.standing import require_balance, require_real_name
from bce_emulator.services.shared.tags import Tag, TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry, ends_with_its_term


class CreateReservedInstancesRequest(Model):
    """What to reserve, how many, where and for how long."""

    name: str = ""
    zone_name: str
    app_type: str
    app_performance_level: str
    billing_model: BillingModel = BillingModel()
    purchase_num: Annotated[int, Field(ge=0, le=MAX_AT_ONCE)] = 1
    ehc_cluster_id: str = ""
    tags: tuple[TagModel, ...] = ()


class CreateReservedInstancesResponse(TypedDict):
    """The order, and the reserved instances."""

    orderId: str
    reservedHpasIds: list[str]


class Reservation(NamedTuple):
    """An order of reserved instances that was found good: nothing after this refuses."""

    application: Application
    name: str
    zone: str
    months: int
    renewed_months: int
    number: int
    ehc_cluster_id: str = ""
    tags: tuple[Tag, ...] = ()


@operation(
    "POST /?action=CreateReservedInstances",
    errors=[QualifyNotPass, InsufficientBalance, NoSuchObject],
    basis="client",
)
def create_reserved_instances(
    account: AccountRegion, request: CreateReservedInstancesRequest
) -> CreateReservedInstancesResponse:
    """Buy reserved instances, which are paid for by use, for so many months."""
    require_real_name(account)
    check_cluster(account, request.ehc_cluster_id, request.zone_name)
    application = application_ordered(request.app_type, request.app_performance_level)
    billing = request.billing_model
    if billing.charge_type not in {"", NO_PREPAY} or billing.spot_strategy or billing.spot_price_limit:
        raise BadRequest(f"chargeType is {NO_PREPAY}")
    count = request.purchase_num or 1
    plan = plan_reservation(account, application, request.name, request.zone_name, billing, count)
    require_balance(account, None)
    cluster = request.ehc_cluster_id or default_cluster(account, plan.zone).id
    made = reserve(account, plan._replace(ehc_cluster_id=cluster, tags=tags_of(request.tags)))
    return {"orderId": new_order(account), "reservedHpasIds": made}


def plan_reservation(
    account: AccountRegion, application: Application, name: str, zone: str, billing: BillingModel, count: int
) -> Reservation:
    """Check an order of reserved instances before any is made."""
    if name and not is_name(name):
        raise BadRequest(f"name is {NAME_RULE}")
    if zone not in zones(account.region):
        raise BadRequest(not_offered("zoneName", zone, zones(account.region)))
    if not 1 <= count <= MAX_AT_ONCE:
        raise BadRequest(f"purchaseNum is 1 to {MAX_AT_ONCE}")
    months = reserved_months(billing.period, billing.period_unit)
    return Reservation(application, name, zone, months, renewed_months(billing), count)


def reserve(account: AccountRegion, plan: Reservation) -> list[str]:
    """Make the reserved instances of an order; several with one name are numbered."""
    return [_make_one(account, plan, f"-{index + 1}" if plan.number > 1 else "") for index in range(plan.number)]


def _make_one(account: AccountRegion, plan: Reservation, suffix: str) -> str:
    reserved = account.add(
        HpasReservedInstance(
            id=account.new_id(HpasReservedInstance),
            name=(plan.name or f"reserved-{account.new_text('reserved hpas name', 'lower')[:8]}") + suffix,
            app_type=plan.application.app_type,
            level=plan.application.level,
            zone=plan.zone,
            months=plan.months,
            expires=months_later(account.clock.now(), plan.months),
            auto_renew_months=plan.renewed_months,
            ehc_cluster_id=plan.ehc_cluster_id,
            tags=plan.tags,
        )
    )
    account.change(reserved, "create")
    await_expiry(account, reserved)
    return reserved.id


ends_with_its_term(HpasReservedInstance)
