"""Renew prepaid instances."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.hpas.billing import PREPAID, months_of
from bce_emulator.services.hpas.instance.nic import application_of
from bce_emulator.services.hpas.instance.resource import instances_named
from bce_emulator.services.hpas.prices import price_of_application
from bce_emulator.services.shared.errors import InsufficientBalance
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.standing import require_balance
from bce_emulator.services.shared.term import prolong


class RenewHPASInstancesRequest(Model):
    """Which instances to renew, and for how long."""

    hpas_ids: tuple[str, ...]
    period: int = 1
    period_unit: str = ""


class RenewHPASInstancesResponse(TypedDict):
    """The order, and its instances."""

    requestId: str
    orderId: str
    hpasIds: list[str]


@operation(
    "POST /?action=RenewHPASInstances",
    name="RenewHPASInstances",
    errors=[NoSuchObject, OperationDenied, InsufficientBalance],
    basis="client",
)
def renew_hpas_instances(
    account: AccountRegion, request: RenewHPASInstancesRequest, call: Call
) -> RenewHPASInstancesResponse:
    """Renew prepaid instances, all or none; one that has expired starts again."""
    instances = instances_named(account, request.hpas_ids)
    months = months_of(request.period, request.period_unit)
    for instance in instances:
        if instance.payment != PREPAID:
            raise OperationDenied(f"{instance.id} is paid for by use")
        account.check(instance, "renew")
    require_balance(account, sum(price_of_application(application_of(each), months).paid for each in instances) or None)
    for instance in instances:
        prolong(account, instance, months)
    ids = [instance.id for instance in instances]
    return {"requestId": call.request_id, "orderId": new_order(account), "hpasIds": ids}
