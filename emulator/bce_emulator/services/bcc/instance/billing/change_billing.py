"""Change how instances are paid for, and list those that cost nothing when they are stopped."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, page
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.billing.renew import set_auto_renew
from bce_emulator.services.bcc.instance.expiry import await_expiry, make_postpaid
from bce_emulator.services.bcc.instance.lifecycle import RUNNING
from bce_emulator.services.bcc.instance.listing.list import MAX_VALUES, ListInstancesResponse
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.power.power import may_stop_without_charge
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance.show import renderer
from bce_emulator.services.bcc.responses import OrderResponse
from bce_emulator.services.bcc.volume.expiry import make_prepaid
from bce_emulator.services.bcc.volume.expiry import set_auto_renew as set_volume_auto_renew
from bce_emulator.services.bcc.volume.resource import DATA, Volume
from bce_emulator.services.shared.billing import MONTHS
from bce_emulator.services.shared.orders import new_order

MAX_AT_ONCE = 20
ALL = "all"


class PayAhead(Model):
    """An instance to pay for ahead, and for how many months; whatever ``autoPay`` says, the order is paid."""

    instance_id: str
    duration: int = 0
    auto_renew: bool = False
    auto_renew_period: int = 0
    auto_pay: bool = True
    relation_cds: bool = False


class ToPrepaid(PayAhead):
    """One of several, and which of its data volumes change with it: their ids, or all."""

    cds_list: tuple[str, ...] = ()


class ChangeToPrepaidRequest(PayAhead):
    """Which instance to pay for ahead; its volumes always change with it."""

    client_token: ClientToken = ""
    duration: int


class BatchChangeToPrepaidRequest(Model):
    """Several instances to pay for ahead."""

    client_token: ClientToken = ""
    config: tuple[ToPrepaid, ...]


class ToPostpaid(Model):
    """One instance to pay for by use, at once or when it expires, and the data volumes that change with it."""

    instance_id: str
    effective_type: Literal["AtOnce", "AfterExpiration"] = "AfterExpiration"
    cds_list: tuple[str, ...] = ()
    relation_cds: bool = False


class BatchChangeToPostpaidRequest(Model):
    """Several instances to pay for by use."""

    client_token: ClientToken = ""
    config: tuple[ToPostpaid, ...]


class GetInstanceNoChargeListRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    internal_ip: str = ""
    keypair_id: str = ""
    zone_name: str = ""
    instance_ids: tuple[str, ...] = ()


@operation(
    "POST /v2/instance/{instanceId}?toPrepay",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Ck48btf29",
)
def change_to_prepaid(account: AccountRegion, request: ChangeToPrepaidRequest) -> OrderResponse:
    """Pay ahead for a postpaid instance and all its postpaid volumes."""
    instance, volumes = _check_to_prepaid(account, request, (ALL,))
    _make_prepaid(account, request, instance, volumes)
    return {"orderId": new_order(account)}


@operation(
    "POST /v2/instance/batch/charging?toPrepay",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Rlfkr70zl",
)
def batch_change_to_prepaid(account: AccountRegion, request: BatchChangeToPrepaidRequest) -> OrderResponse:
    """Pay ahead for several postpaid instances, all or none; one order is made for all."""
    _check_batch([order.instance_id for order in request.config])
    checked = [
        (order, *_check_to_prepaid(account, order, (ALL,) if order.relation_cds else order.cds_list))
        for order in request.config
    ]
    for order, instance, volumes in checked:
        _make_prepaid(account, order, instance, volumes)
    return {"orderId": new_order(account)}


@operation(
    "POST /v2/instance/batch/charging?toPostpay",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/ilfkrtkvj",
)
def batch_change_to_postpaid(account: AccountRegion, request: BatchChangeToPostpaidRequest) -> OrderResponse:
    """Pay by use for several prepaid instances, all or none, at once or when they expire."""
    _check_batch([order.instance_id for order in request.config])
    checked = [(order, *_check_to_postpaid(account, order)) for order in request.config]
    for order, instance, volumes in checked:
        if order.effective_type == "AtOnce":
            make_postpaid(account, instance, volumes)
        else:
            instance.then_postpaid = True
            instance.volumes_then_postpaid = tuple(volume.id for volume in volumes)
            set_auto_renew(account, instance, "", 0, with_volumes=False)
            for volume in volumes:
                set_volume_auto_renew(volume, 0)
    return {"orderId": new_order(account)}


@operation("GET /v2/instance/noCharge", doc="https://cloud.baidu.com/doc/BCC/s/Ilq0ti621")
def get_instance_no_charge_list(
    account: AccountRegion, request: GetInstanceNoChargeListRequest
) -> ListInstancesResponse:
    """List the running instances that can be stopped without charge."""
    if len(request.instance_ids) > MAX_VALUES:
        raise BadRequest(f"instanceIds takes at most {MAX_VALUES} values")

    def fits(instance: Instance) -> bool:
        return (
            instance.state == RUNNING
            and request.internal_ip in {"", nic_of(account, instance).private_ip}
            and request.keypair_id in {"", instance.keypair_id}
            and request.zone_name in {"", instance.zone}
            and (not request.instance_ids or instance.id in request.instance_ids)
            and may_stop_without_charge(account, instance)
        )

    return page(
        ListInstancesResponse, account, Instance, "instances", renderer(account), request.marker, request.max_keys, fits
    )


def _check_batch(instance_ids: list[str]) -> None:
    if not 1 <= len(instance_ids) <= MAX_AT_ONCE or len(set(instance_ids)) != len(instance_ids):
        raise BadRequest(f"config names 1 to {MAX_AT_ONCE} instances, each once")


def _check_to_prepaid(
    account: AccountRegion, order: PayAhead, listed: tuple[str, ...]
) -> tuple[Instance, list[Volume]]:
    instance = account.get(Instance, order.instance_id)
    if order.duration not in MONTHS or (order.auto_renew_period or 1) not in MONTHS:
        raise BadRequest("duration and autoRenewPeriod are months: 1 to 9, 12, 24 or 36")
    volumes = _data_volumes(account, instance, listed)
    if instance.payment != "Postpaid":
        raise BadRequest(f"{instance.id} is not paid for by use")
    account.check(instance, "to_prepaid")
    return instance, [volume for volume in volumes if volume.payment == "Postpaid"]


def _make_prepaid(account: AccountRegion, order: PayAhead, instance: Instance, volumes: list[Volume]) -> None:
    instance.payment = "Prepaid"
    instance.expires = months_later(account.clock.now(), order.duration)
    instance.stopped_without_charge, instance.releases = False, None
    account.schedule(instance, "timed_release", None)
    own = [volume for volume in account.where(Volume, "instance_id", instance.id) if volume.type != DATA]
    for volume in [*own, *volumes]:
        make_prepaid(account, volume, instance.expires)
    if order.auto_renew:
        set_auto_renew(account, instance, "month", order.auto_renew_period or 1, with_volumes=True)
    await_expiry(account, instance)


def _check_to_postpaid(account: AccountRegion, order: ToPostpaid) -> tuple[Instance, list[Volume]]:
    instance = account.get(Instance, order.instance_id)
    volumes = _data_volumes(account, instance, (ALL,) if order.relation_cds else order.cds_list)
    if instance.payment != "Prepaid":
        raise BadRequest(f"{instance.id} is not paid for ahead")
    account.check(instance, "to_postpaid")
    return instance, [volume for volume in volumes if volume.payment == "Prepaid"]


def _data_volumes(account: AccountRegion, instance: Instance, listed: tuple[str, ...]) -> list[Volume]:
    """The data volumes of an instance that a request lists; one that is not attached to it is refused."""
    mine = [volume for volume in account.where(Volume, "instance_id", instance.id) if volume.type == DATA]
    if ALL in listed:
        return mine
    volumes = [account.get(Volume, volume_id) for volume_id in dict.fromkeys(listed)]
    for volume in volumes:
        if volume not in mine:
            raise BadRequest(f"{volume.id} is no data volume of {instance.id}")
    return volumes
