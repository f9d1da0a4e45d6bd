"""Create servers: by flavor, and on hosts with certain labels. https://cloud.baidu.com/doc/BBC/s/7jwvxua81"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bbc.billing import ServerBilling, months_ahead
from bce_emulator.services.bbc.deployset.members import check_room
from bce_emulator.services.bbc.deployset.resource import ServerDeploySet
from bce_emulator.services.bbc.image.resource import ServerImage
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.offerings import Flavor, Raid, flavor_ordered, raid_ordered
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.bbc.prices import price_of_flavor
from bce_emulator.services.bbc.settings import stock
from bce_emulator.services.shared.billing import renewal_months
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from bce_emulator.services.shared.names import HOSTNAME_RULE, NAME_RULE, dashed, is_hostname, is_name
from bce_emulator.services.shared.password import check_password
from bce_emulator.services.shared.regions import check_zone, zones
from bce_emulator.services.shared.standing import require_balance, require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.nic.primary import chosen_addresses, make_primary
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.membership import NONE, GroupIds, chosen_groups
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.default import default_subnet

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
MAX_AT_ONCE = 100
ROOT_GB = 20
ERRORS = [
    QualifyNotPass, InsufficientBalance, QuotaLimitExceeded, NoSuchObject, OperationDenied, PrivateIpInUse,
    SubnetHasNoMoreIp,
]  # fmt: skip


class CreateInstanceRequest(Model):
    """What to make, how many, and where. Partitions, NUMA and hyper-threading are accepted and change nothing."""

    client_token: ClientToken = ""
    flavor_id: str
    image_id: str
    raid_id: str
    root_disk_size_in_gb: int = 0
    purchase_count: Annotated[int, Field(ge=0, le=MAX_AT_ONCE)] = 1
    zone_name: str = ""
    subnet_id: str = ""
    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 0
    billing: ServerBilling = ServerBilling()
    name: str = ""
    hostname: str = ""
    admin_pass: str = ""
    deploy_set_id: str = ""
    security_group_id: str = ""
    enterprise_security_group_id: str = ""
    tags: tuple[TagModel, ...] = ()
    internal_ips: tuple[str, ...] = ()
    request_token: str = ""
    enable_numa: bool = False
    enable_ht: bool = False
    root_partition_type: str = ""
    data_partition_type: str = ""


class LabelConstraint(Model):
    """What the labels of a host must be like."""

    label_key: str = ""
    label_value: str = ""
    operator_name: Literal["equal", "not_equal", "exist", "not_exist"] = "equal"


class CreateInstanceByLabelRequest(CreateInstanceRequest):
    """The same, on hosts with certain labels: every host has them all."""

    label_constraints: tuple[LabelConstraint, ...] = ()


class CreateInstanceResponse(TypedDict):
    """The ids of the servers."""

    instanceIds: list[str]


class Order(NamedTuple):
    """A request that was found good: nothing after this refuses."""

    request: CreateInstanceRequest
    flavor: Flavor
    raid: Raid
    image: ServerImage
    root_gb: int
    subnet: Subnet
    groups: GroupIds
    addresses: list[str]
    months: int
    renewal_months: int


@operation("POST /v1/instance", errors=ERRORS, doc=DOC)
def create_instance(
    account: AccountRegion, request: CreateInstanceRequest, call: Call
) -> Steps[CreateInstanceResponse]:
    """Make one or more servers of a flavor."""
    return (yield from make_servers(account, request, call.credentials.secret_key, "CreateInstance"))


@operation("POST /v1/instanceByLabel", errors=ERRORS, basis="client")
def create_instance_by_label(
    account: AccountRegion, request: CreateInstanceByLabelRequest, call: Call
) -> Steps[CreateInstanceResponse]:
    """Make one or more servers on hosts with certain labels."""
    return (yield from make_servers(account, request, call.credentials.secret_key, "CreateInstanceByLabel"))


def make_servers(
    account: AccountRegion, request: CreateInstanceRequest, secret_key: str, name: str
) -> Steps[CreateInstanceResponse]:
    """Make the servers of an order that an operation with this name brings, one in each step."""
    order = _check(account, request, secret_key)
    made = []
    for index in range(len(order.addresses)):
        if index:
            yield
        made.append(_make_one(account, order, index).id)
    note(account, name, *made)
    return {"instanceIds": made}


def root_size(requested: int, raid: Raid, image: ServerImage) -> int:
    """The GB of the root partition: what was requested or the default; a size that does not fit is refused."""
    size, least, most = requested or max(ROOT_GB, image.min_disk_gb), image.min_disk_gb, raid.system_gb - raid.swap_gb
    if not least <= size <= most:
        raise BadRequest(f"the root partition has {least} to {most} GB with this image and RAID")
    return size


def _check(account: AccountRegion, request: CreateInstanceRequest, secret_key: str) -> Order:
    require_real_name(account)
    image = account.get(ServerImage, request.image_id)
    subnet = _subnet(account, request)
    deploy_set = account.get(ServerDeploySet, request.deploy_set_id) if request.deploy_set_id else None
    flavor = flavor_ordered(request.flavor_id)
    raid = raid_ordered(flavor, request.raid_id)
    groups = chosen_groups(
        account,
        subnet.vpc_id,
        tuple(filter(None, (request.security_group_id,))),
        tuple(filter(None, (request.enterprise_security_group_id,))),
    )
    account.check(image, "use")
    _check_names(request)
    if request.admin_pass:
        check_password(request.admin_pass, secret_key)
    months, count = months_ahead(request.billing), request.purchase_count or 1
    renewal = renewal_months(request.auto_renew_time, request.auto_renew_time_unit) if request.auto_renew_time else 0
    if stock(account, subnet.zone, flavor.id) < count:
        raise OperationDenied(f"fewer than {count} servers of {flavor.id} are left in {subnet.zone}")
    if deploy_set is not None:
        check_room(account, deploy_set, subnet.zone, count)
    require_balance(account, price_of_flavor(flavor, months, count).paid if months else None)
    return Order(
        request,
        flavor,
        raid,
        image,
        root_size(request.root_disk_size_in_gb, raid, image),
        subnet,
        groups if groups != NONE else GroupIds((default_security_group(account, subnet.vpc_id).id,)),
        chosen_addresses(account, subnet, request.internal_ips, count),
        months,
        renewal if months else 0,
    )


def _check_names(request: CreateInstanceRequest) -> None:
    if request.name and not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    if request.hostname and not is_hostname(request.hostname):
        raise BadRequest(f"hostname is {HOSTNAME_RULE}")


def _subnet(account: AccountRegion, request: CreateInstanceRequest) -> Subnet:
    zone = request.zone_name
    if not request.subnet_id:
        check_zone(account.region, zone)
        return default_subnet(account, zone or zones(account.region)[0])
    subnet = account.get(Subnet, request.subnet_id)
    check_zone(account.region, zone)
    if zone and subnet.zone != zone:
        raise BadRequest(f"the subnet is in {subnet.zone}, not in {zone}")
    return subnet


def _make_one(account: AccountRegion, order: Order, index: int) -> Server:
    request = order.request
    suffix = f"-{index + 1}" if len(order.addresses) > 1 else ""
    name = (request.name or f"instance-{account.new_text('name', 'lower')[:8]}") + suffix
    server = account.add(
        Server(
            id=account.new_id(Server),
            uuid=dashed(account.new_text("server", "hex32")),
            name=name,
            hostname=request.hostname + suffix if request.hostname else (name if is_hostname(name) else ""),
            flavor_id=order.flavor.id,
            raid_id=order.raid.id,
            root_gb=order.root_gb,
            image_id=order.image.id,
            os=order.image.os,
            zone=order.subnet.zone,
            nic_id=account.new_id(Nic),
            deploy_set_id=request.deploy_set_id,
            payment=request.billing.payment_timing,
            expires=months_later(account.clock.now(), order.months) if order.months else None,
            auto_renew_months=order.renewal_months,
            tags=tags_of(request.tags),
        )
    )
    make_primary(account, server.nic_id, server.id, order.subnet, order.addresses[index], order.groups)
    account.change(server, "create")
    await_expiry(account, server)
    return server
