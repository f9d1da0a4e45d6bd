"""Buy reserved instances, for now or for a moment within a day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, HOUR, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, LenientBool, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import QualifyNotPass
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.prices import price_of_spec
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.bcc.reserved_instance.lifecycle import ACTIVE, CREATING
from bce_emulator.services.bcc.reserved_instance.resource import QUOTA, ReservedInstance, count_left
from bce_emulator.services.bcc.reserved_instance.show import FULLY_PREPAY
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.shared.standing import require_balance, require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.shared.times import moment_of

NAME = re.compile(r"[A-Za-z\u4e00-\u9fff][-A-Za-z0-9_ /.\u4e00-\u9fff]{0,64}")
ZONE_SCOPE, REGION_SCOPE = "AZ", "Region"
MAX_MONTHS = 365
"""The page has 3 to 36, and its guides send 1 and 365."""
QUARTER = HOUR // 4


class CreateReservedInstancesRequest(Model):
    """What to reserve, how many, from when on and for how long.

    Java's client sends 0 where it names no number. Vouchers pay for nothing here.
    """

    client_token: ClientToken = ""
    reserved_instance_name: str = ""
    scope: str = ""
    zone_name: str
    spec: str
    offering_type: str
    instance_count: LenientInt = 1
    reserved_instance_count: LenientInt = 1
    reserved_instance_time: LenientInt
    reserved_instance_time_unit: str = ""
    auto_renew: LenientBool = False
    auto_renew_time_unit: str = ""
    auto_renew_time: LenientInt = 0
    effective_time: str = ""
    tags: tuple[TagModel, ...] = ()
    ticket_id: str = ""
    ehc_cluster_id: str = ""


class OrderedResponse(TypedDict):
    """The order, and the reserved instances that it is for."""

    orderId: str
    reservedInstanceIds: list[str]


@operation(
    "POST /v2/instance/reserved/create",
    errors=[RequestInvalid, QualifyNotPass, QuotaLimitExceeded, InsufficientBalance],
    doc="https://cloud.baidu.com/doc/BCC/s/Dlhyjrszo",
)
def create_reserved_instances(account: AccountRegion, request: CreateReservedInstancesRequest) -> OrderedResponse:
    """Buy reserved instances, which take effect at once or at a moment within a day."""
    spec = _check(account, request)
    months, count = request.reserved_instance_time, request.reserved_instance_count or 1
    effective = _effective(account, request.effective_time)
    require_real_name(account)
    if count > count_left(account):
        raise QuotaLimitExceeded(f"the setting {QUOTA.name} of this account is {account.setting(QUOTA)}")
    require_balance(account, price_of_spec(spec, months, count).paid)
    order = new_order(account)
    return {"orderId": order, "reservedInstanceIds": [_buy(account, request, effective) for _ in range(count)]}


@on_timer(ReservedInstance, "take_effect")
def take_effect(account: AccountRegion, reserved: ReservedInstance) -> None:
    """Have a reserved instance be in effect from its moment on."""
    if reserved.state == CREATING:
        account.change(reserved, "take_effect")


def check_name(name: str) -> None:
    """Refuse what cannot name a reserved instance."""
    if not NAME.fullmatch(name):
        raise RequestInvalid(
            "a name is 1 to 65 letters, digits, Chinese characters and -_ /., a letter or one of them first"
        )


def check_offered(member: str, value: str, offered: Iterable[str]) -> None:
    """Refuse a value that is not on offer."""
    if value not in offered:
        raise RequestInvalid(not_offered(member, value, offered))


def check_renewal(auto_renew_time: int, unit: str, months: int) -> None:
    """A reserved instance renews itself for the term that was bought."""
    check_offered("autoRenewTimeUnit", unit.lower(), ("", "month"))
    if auto_renew_time != months:
        raise RequestInvalid(f"autoRenewTime is the term that was bought, {months}")


def _check(account: AccountRegion, request: CreateReservedInstancesRequest) -> offerings.Spec:
    if request.reserved_instance_name:
        check_name(request.reserved_instance_name)
    check_offered("scope", request.scope, ("", ZONE_SCOPE, REGION_SCOPE))
    check_offered("zoneName", request.zone_name, zones(account.region))
    check_offered("spec", request.spec, offerings.specs())
    check_offered("offeringType", request.offering_type, (FULLY_PREPAY,))
    check_offered("reservedInstanceTimeUnit", request.reserved_instance_time_unit.lower(), ("", "month"))
    if request.instance_count not in {0, 1}:
        raise RequestInvalid("instanceCount is 1")
    if request.reserved_instance_count < 0 or not 1 <= request.reserved_instance_time <= MAX_MONTHS:
        raise RequestInvalid(f"reservedInstanceCount is at least 1, and reservedInstanceTime 1 to {MAX_MONTHS}")
    if request.auto_renew:
        check_renewal(request.auto_renew_time, request.auto_renew_time_unit, request.reserved_instance_time)
    return offerings.specs()[request.spec]


def _effective(account: AccountRegion, text: str) -> float:
    now = account.clock.now()
    if not text:
        return now
    moment = moment_of("effectiveTime", text, refusal=RequestInvalid)
    if not now <= moment <= now + DAY or moment % QUARTER:
        raise RequestInvalid("effectiveTime is a quarter of an hour within a day from now")
    return moment


def _buy(account: AccountRegion, request: CreateReservedInstancesRequest, effective: float) -> str:
    name = request.reserved_instance_name
    reserved = account.add(
        ReservedInstance(
            id=account.new_id(ReservedInstance),
            state=CREATING if effective > account.clock.now() else ACTIVE,
            name=name or f"reservedInstance-{account.new_text('reserved instance name', 'mixed')}",
            scope=request.scope or ZONE_SCOPE,
            zone=request.zone_name,
            spec=request.spec,
            months=request.reserved_instance_time,
            effective=effective,
            expires=months_later(effective, request.reserved_instance_time),
            auto_renew_months=request.reserved_instance_time if request.auto_renew else 0,
            ehc_cluster_id=request.ehc_cluster_id,
            tags=tags_of(request.tags),
        )
    )
    await_changes(account, reserved)
    return reserved.id


def await_changes(account: AccountRegion, reserved: ReservedInstance) -> None:
    """Have the clock bring what is to happen to a reserved instance."""
    if reserved.state == CREATING:
        account.schedule(reserved, "take_effect", reserved.effective)
    await_expiry(account, reserved)
