"""What is ordered when instances are created: the members both create calls share, checked against the account."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.declare.models import ClientToken, LenientBool, LenientInt, Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc import offerings, prices
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.ehc_cluster.placement import check_cluster
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.access.login import Login, check_login
from bce_emulator.services.bcc.instance.errors import ZoneSoldOut
from bce_emulator.services.bcc.settings import stock
from bce_emulator.services.bcc.snapshot.source import check_source
from bce_emulator.services.bcc.volume.quota import check_quota
from bce_emulator.services.shared.billing import Billing, check_billing, months_of, renewal_months
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.names import (
    EIP_NAME_RULE,
    HOSTNAME_RULE,
    NAME_RULE,
    is_eip_name,
    is_hostname,
    is_name,
)
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.prices import price
from bce_emulator.services.shared.regions import check_zone, zones
from bce_emulator.services.shared.standing import require_balance, require_real_name
from bce_emulator.services.shared.tags import TagModel
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.nic.addresses import why_no_public_address_in
from bce_emulator.services.vpc.nic.primary import chosen_addresses
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.membership import NONE, GroupIds, chosen_groups
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.default import default_subnet

MAX_AT_ONCE = 100
MAX_BANDWIDTH = 200
SYSTEM_DISK_GB = 40
MAX_SYSTEM_DISK_GB = 2048
MIN_LINUX_GB, MIN_WINDOWS_GB = 10, 40


ChargeType = Literal["BANDWIDTH_PREPAID", "TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR"]
EphemeralType = Literal[
    "SSD_Enhanced", "cloud_hp1", "hp1", "hdd", "std1", "local", "sata", "ssd", "HDD_Throughput",
    "local-ssd", "local-hdd", "local-nvme", "enhanced_ssd_pl1", "enhanced_ssd_pl2", "elastic_ephemeral_disk",
]  # fmt: skip


class DataDisk(Model):
    """A data volume to be made with the instance."""

    cds_size_in_gb: Annotated[int, Field(alias="cdsSizeInGB")] = 0
    cds_num: Annotated[int, Field(ge=1)] = 1
    storage_type: str = "hp1"
    name: str = ""
    snapshot_id: str = ""
    encrypt_key: str = ""
    enable_delete_protection: LenientBool = False
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False
    cds_extra_io: int = 0


class EphemeralDisk(Model):
    """A local disk that lives and goes with the instance."""

    size_in_gb: Annotated[int, Field(alias="sizeInGB", ge=1)]
    storage_type: EphemeralType = "local"


class CreateRequest(Login):
    """What to make, how many, and where."""

    client_token: ClientToken = ""
    image_id: str
    billing: Billing = Billing()
    root_disk_size_in_gb: int = 0
    root_disk_storage_type: str = ""
    create_cds_list: tuple[DataDisk, ...] = ()
    ephemeral_disks: tuple[EphemeralDisk, ...] = ()
    network_capacity_in_mbps: int = 0
    internet_charge_type: ChargeType | None = None
    eip_name: str = ""
    purchase_count: int = 0
    purchase_min_count: int = 0
    name: str = ""
    hostname: str = ""
    auto_seq_suffix: bool = False
    user_data: str = ""
    zone_name: str = ""
    subnet_id: str = ""
    security_group_id: str = ""
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_id: str = ""
    enterprise_security_group_ids: tuple[str, ...] = ()
    internal_ips: tuple[str, ...] = ()
    deletion_protection: LenientInt = 0
    enable_delete_protection: LenientBool = False
    local_disk_size_in_gb: LenientInt = Field(0, alias="localDiskSizeInGB")
    relation_tag: bool = False
    tags: tuple[TagModel, ...] = ()
    deploy_id: str = ""
    deploy_id_list: tuple[str, ...] = ()
    is_eip_auto_related_delete: bool = False
    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 0
    cds_auto_renew: bool = False
    asp_id: str = ""
    is_open_ipv6: bool = False
    enable_jumbo_frame: bool = False
    res_group_id: str = ""
    dedicated_host_id: str = ""
    ehc_cluster_id: str = ""
    role_name: str = ""
    hosteye_type: str = ""


@dataclass(frozen=True, slots=True)
class Hardware:
    """What the instances are made of."""

    spec: str
    cpu_count: int
    memory_gb: int
    instance_type: str = ""
    gpu_card: str = ""
    fpga_card: str = ""
    card_count: int = 0
    local_disk: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A request that was found good: nothing after this refuses."""

    request: CreateRequest
    hardware: Hardware
    image: Image
    subnet: Subnet
    groups: GroupIds
    deploy_sets: tuple[str, ...]
    addresses: list[str]
    count: int
    system_disk_gb: int
    policy: AutoSnapshotPolicy | None


def check_order(account: AccountRegion, request: CreateRequest, hardware: Hardware, credentials: Credentials) -> Order:
    """Check everything before anything is made."""
    require_real_name(account)
    _check_values(request)
    check_billing(request.billing)
    image = account.get(Image, request.image_id)
    account.check(image, "use")
    system_disk = _system_disk(request, image)
    for disk in request.create_cds_list:
        _check_data_disk(account, disk)
    data_disks = sum(disk.cds_num for disk in request.create_cds_list)
    if len(request.ephemeral_disks) + data_disks > offerings.MAX_VOLUMES:
        raise BadRequest(f"an instance has at most {offerings.MAX_VOLUMES} data disks")
    policy = account.get(AutoSnapshotPolicy, request.asp_id) if request.asp_id else None
    subnet = _subnet(account, request)
    if request.is_open_ipv6 and not subnet.ipv6_cidr:
        raise BadRequest("the subnet has no IPv6")
    if request.network_capacity_in_mbps and (refusal := why_no_public_address_in(subnet)):
        raise BadRequest(refusal)
    groups = _groups(account, request, subnet)
    deploy_sets = tuple(dict.fromkeys(filter(None, (request.deploy_id, *request.deploy_id_list))))
    for deploy_set in deploy_sets:
        account.get(DeploySet, deploy_set)
    check_cluster(account, request.ehc_cluster_id, subnet.zone)
    check_login(account, request, image, credentials)
    count = _count(account, request, subnet.zone, hardware.spec)
    require_balance(account, _prepaid_price(request, hardware, count))
    addresses = chosen_addresses(account, subnet, request.internal_ips, count)
    data_gb = sum(data_disk_gb(account, disk) * disk.cds_num for disk in request.create_cds_list)
    check_quota(account, data_disks * count, data_gb * count)
    if request.network_capacity_in_mbps and address_service().count_left(account) < count:
        raise QuotaLimitExceeded(f"the account may not have {count} more public addresses")
    return Order(request, hardware, image, subnet, groups, deploy_sets, addresses, count, system_disk, policy)


def _prepaid_price(request: CreateRequest, hardware: Hardware, count: int) -> Decimal | None:
    if request.billing.payment_timing != "Prepaid":
        return None
    family = hardware.spec.split(".")[1] if hardware.spec else ""
    hour = prices.hour_of(family, hardware.cpu_count, hardware.memory_gb, hardware.card_count)
    return price(hour * count, months_of(request.billing.reservation)).paid


def _count(account: AccountRegion, request: CreateRequest, zone: str, spec: str) -> int:
    """How many are made: what was asked for, or as many as are left if fewer will do."""
    count = request.purchase_count or 1
    left = stock(account, zone, spec)
    if left is None or left >= count:
        return count
    if left and left >= (request.purchase_min_count or count):
        return left
    raise ZoneSoldOut(f"{left} instances of {spec} are left in {zone}")


def _check_values(request: CreateRequest) -> None:
    count = request.purchase_count or 1
    if not 1 <= count <= MAX_AT_ONCE or not 0 <= request.purchase_min_count <= count:
        raise BadRequest(f"purchaseCount is 1 to {MAX_AT_ONCE}, and purchaseMinCount not more than that")
    if request.name and not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    if request.hostname and not is_hostname(request.hostname):
        raise BadRequest(f"hostname is {HOSTNAME_RULE}")
    if request.eip_name and not is_eip_name(request.eip_name):
        raise BadRequest(f"eipName is {EIP_NAME_RULE}")
    if not 0 <= request.network_capacity_in_mbps <= MAX_BANDWIDTH:
        raise BadRequest(f"networkCapacityInMbps is 0 to {MAX_BANDWIDTH}")
    if request.deletion_protection not in {0, 1}:
        raise BadRequest("deletionProtection is 0 or 1")
    if request.local_disk_size_in_gb:
        raise BadRequest("localDiskSizeInGB is 0, since a local disk is ordered as one of the ephemeralDisks")
    if request.auto_renew_time:
        renewal_months(request.auto_renew_time, request.auto_renew_time_unit)


def _system_disk(request: CreateRequest, image: Image) -> int:
    size = request.root_disk_size_in_gb or SYSTEM_DISK_GB
    least = max(image.min_disk_gb, MIN_WINDOWS_GB if image.os.is_windows else MIN_LINUX_GB)
    if not least <= size <= MAX_SYSTEM_DISK_GB:
        raise BadRequest(f"rootDiskSizeInGb is {least} to {MAX_SYSTEM_DISK_GB} for this image")
    if request.root_disk_storage_type and request.root_disk_storage_type not in offerings.storage_types():
        raise BadRequest(not_offered("rootDiskStorageType", request.root_disk_storage_type, offerings.storage_types()))
    return size


def _check_data_disk(account: AccountRegion, disk: DataDisk) -> None:
    if disk.name and not is_name(disk.name):
        raise BadRequest(f"createCdsList.name is {NAME_RULE}")
    kind = offerings.storage_types().get(disk.storage_type)
    if kind is None:
        raise BadRequest(not_offered("createCdsList.storageType", disk.storage_type, offerings.storage_types()))
    if not kind.min_gb <= data_disk_gb(account, disk) <= kind.max_gb:
        raise BadRequest(f"createCdsList.cdsSizeInGB is {kind.min_gb} to {kind.max_gb} for {kind.name}")


def data_disk_gb(account: AccountRegion, disk: DataDisk) -> int:
    """The size of a data volume: what was asked for, or that of the snapshot it is made from."""
    size = disk.cds_size_in_gb
    if disk.snapshot_id:
        snapshot = check_source(account, disk.snapshot_id, size, BadRequest)
        size = size or snapshot.size_gb
    return size


def _subnet(account: AccountRegion, request: CreateRequest) -> Subnet:
    zone = request.zone_name
    check_zone(account.region, zone)
    if not request.subnet_id:
        return default_subnet(account, zone or zones(account.region)[0])
    subnet = account.get(Subnet, request.subnet_id)
    if zone and subnet.zone != zone:
        raise BadRequest(f"the subnet is in {subnet.zone}, not in {zone}")
    return subnet


def _groups(account: AccountRegion, request: CreateRequest, subnet: Subnet) -> GroupIds:
    ordinary = tuple(filter(None, (request.security_group_id, *request.security_group_ids)))
    enterprise = filter(None, (request.enterprise_security_group_id, *request.enterprise_security_group_ids))
    found = chosen_groups(account, subnet.vpc_id, ordinary, tuple(enterprise))
    return found if found != NONE else GroupIds((default_security_group(account, subnet.vpc_id).id,))
