"""List instances in the words of version 3."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.v3_disks import name_in_v3
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.shared.tags import TagModel, TagView, has_tag, show_tags
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc


class TagFilter(TagModel):
    """The tag to look for; what is left out, or empty, is any."""

    tag_key: str = ""


class ListServersByMarkerV3Request(Model):
    """Filters that are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    instance_name: str = ""
    private_ip_address: str = ""
    public_ip_address: str = ""
    vpc_name: str = ""
    subnet_name: str = ""
    subnet_id: str = ""
    dedicated_host_id: str = ""
    zone_name: str = ""
    auto_renew: bool | None = None
    keypair_id: str = ""
    keypair_name: str = ""
    deployment_set_id: str = ""
    deployment_set_name: str = ""
    res_group_id: str = ""
    tag: TagFilter | None = None


class DataVolumeV3View(TypedDict):
    """A data disk of an instance."""

    volumeId: str
    volumeType: str
    volumeSizeInGb: int
    storageType: str
    snapshotId: str
    encryptKey: str


class NetworkCapacityV3View(TypedDict):
    """How an instance reaches the internet."""

    internetMaxBandwidthOut: int
    internetChargeType: str


class AddressV3View(TypedDict):
    """A private address."""

    primary: bool
    privateIp: str


class NicV3View(TypedDict):
    """The main NIC of an instance."""

    macAddress: str
    eniId: str
    type: str
    ips: list[AddressV3View]
    securityGroups: list[str]


class InstanceV3View(TypedDict):
    """An instance as version 3 shows it."""

    instanceId: str
    instanceName: str
    hostId: str
    hostName: str
    instanceSpec: str
    status: str
    description: str
    paymentTiming: str
    createTime: str
    expireTime: str
    releaseTime: str
    privateIpAddress: str
    publicIpAddress: str
    cpu: int
    memory: int
    gpuCard: str
    fpgaCard: str
    cardCount: int
    dataVolumes: list[DataVolumeV3View]
    imageId: str
    networkCapacityInMbps: NetworkCapacityV3View
    zoneName: str
    subnetId: str
    vpcId: str
    autoRenew: bool
    keypairId: str
    keypairName: str
    hypervisorDedicatedId: str
    ipv6: str
    tags: list[TagView]
    deployId: list[str]
    serialNumber: str
    switchId: str
    rackId: str
    nicInfo: NicV3View
    osName: str
    osType: str
    isEipAutoRelatedDelete: bool


class ListServersByMarkerV3Response(Page):
    """One page of instances as version 3 shows them."""

    instances: list[InstanceV3View]


@operation("POST /v3/instance/list", basis="client")
def list_servers_by_marker_v3(
    account: AccountRegion, request: ListServersByMarkerV3Request
) -> ListServersByMarkerV3Response:
    """List the instances that fit all filters, newest first, as version 3 shows them."""
    filters = _filters(account, request)
    return page(
        ListServersByMarkerV3Response,
        account,
        Instance,
        "instances",
        lambda instance: show_instance_v3(account, instance),
        request.marker,
        request.max_keys,
        lambda instance: all(fits(instance) for fits in filters),
    )


def _filters(account: AccountRegion, request: ListServersByMarkerV3Request) -> list[Callable[[Instance], bool]]:
    nic = partial(nic_of, account)
    wanted: list[tuple[str, Callable[[Instance], str]]] = [
        (request.instance_id, lambda i: i.id),
        (request.instance_name, lambda i: i.name),
        (request.private_ip_address, lambda i: nic(i).private_ip),
        (request.public_ip_address, lambda i: nic(i).public_ip),
        (request.vpc_name, lambda i: _name(account.find(Vpc, nic(i).vpc_id))),
        (request.subnet_name, lambda i: _name(account.find(Subnet, nic(i).subnet_id))),
        (request.subnet_id, lambda i: nic(i).subnet_id),
        (request.dedicated_host_id, lambda i: i.dedicated_host_id),
        (request.zone_name, lambda i: i.zone),
        (request.keypair_id, lambda i: i.keypair_id),
        (request.keypair_name, lambda i: _name(account.find(Keypair, i.keypair_id))),
        (request.res_group_id, lambda i: i.resource_group_id),
    ]
    filters = [_equals(value, fact) for value, fact in wanted if value]
    if request.deployment_set_id:
        filters.append(lambda i: request.deployment_set_id in i.deploy_set_ids)
    if request.deployment_set_name:
        filters.append(
            lambda i: any(
                _name(account.find(DeploySet, each)) == request.deployment_set_name for each in i.deploy_set_ids
            )
        )
    if request.auto_renew is not None:
        filters.append(lambda i: i.auto_renew == request.auto_renew)
    tag = request.tag
    if tag is not None:
        filters.append(lambda i: has_tag(i.tags, tag))
    return filters


def _equals(value: str, fact: Callable[[Instance], str]) -> Callable[[Instance], bool]:
    return lambda instance: fact(instance) == value


def _name(resource: Vpc | Subnet | Keypair | DeploySet | None) -> str:
    return resource.name if resource else ""


def show_instance_v3(account: AccountRegion, instance: Instance) -> InstanceV3View:
    """An instance by the member names of version 3; here ``cardCount`` is a number and ``primary`` a boolean."""
    volumes = sorted(account.where(Volume, "instance_id", instance.id), key=lambda volume: volume.serial)
    nic = nic_of(account, instance)
    return {
        "instanceId": instance.id,
        "instanceName": instance.name,
        "hostId": "",
        "hostName": instance.hostname,
        "instanceSpec": instance.spec,
        "status": instance.status,
        "description": instance.desc,
        "paymentTiming": instance.payment,
        "createTime": iso(instance.created),
        "expireTime": iso(instance.expires) if instance.expires is not None else "",
        "releaseTime": iso(instance.releases) if instance.releases is not None else "",
        "privateIpAddress": nic.private_ip,
        "publicIpAddress": nic.public_ip,
        "cpu": instance.cpu_count,
        "memory": instance.memory_gb,
        "gpuCard": instance.gpu_card,
        "fpgaCard": instance.fpga_card,
        "cardCount": instance.card_count,
        "dataVolumes": [_volume(volume) for volume in volumes if volume.type != SYSTEM],
        "imageId": instance.image_id,
        "networkCapacityInMbps": {
            "internetMaxBandwidthOut": nic.public_bandwidth,
            "internetChargeType": nic.public_charge_type,
        },
        "zoneName": instance.zone,
        "subnetId": nic.subnet_id,
        "vpcId": nic.vpc_id,
        "autoRenew": instance.auto_renew,
        "keypairId": instance.keypair_id,
        "keypairName": _name(account.find(Keypair, instance.keypair_id)),
        "hypervisorDedicatedId": instance.dedicated_host_id,
        "ipv6": nic.ipv6,
        "tags": show_tags(instance.tags),
        "deployId": list(instance.deploy_set_ids),
        "serialNumber": f"s-{instance.id}",
        "switchId": "",
        "rackId": "",
        "nicInfo": _nic(nic),
        "osName": instance.os.name,
        "osType": instance.os.type,
        "isEipAutoRelatedDelete": instance.eip_deleted_too,
    }


def _volume(volume: Volume) -> DataVolumeV3View:
    return {
        "volumeId": volume.id,
        "volumeType": volume.type,
        "volumeSizeInGb": volume.size_gb,
        "storageType": name_in_v3(volume.storage_type),
        "snapshotId": volume.snapshot_id,
        "encryptKey": volume.encrypt_key,
    }


def _nic(nic: Nic) -> NicV3View:
    return {
        "macAddress": nic.mac,
        "eniId": nic.id,
        "type": "primary",
        "ips": [{"primary": address == nic.private_ip, "privateIp": address} for address in nic.private_ips],
        "securityGroups": list(nic.security_group_ids),
    }
