"""Renew prepaid instances: once, or by a rule."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.expiry import await_expiry, prepaid_data_volumes, prolong
from bce_emulator.services.bcc.instance.lifecycle import EXPIRED
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import OrderResponse
from bce_emulator.services.bcc.volume.expiry import prolong as prolong_volume
from bce_emulator.services.bcc.volume.expiry import set_auto_renew as set_volume_auto_renew
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.billing import Billing, in_months, months_of, renewal_months
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.nic.primary import prepaid_addresses

RelatedRenewal = Literal["CDS", "EIP", "MKT", "CDS_EIP", "CDS_MKT", "EIP_MKT", "CDS_EIP_MKT"]


class VolumePeriod(Model):
    """A data volume and the months it is renewed for."""

    volume_id: str
    period: Annotated[int, Field(ge=1, le=60)]


class PurchaseReservedInstanceRequest(Model):
    """Which instance to renew, for how long, and what is renewed with it."""

    client_token: ClientToken = ""
    instance_id: str
    billing: Billing
    cds_custom_period: tuple[VolumePeriod, ...] = ()
    related_renew_flag: Annotated[RelatedRenewal | None, IN_QUERY] = None


class CreateAutoRenewRuleRequest(Model):
    """Which instance is to renew itself, for how long each time, and with what."""

    client_token: ClientToken = ""
    instance_id: str
    renew_time_unit: Literal["month", "year"]
    renew_time: int
    renew_eip: bool = True
    renew_cds: bool = False


class DeleteAutoRenewRuleRequest(Model):
    """Which instance is not to renew itself any more."""

    client_token: ClientToken = ""
    instance_id: str
    renew_eip: bool = True
    renew_cds: bool = False
    renew_time_unit: str = ""
    renew_time: int = 0


@operation(
    "PUT /v2/instance/{instanceId}?purchaseReserved",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/yjwvyoakh",
)
def purchase_reserved_instance(account: AccountRegion, request: PurchaseReservedInstanceRequest) -> OrderResponse:
    """Renew a prepaid instance; one that has expired starts again."""
    instance = account.get(Instance, request.instance_id)
    months = months_of(request.billing.reservation)
    periods = _periods(account, instance, request, months)
    require_prepaid(instance)
    account.check(instance, "renew")
    with_eips = "EIP" in (request.related_renew_flag or "")
    addresses = prepaid_addresses(account, nic_of(account, instance)) if with_eips else []
    for volume, period in periods.items():
        prolong_volume(account, volume, period)
    prolong(account, instance, months)
    for address in addresses:
        address_service().renew(account, address, months)
    return {"orderId": new_order(account)}


@operation(
    "POST /v2/instance/batchCreateAutoRenewRules",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Slfrytifu",
)
def create_auto_renew_rule(account: AccountRegion, request: CreateAutoRenewRuleRequest) -> None:
    """Have a prepaid instance renew itself seven days before it expires."""
    instance = account.get(Instance, request.instance_id)
    renewal_months(request.renew_time, request.renew_time_unit)
    require_prepaid(instance)
    account.check(instance, "set_auto_renew")
    if instance.auto_renew:
        raise OperationDenied("the instance has a rule; delete it before making another")
    set_auto_renew(account, instance, request.renew_time_unit, request.renew_time, with_volumes=request.renew_cds)
    if request.renew_eip:
        _set_address_auto_renew(account, instance)


@operation(
    "POST /v2/instance/batchDeleteAutoRenewRules",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Slfrytifu",
)
def delete_auto_renew_rule(account: AccountRegion, request: DeleteAutoRenewRuleRequest) -> None:
    """Have an instance expire instead of renewing itself; without a rule nothing changes."""
    instance = account.get(Instance, request.instance_id)
    account.check(instance, "set_auto_renew")
    set_auto_renew(account, instance, "", 0, with_volumes=request.renew_cds)
    if request.renew_eip:
        _set_address_auto_renew(account, instance)


def set_auto_renew(account: AccountRegion, instance: Instance, unit: str, period: int, *, with_volumes: bool) -> None:
    """Set or, with a period of 0, take away the rule of an instance, and with it the one of each data volume."""
    instance.auto_renew, instance.auto_renew_unit, instance.auto_renew_period = period > 0, unit, period
    for volume in prepaid_data_volumes(account, instance) if with_volumes else ():
        set_volume_auto_renew(volume, in_months(period, unit) if period else 0)
    if instance.state != EXPIRED:
        await_expiry(account, instance)


def _set_address_auto_renew(account: AccountRegion, instance: Instance) -> None:
    """Have the prepaid public addresses of an instance renew themselves as it does, or not."""
    for address in prepaid_addresses(account, nic_of(account, instance)):
        months = in_months(instance.auto_renew_period, instance.auto_renew_unit)
        address_service().set_auto_renew(account, address, months)


def require_prepaid(instance: Instance) -> None:
    """Refuse what is paid for by use; the refusal is proposed."""
    if instance.payment != "Prepaid":
        raise BadRequest("only a prepaid instance is renewed")


def _periods(
    account: AccountRegion, instance: Instance, request: PurchaseReservedInstanceRequest, months: int
) -> dict[Volume, int]:
    """The data volumes that are renewed with the instance, and for how many months each."""
    mine = prepaid_data_volumes(account, instance)
    with_volumes = "CDS" in (request.related_renew_flag or "")
    periods = dict.fromkeys(mine, months) if with_volumes else {}
    for each in request.cds_custom_period:
        volume = account.get(Volume, each.volume_id)
        if volume not in mine:
            raise BadRequest(f"{volume.id} is no prepaid data volume of {instance.id}")
        periods[volume] = each.period
    return periods
