"""What is ordered when instances are created: the members both create calls share, checked against the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from emulator.engine.accounts import Account, Credentials
from emulator.engine.errors import BadRequest, NoSuchObject
from emulator.engine.models import ClientToken, Model, Number, Truth
from emulator.services.bcc import offers
from emulator.services.bcc.deployset.resource import DeploySet
from emulator.services.bcc.facts import require_real_name, stock
from emulator.services.bcc.image.resource import Image
from emulator.services.bcc.instance.password import check_password
from emulator.services.bcc.instance.resource import ZoneSoldOut
from emulator.services.bcc.keypair.resource import Keypair
from emulator.services.bcc.names import is_hostname, is_name
from emulator.services.bcc.security_group.resource import SecurityGroup
from emulator.services.bcc.snapshot.source import check_source
from emulator.services.bcc.tags import TagModel
from emulator.services.vpc.subnet.addresses import check_address, free_addresses
from emulator.services.vpc.subnet.resource import Subnet
from emulator.services.vpc.vpc.default import default_security_group, default_subnet

MOST_AT_ONCE = 100
MOST_BANDWIDTH = 200
MOST_GROUPS = 10
MOST_DATA_DISKS = 15
SYSTEM_DISK_GB = 40
SYSTEM_DISK_MOST_GB = 2048
LEAST_LINUX_GB, LEAST_WINDOWS_GB = 10, 40
MONTHS = frozenset((*range(1, 10), 12, 24, 36))
YEARS = frozenset((1, 2, 3))
RULE_LENGTHS = {"month": range(1, 10), "year": range(1, 4)}
"""For how long a rule renews at a time."""
UNITS = {"": MONTHS, "month": MONTHS, "year": YEARS}


EphemeralType = Literal[
    "SSD_Enhanced", "cloud_hp1", "hp1", "hdd", "std1", "local", "sata", "ssd", "HDD_Throughput",
    "local-ssd", "local-hdd", "local-nvme", "enhanced_ssd_pl1", "enhanced_ssd_pl2", "elastic_ephemeral_disk",
]  # fmt: skip


class Reservation(Model):
    """How long a prepaid resource is paid for."""

    reservation_length: int = 0
    reservation_time_unit: str = "month"


class Billing(Model):
    """How a resource is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid", "bidding", "Spotpaid"] = "Postpaid"
    reservation: Reservation = Reservation()


class DataDisk(Model):
    """A data volume to be made with the instance."""

    cds_size_in_gb: Annotated[int, Field(alias="cdsSizeInGB")] = 0
    cds_num: Annotated[int, Field(ge=1)] = 1
    storage_type: str = "hp1"
    name: str = ""
    snapshot_id: str = ""
    encrypt_key: str = ""
    enable_delete_protection: Truth = False
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False
    cds_extra_io: int = 0


class EphemeralDisk(Model):
    """A local disk that lives and goes with the instance."""

    size_in_gb: Annotated[int, Field(alias="sizeInGB", ge=0)] = 0
    storage_type: EphemeralType = "local"


class CreateRequest(Model):
    """What to make, how many, and where."""

    client_token: ClientToken = ""
    image_id: str
    billing: Billing = Billing()
    root_disk_size_in_gb: int = 0
    root_disk_storage_type: str = ""
    create_cds_list: tuple[DataDisk, ...] = ()
    ephemeral_disks: tuple[EphemeralDisk, ...] = ()
    network_capacity_in_mbps: int = 0
    internet_charge_type: str = ""
    eip_name: str = ""
    purchase_count: int = 0
    name: str = ""
    hostname: str = ""
    auto_seq_suffix: bool = False
    admin_pass: str = ""
    keypair_id: str = ""
    keep_image_login: bool = False
    user_data: str = ""
    zone_name: str = ""
    subnet_id: str = ""
    security_group_id: str = ""
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_id: str = ""
    enterprise_security_group_ids: tuple[str, ...] = ()
    internal_ips: tuple[str, ...] = ()
    deletion_protection: Number = 0
    relation_tag: bool = False
    tags: tuple[TagModel, ...] = ()
    deploy_id: str = ""
    deploy_id_list: tuple[str, ...] = ()
    is_eip_auto_related_delete: bool = False
    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 0
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
    card_count: int = 0
    local_disk: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A request that was found good: nothing after this refuses."""

    request: CreateRequest
    hardware: Hardware
    image: Image
    subnet: Subnet
    groups: tuple[str, ...]
    deploy_sets: tuple[str, ...]
    addresses: list[str]
    count: int
    system_disk_gb: int


def check_order(account: Account, request: CreateRequest, hardware: Hardware, credentials: Credentials) -> Order:
    """Check everything before anything is made."""
    require_real_name(account)
    count = request.purchase_count or 1
    if not 1 <= count <= MOST_AT_ONCE:
        raise BadRequest(f"purchaseCount is 1 to {MOST_AT_ONCE}")
    _check_values(request)
    check_billing(request.billing)
    image = account.get(Image, request.image_id)
    account.check(image, "use")
    system_disk = _system_disk(request, image)
    for disk in request.create_cds_list:
        _check_data_disk(account, disk)
    if len(request.ephemeral_disks) + sum(disk.cds_num for disk in request.create_cds_list) > MOST_DATA_DISKS:
        raise BadRequest(f"an instance has at most {MOST_DATA_DISKS} data disks")
    subnet = _subnet(account, request)
    groups = _groups(account, request, subnet)
    deploy_sets = tuple(dict.fromkeys(filter(None, (request.deploy_id, *request.deploy_id_list))))
    for deploy_set in deploy_sets:
        account.get(DeploySet, deploy_set)
    _check_login(account, request, image, credentials)
    left = stock(account, subnet.zone, hardware.spec)
    if left is not None and left < count:
        raise ZoneSoldOut(f"{left} instances of {hardware.spec} are left in {subnet.zone}")
    addresses = _addresses(account, request, subnet, count)
    return Order(request, hardware, image, subnet, groups, deploy_sets, addresses, count, system_disk)


def check_billing(billing: Billing) -> None:
    """A prepaid resource is paid for 1 to 9, 12, 24 or 36 months, or 1 to 3 years."""
    if billing.payment_timing == "Prepaid":
        months_of(billing.reservation)


def months_of(reservation: Reservation) -> int:
    """How many months a reservation lasts; what is not on offer is refused."""
    length, unit = reservation.reservation_length, reservation.reservation_time_unit.lower()
    if unit not in UNITS or length not in UNITS[unit]:
        raise BadRequest("billing.reservation is none of those on offer")
    return length * (12 if unit == "year" else 1)


def _check_values(request: CreateRequest) -> None:
    if request.name and not is_name(request.name):
        raise BadRequest("name breaks the rule for names")
    if request.hostname and not is_hostname(request.hostname):
        raise BadRequest("hostname breaks the rule for hostnames")
    if not 0 <= request.network_capacity_in_mbps <= MOST_BANDWIDTH:
        raise BadRequest(f"networkCapacityInMbps is 0 to {MOST_BANDWIDTH}")
    if request.deletion_protection not in {0, 1}:
        raise BadRequest("deletionProtection is 0 or 1")
    if request.auto_renew_time and request.auto_renew_time not in RULE_LENGTHS.get(request.auto_renew_time_unit, ()):
        raise BadRequest("autoRenewTime is 1 to 9 months or 1 to 3 years")


def _system_disk(request: CreateRequest, image: Image) -> int:
    size = request.root_disk_size_in_gb or SYSTEM_DISK_GB
    least = max(image.min_disk_gb, LEAST_WINDOWS_GB if image.is_windows else LEAST_LINUX_GB)
    if not least <= size <= SYSTEM_DISK_MOST_GB:
        raise BadRequest(f"rootDiskSizeInGb is {least} to {SYSTEM_DISK_MOST_GB} for this image")
    if request.root_disk_storage_type and request.root_disk_storage_type not in offers.storage_types():
        raise BadRequest("rootDiskStorageType is none of those on offer")
    return size


def _check_data_disk(account: Account, disk: DataDisk) -> None:
    kind = offers.storage_types().get(disk.storage_type)
    if kind is None:
        raise BadRequest("createCdsList.storageType is none of those on offer")
    if not kind.least_gb <= data_disk_gb(account, disk) <= kind.most_gb:
        raise BadRequest(f"createCdsList.cdsSizeInGB is {kind.least_gb} to {kind.most_gb} for {kind.name}")


def data_disk_gb(account: Account, disk: DataDisk) -> int:
    """The size of a data volume: what was asked for, or that of the snapshot it is made from."""
    size = disk.cds_size_in_gb
    if disk.snapshot_id:
        snapshot = check_source(account, disk.snapshot_id, size, BadRequest)
        size = size or snapshot.size_gb
    return size


def _subnet(account: Account, request: CreateRequest) -> Subnet:
    zone = request.zone_name
    if zone and zone not in offers.zones(account.region):
        raise BadRequest(f"zoneName is none of the zones of {account.region}")
    if not request.subnet_id:
        return default_subnet(account, zone or offers.zones(account.region)[0])
    subnet = account.get(Subnet, request.subnet_id)
    if zone and subnet.zone != zone:
        raise BadRequest(f"the subnet is in {subnet.zone}, not in {zone}")
    return subnet


def _groups(account: Account, request: CreateRequest, subnet: Subnet) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(filter(None, (request.security_group_id, *request.security_group_ids))))
    enterprise = request.enterprise_security_group_id or request.enterprise_security_group_ids
    if enterprise and wanted:
        raise BadRequest("security groups and enterprise security groups exclude each other")
    if enterprise:
        raise NoSuchObject("enterprise security groups are not emulated, so there is none")
    if len(wanted) > MOST_GROUPS:
        raise BadRequest(f"an instance has at most {MOST_GROUPS} security groups")
    for group_id in wanted:
        if account.get(SecurityGroup, group_id).vpc_id != subnet.vpc_id:
            raise BadRequest("the security group is not in the VPC of the subnet")
    return wanted or (default_security_group(account, subnet.vpc_id).id,)


def _check_login(account: Account, request: CreateRequest, image: Image, credentials: Credentials) -> None:
    if request.admin_pass and request.keypair_id:
        raise BadRequest("adminPass and keypairId exclude each other")
    if request.keypair_id:
        account.get(Keypair, request.keypair_id)
        if image.is_windows:
            raise BadRequest("an instance with Windows takes no keypair")
    if request.admin_pass:
        check_password(request.admin_pass, credentials.secret_key)


def _addresses(account: Account, request: CreateRequest, subnet: Subnet, count: int) -> list[str]:
    if not request.internal_ips:
        return free_addresses(account, subnet, count)
    wanted = list(request.internal_ips)
    if len(wanted) != count or len(set(wanted)) != count:
        raise BadRequest("internalIps names one address for each instance")
    for address in wanted:
        check_address(account, subnet, address)
    return wanted
