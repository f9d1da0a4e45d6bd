"""Create instances, and perhaps reserved instances that pay for them."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bcc.ehc_cluster.placement import check_cluster, default_cluster
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.hpas.billing import POSTPAID, PREPAID, BillingModel, months_ahead, renewed_months
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.hpas.instance.groups import GroupType, groups_named
from bce_emulator.services.hpas.instance.order import (
    ROOT_STORAGE_TYPE,
    ROOT_STORAGE_TYPES,
    check_image,
    check_names,
    root_size,
)
from bce_emulator.services.hpas.instance.resource import MAX_AT_ONCE, HpasInstance
from bce_emulator.services.hpas.instance.volumes import make_system_disk
from bce_emulator.services.hpas.offerings import Application, application_ordered
from bce_emulator.services.hpas.prices import price_of_application
from bce_emulator.services.hpas.reserved_instance.create import Reservation, plan_reservation, reserve
from bce_emulator.services.hpas.settings import stock
from bce_emulator.services.shared.errors import InsufficientBalance
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.password import check_password
from bce_emulator.services.shared.regions import check_zone
from bce_emulator.services.shared.standing import require_balance, require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.nic.primary import chosen_addresses, make_primary
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.membership import NONE, GroupIds
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet


class DataVolume(Model):
    """A data volume that is to be made too, which is refused."""

    volume_type: str = ""
    volume_size_in_gib: Annotated[int, Field(alias="volumeSizeInGiB")] = 0
    volume_count: int = 0
    snapshot_id: str = ""
    encrypt_key_id: str = ""
    extra_iops: int = 0


class CouponModel(Model):
    """A reserved instance that is to be bought too."""

    name: str = ""
    purchase_num: int = 0
    auto_renew: bool = False
    auto_renew_period: int = 0
    auto_renew_period_unit: str = ""
    reserved_instance_period: int = 0
    reserved_instance_period_unit: str = ""


class CreateInstancesRequest(Model):
    """What to make, how many, and where."""

    app_type: str
    app_performance_level: str
    name: str = ""
    application_name: str = ""
    auto_seq_suffix: bool = False
    description: str = ""
    purchase_num: Annotated[int, Field(ge=0, le=MAX_AT_ONCE)] = 1
    zone_name: str
    image_id: str
    subnet_id: str
    password: str = ""
    keypair_id: str = ""
    ehc_cluster_id: str = ""
    security_group_type: GroupType = ""
    security_group_ids: tuple[str, ...] = ()
    internal_ips: tuple[str, ...] = ()
    billing_model: BillingModel = BillingModel()
    tags: tuple[TagModel, ...] = ()
    user_data: str = ""
    reserved_instance: CouponModel | None = None
    root_disk_size_in_gb: int = 0
    root_disk_storage_type: str = ""
    enable_jumbo_frame: bool = False
    data_volumes: tuple[DataVolume, ...] = ()


class CreateInstancesResponse(TypedDict):
    """The order, the instances, and the reserved instances that were bought with them."""

    orderId: str
    hpasIds: list[str]
    couponHpasIds: list[str]


class Order(NamedTuple):
    """A request that was found good: nothing after this refuses."""

    request: CreateInstancesRequest
    root_gb: int
    subnet: Subnet
    groups: GroupIds
    addresses: list[str]
    months: int
    renewed_months: int
    reservation: Reservation | None


@operation(
    "POST /?action=CreateInstances",
    errors=[QualifyNotPass, InsufficientBalance, NoSuchObject, OperationDenied, PrivateIpInUse, SubnetHasNoMoreIp],
    basis="client",
)
def create_instances(
    account: AccountRegion, request: CreateInstancesRequest, call: Call
) -> Steps[CreateInstancesResponse]:
    """Make one or more instances for an application, and reserved instances for them if the order has some."""
    order = _check(account, request, call.credentials.secret_key)
    cluster = request.ehc_cluster_id or default_cluster(account, order.subnet.zone).id
    made = []
    for index in range(len(order.addresses)):
        if index:
            yield
        made.append(_make_one(account, order, index, cluster))
    return {
        "orderId": new_order(account),
        "hpasIds": [instance.id for instance in made],
        "couponHpasIds": reserve(account, order.reservation._replace(ehc_cluster_id=cluster))
        if order.reservation
        else [],
    }


def _check(account: AccountRegion, request: CreateInstancesRequest, secret_key: str) -> Order:
    require_real_name(account)
    image, subnet = account.get(HpasImage, request.image_id), account.get(Subnet, request.subnet_id)
    if request.keypair_id:
        account.get(Keypair, request.keypair_id, NoSuchObject)
    check_cluster(account, request.ehc_cluster_id, subnet.zone)
    groups = groups_named(account, subnet.vpc_id, request.security_group_type, request.security_group_ids)
    application = application_ordered(request.app_type, request.app_performance_level)
    check_image(account, image, request.app_type)
    _check_members(account, request, subnet)
    if request.password:
        check_password(request.password, secret_key)
    months, count = months_ahead(request.billing_model), request.purchase_num or 1
    if stock(account, subnet.zone, application.app_type) < count:
        raise OperationDenied(f"fewer than {count} instances for {application.app_type} are left in {subnet.zone}")
    require_balance(account, price_of_application(application, months, count).paid if months else None)
    return Order(
        request,
        root_size(request.root_disk_size_in_gb, image),
        subnet,
        groups if groups != NONE else GroupIds((default_security_group(account, subnet.vpc_id).id,)),
        chosen_addresses(account, subnet, request.internal_ips, count),
        months,
        renewed_months(request.billing_model) if months else 0,
        _reservation(account, request, application),
    )


def _check_members(account: AccountRegion, request: CreateInstancesRequest, subnet: Subnet) -> None:
    check_names(request.name, request.application_name)
    check_zone(account.region, request.zone_name)
    if subnet.zone != request.zone_name:
        raise BadRequest(f"the subnet is in {subnet.zone}, not in {request.zone_name}")
    if request.root_disk_storage_type not in {"", *ROOT_STORAGE_TYPES}:
        raise BadRequest(not_offered("rootDiskStorageType", request.root_disk_storage_type, ROOT_STORAGE_TYPES))
    if request.data_volumes:
        raise BadRequest("dataVolumes is not emulated: make volumes of BCC, and AttachVolumes puts them on")


def _reservation(
    account: AccountRegion, request: CreateInstancesRequest, application: Application
) -> Reservation | None:
    coupon = request.reserved_instance
    if coupon is None:
        return None
    billing = BillingModel(
        period=coupon.reserved_instance_period,
        period_unit=coupon.reserved_instance_period_unit,
        auto_renew=coupon.auto_renew,
        auto_renew_period=coupon.auto_renew_period,
        auto_renew_period_unit=coupon.auto_renew_period_unit,
    )
    count = coupon.purchase_num or request.purchase_num or 1
    return plan_reservation(account, application, coupon.name, request.zone_name, billing, count)


def _make_one(account: AccountRegion, order: Order, index: int, cluster_id: str) -> HpasInstance:
    request = order.request
    suffix = f"-{index + 1}" if len(order.addresses) > 1 else ""
    title = request.application_name
    instance = account.add(
        HpasInstance(
            id=account.new_id(HpasInstance),
            name=(request.name or f"hpas-{account.new_text('hpas name', 'lower')[:8]}") + suffix,
            application_name=f"{title}-{index + 1}" if title and request.auto_seq_suffix else title,
            desc=request.description,
            app_type=request.app_type,
            level=request.app_performance_level,
            image_id=request.image_id,
            zone=order.subnet.zone,
            nic_id=account.new_id(Nic),
            ehc_cluster_id=cluster_id,
            keypair_id=request.keypair_id,
            user_data=request.user_data,
            jumbo_frame=request.enable_jumbo_frame,
            payment=PREPAID if order.months else POSTPAID,
            expires=months_later(account.clock.now(), order.months) if order.months else None,
            auto_renew_months=order.renewed_months,
            tags=tags_of(request.tags),
        )
    )
    make_primary(account, instance.nic_id, instance.id, order.subnet, order.addresses[index], order.groups)
    make_system_disk(account, instance, order.root_gb, request.root_disk_storage_type or ROOT_STORAGE_TYPE)
    account.change(instance, "create")
    await_expiry(account, instance)
    return instance
