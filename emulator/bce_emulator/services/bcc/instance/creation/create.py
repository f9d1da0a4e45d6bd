"""Create instances: by spec, and by the older call with cores and memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import LenientStr
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.auto_snapshot_policy.run import plan_next_run
from bce_emulator.services.bcc.ehc_cluster.placement import default_cluster
from bce_emulator.services.bcc.instance.creation.order import (
    CreateRequest,
    DataDisk,
    Hardware,
    Order,
    check_order,
    data_disk_gb,
)
from bce_emulator.services.bcc.instance.errors import ZoneSoldOut
from bce_emulator.services.bcc.instance.expiry import await_expiry
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import DiskQuotaExceeded
from bce_emulator.services.bcc.volume.expiry import set_auto_renew
from bce_emulator.services.bcc.volume.lifecycle import CREATING, IN_USE
from bce_emulator.services.bcc.volume.resource import DATA, EPHEMERAL, SYSTEM, Volume
from bce_emulator.services.shared.billing import in_months, months_of
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from bce_emulator.services.shared.names import is_hostname
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.tags import tags_of
from bce_emulator.services.vpc.address.private import free_ipv6_address
from bce_emulator.services.vpc.address.public import AddressOrder, address_service
from bce_emulator.services.vpc.nic.primary import make_primary
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp

ERRORS = [
    QualifyNotPass,
    InsufficientBalance,
    NoSuchObject,
    OperationDenied,
    ZoneSoldOut,
    PrivateIpInUse,
    SubnetHasNoMoreIp,
    DiskQuotaExceeded,
    QuotaLimitExceeded,
]
CHARGED = {
    "BANDWIDTH_PREPAID": ("Prepaid", ""),
    "TRAFFIC_POSTPAID_BY_HOUR": ("Postpaid", "ByTraffic"),
    "BANDWIDTH_POSTPAID_BY_HOUR": ("Postpaid", "ByBandwidth"),
}
"""How the public address that is ordered with an instance is paid for, by its internetChargeType."""
LEGACY_CORES = frozenset({1, 2, 4, 8, 12, 16, 24, 32})
LEGACY_GB_PER_CORE = range(1, 9)
MAX_CARDS = 16
LEGACY_TYPES = frozenset({"N1", "N2", "N3", "N4", "N5", "C1", "C2", "S1", "G1", "F1"})


class CreateInstanceBySpecRequest(CreateRequest):
    """Instances of a spec such as ``bcc.g5.c2m8``."""

    spec: str


class CreateInstanceRequest(CreateRequest):
    """Instances of so many cores and so much memory; a spec, if there is one, decides."""

    instance_type: str = ""
    cpu_count: int = 0
    memory_gb: Annotated[int, Field(alias="memoryCapacityInGB")] = 0
    spec: str = ""
    gpu_card: Literal["P4", "P40", "K40", "DLCard"] | None = None
    fpga_card: Literal["KU115"] | None = None
    card_count: LenientStr = ""


class CreateInstanceResponse(TypedDict):
    """The ids of the instances, and the order that they were made by."""

    instanceIds: list[str]
    warningList: list[str]
    orderId: str


@operation("POST /v2/instanceBySpec", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/2k3rau7n4")
def create_instance_by_spec(
    account: AccountRegion, request: CreateInstanceBySpecRequest, call: Call
) -> Steps[CreateInstanceResponse]:
    """Make one or more instances of a spec."""
    order = check_order(account, request, hardware_of(request.spec), call.credentials)
    return (yield from fulfil(account, order))


@operation("POST /v2/instance", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/yjwvyoe0s")
def create_instance(
    account: AccountRegion, request: CreateInstanceRequest, call: Call
) -> Steps[CreateInstanceResponse]:
    """Make one or more instances with so many cores and so much memory."""
    order = check_order(account, request, hardware_ordered(request), call.credentials)
    return (yield from fulfil(account, order))


def hardware_of(spec: str) -> Hardware:
    """What an instance of a spec is made of; a spec that is not on offer is refused."""
    offer = offerings.specs().get(spec)
    if offer is None:
        raise BadRequest(not_offered("spec", spec, offerings.specs()))
    return Hardware(
        spec=offer.spec,
        cpu_count=offer.cpu_count,
        memory_gb=offer.memory_gb,
        gpu_card=offer.gpu_card,
        card_count=offer.gpu_card_count,
        local_disk=offer.local_disk,
    )


def requested_hardware(spec: str, instance_type: str, cores: int, memory_gb: int) -> Hardware:
    """What an instance is made of that is ordered by its size; a spec, if there is one, decides."""
    if spec:
        return hardware_of(spec)
    if instance_type and instance_type not in LEGACY_TYPES:
        raise BadRequest(not_offered("instanceType", instance_type, sorted(LEGACY_TYPES)))
    if cores not in LEGACY_CORES or memory_gb not in (cores * each for each in LEGACY_GB_PER_CORE):
        raise BadRequest(
            f"cpuCount is one of {_listed(LEGACY_CORES)}, and memoryCapacityInGB so many times one of "
            f"{_listed(LEGACY_GB_PER_CORE)}"
        )
    return Hardware("", cores, memory_gb, instance_type or "N5")


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def hardware_ordered(request: CreateInstanceRequest) -> Hardware:
    """The same with the cards that an order by size can name."""
    hardware = requested_hardware(request.spec, request.instance_type, request.cpu_count, request.memory_gb)
    if request.gpu_card and request.fpga_card:
        raise BadRequest("gpuCard and fpgaCard exclude each other")
    if request.spec or not (request.gpu_card or request.fpga_card):
        return hardware
    count = request.card_count or "1"
    if not count.isdecimal() or int(count) > MAX_CARDS:
        raise BadRequest(f"cardCount is 1 to {MAX_CARDS}")
    return replace(
        hardware, gpu_card=request.gpu_card or "", fpga_card=request.fpga_card or "", card_count=int(count) or 1
    )


def fulfil(account: AccountRegion, order: Order) -> Steps[CreateInstanceResponse]:
    """Make what an order asks for, and answer it."""
    instance_ids = yield from make_instances(account, order)
    return {"instanceIds": instance_ids, "warningList": [], "orderId": new_order(account)}


def make_instances(account: AccountRegion, order: Order) -> Steps[list[str]]:
    """Make what was ordered, an instance in each step; every one has its system disk from the start."""
    instance_ids = []
    for index in range(order.count):
        if index:
            yield
        instance_ids.append(_make_instance(account, order, index).id)
    return instance_ids


def _make_instance(account: AccountRegion, order: Order, index: int) -> Instance:
    request, hardware = order.request, order.hardware
    billing = request.billing
    expires = None
    if billing.payment_timing == "Prepaid":
        expires = months_later(account.clock.now(), months_of(billing.reservation))
    suffix = f"-{index + 1}" if order.count > 1 or request.auto_seq_suffix else ""
    name = (request.name or f"instance-{account.new_text('name', 'lower')[:8]}") + suffix
    hostname = request.hostname + suffix if request.hostname else (name if is_hostname(name) else "")
    renews = expires is not None and request.auto_renew_time > 0
    instance = Instance(
        id=account.new_id(Instance),
        name=name,
        hostname=hostname,
        spec=hardware.spec,
        instance_type=hardware.instance_type,
        cpu_count=hardware.cpu_count,
        memory_gb=hardware.memory_gb,
        gpu_card=hardware.gpu_card,
        fpga_card=hardware.fpga_card,
        card_count=hardware.card_count,
        local_disk_gb=sum(disk.size_in_gb for disk in request.ephemeral_disks),
        image_id=order.image.id,
        os=order.image.os,
        zone=order.subnet.zone,
        nic_id=account.new_id(Nic),
        payment=billing.payment_timing,
        expires=expires,
        auto_renew=renews,
        auto_renew_unit=request.auto_renew_time_unit if renews else "",
        auto_renew_period=request.auto_renew_time if renews else 0,
        keypair_id=request.keypair_id,
        tags=tags_of(request.tags),
        deploy_set_ids=order.deploy_sets,
        deletion_protection=request.deletion_protection or int(request.enable_delete_protection),
        jumbo_frame=request.enable_jumbo_frame,
        eip_deleted_too=request.is_eip_auto_related_delete,
        role_name=request.role_name,
        user_data=request.user_data,
        ehc_cluster_id=_ehc_cluster_id(account, order),
        resource_group_id=request.res_group_id,
        dedicated_host_id=request.dedicated_host_id,
        hosteye_type=request.hosteye_type,
    )
    account.add(instance)
    _make_nic(account, order, instance, order.addresses[index])
    account.change(instance, "create")
    await_expiry(account, instance)
    _make_volumes(account, order, instance)
    return instance


def _ehc_cluster_id(account: AccountRegion, order: Order) -> str:
    spec = offerings.specs().get(order.hardware.spec)
    if order.request.ehc_cluster_id or spec is None or spec.product != "ehc":
        return order.request.ehc_cluster_id
    return default_cluster(account, order.subnet.zone).id


def _make_nic(account: AccountRegion, order: Order, instance: Instance, address: str) -> None:
    ipv6 = free_ipv6_address(account, order.subnet) if order.request.is_open_ipv6 else ""
    make_primary(account, instance.nic_id, instance.id, order.subnet, address, order.groups, ipv6)
    if order.request.network_capacity_in_mbps:
        address_service().order(account, "BCC", instance, _address_order(account, order.request, instance))


def _address_order(account: AccountRegion, request: CreateRequest, instance: Instance) -> AddressOrder:
    """The public address that an instance is made with; what is paid for ahead ends and renews itself with it."""
    default = "BANDWIDTH_PREPAID" if instance.payment == "Prepaid" else "BANDWIDTH_POSTPAID_BY_HOUR"
    payment, method = CHARGED[request.internet_charge_type or default]
    expires, renewal = None, 0
    if payment == "Prepaid":
        expires = instance.expires or months_later(account.clock.now(), 1)
        renewal = in_months(instance.auto_renew_period, instance.auto_renew_unit)
    return AddressOrder(request.eip_name, request.network_capacity_in_mbps, payment, method, expires, renewal)


def _make_volumes(account: AccountRegion, order: Order, instance: Instance) -> None:
    request = order.request
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    system = request.root_disk_storage_type or "cloud_hp1"
    volumes = [_make_volume(account, instance, next(letters), SYSTEM, order.system_disk_gb, system)]
    volumes += [
        _make_volume(account, instance, next(letters), EPHEMERAL, local.size_in_gb, local.storage_type)
        for local in request.ephemeral_disks
    ]
    renews = instance.auto_renew and request.cds_auto_renew
    for disk in request.create_cds_list:
        volumes += [
            _make_data_volume(account, instance, next(letters), disk, renews=renews) for _ in range(disk.cds_num)
        ]
    if request.relation_tag and instance.tags:
        for volume in volumes:
            volume.tags = instance.tags
    if order.policy:
        for volume in volumes:
            if volume.type != EPHEMERAL:
                volume.policy_id = order.policy.id
        plan_next_run(account, order.policy)


def _make_data_volume(
    account: AccountRegion, instance: Instance, letter: str, disk: DataDisk, *, renews: bool
) -> Volume:
    source = account.find(Snapshot, disk.snapshot_id)
    volume = _make_volume(account, instance, letter, DATA, data_disk_gb(account, disk), disk.storage_type)
    volume.name = disk.name
    volume.delete_with_instance = disk.delete_with_instance
    volume.delete_auto_snapshot = disk.delete_auto_snapshot
    volume.delete_protection = disk.enable_delete_protection
    volume.snapshot_id = disk.snapshot_id
    volume.encrypt_key = disk.encrypt_key or (source.encrypt_key if source else "")
    volume.extra_io = disk.cds_extra_io
    if renews:
        set_auto_renew(volume, in_months(instance.auto_renew_period, instance.auto_renew_unit))
    return volume


def _make_volume(
    account: AccountRegion, instance: Instance, letter: str, kind: str, size_gb: int, storage_type: str
) -> Volume:
    volume = Volume(
        id=account.new_id(Volume),
        state=CREATING if kind == DATA else IN_USE,
        type=kind,
        size_gb=size_gb,
        storage_type=storage_type,
        zone=instance.zone,
        instance_id=instance.id,
        device=f"/dev/vd{letter}",
        serial_number=f"v-{account.new_text('serial', 'mixed')}",
        payment=instance.payment,
        expires=instance.expires,
    )
    account.add(volume)
    if kind == DATA:
        account.change(volume, "create_in_use")
    return volume
