"""How an instance is shown: every member of the 2024 example is there, an empty string for what is absent.

https://cloud.baidu.com/doc/BCC/s/sjwvyoeqr. Types follow the Go client, which is the strictest: ``cardCount``,
``eniNum``, ``netEthQueueCount`` and ``primary`` are strings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.maintenance_event.lifecycle import EXECUTING, INQUIRING, PROCESSING, REJECTED
from bce_emulator.services.bcc.maintenance_event.resource import MaintenanceEvent
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume.show import ResourceGroupView, VolumeView, show_volume
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.nic.host import elastic_nics
from bce_emulator.services.vpc.nic.resource import Nic

REPAIR_STATUSES = {
    EXECUTING: "repairing",
    PROCESSING: "wait_repair",
    REJECTED: "wait_repair",
    INQUIRING: "wait_authorize",
}
"""What the events of an instance make of it; the first of these states that one has counts."""


class InstanceDeploySetView(TypedDict):
    """A deploy set that an instance is in."""

    deploysetId: str
    name: str
    desc: str
    strategy: str
    concurrency: int


class AddressView(TypedDict):
    """A private address of a NIC, and the public one that belongs to it."""

    privateIp: str
    eip: str
    primary: str
    eipId: str
    eipAllocationId: str
    eipSize: str
    eipStatus: str
    eipGroupId: str
    eipType: str


class RdmaNicView(TypedDict):
    """A NIC for remote memory; no instance here has any."""

    rdmaGateway: str
    rdmaIp: str
    rdmaMac: str
    switchName: str
    switchPort: str


class EriAddressView(TypedDict):
    """An address of an RDMA interface."""

    primary: bool
    privateIpAddress: str
    publicIpAddress: str


class EriView(TypedDict):
    """An RDMA interface; no instance here has any."""

    eriId: str
    eniId: str
    instanceId: str
    name: str
    description: str
    zoneName: str
    vpcId: str
    subnetId: str
    macAddress: str
    status: str
    privateIpSet: list[EriAddressView]
    ipv6PrivateIpSet: list[EriAddressView]
    tags: list[TagView]


class NicView(TypedDict):
    """The main NIC of an instance."""

    eniId: str
    eniUuid: str
    name: str
    type: str
    subnetId: str
    subnetType: str
    az: str
    description: str
    deviceId: str
    status: str
    macAddress: str
    vpcId: str
    createdTime: str
    eniNum: int
    eriNum: int
    eriInfos: list[EriView]
    securityGroups: list[str]
    enterpriseSecurityGroups: list[str]
    ips: list[AddressView]
    ipv6s: list[AddressView]


class InstanceView(TypedDict):
    """An instance; only one that is paid for ahead has a time at which it expires."""

    id: str
    serialNumber: str
    name: str
    hostname: str
    instanceType: str
    spec: str
    desc: str
    status: str
    chargeStatus: str
    paymentTiming: str
    createTime: str
    releaseTime: str
    publicIp: str
    internalIp: str
    cpuCount: int
    memoryCapacityInGB: int
    localDiskSizeInGB: int
    gpuCard: str
    fpgaCard: str
    isomerismCard: str
    npuVideoMemory: str
    cardCount: str
    imageId: str
    imageName: str
    imageType: str
    osName: str
    osVersion: str
    osArch: str
    networkCapacityInMbps: int
    placementPolicy: str
    zoneName: str
    flavorSubType: str
    subnetId: str
    vpcId: str
    autoRenew: bool
    autoRenewPeriodUnit: str
    autoRenewPeriod: int
    keypairId: str
    keypairName: str
    dedicatedHostId: str
    tags: list[TagView]
    ipv6: str
    ipv6Addresses: list[str]
    eniQuota: int
    eriQuota: int
    rdmaType: str
    switchId: str
    hostId: str
    rackId: str
    deploysetId: str
    deploysetList: list[InstanceDeploySetView]
    nicInfo: NicView
    eniNum: str
    deletionProtection: int
    netEthQueueCount: str
    volumes: list[VolumeView]
    enableJumboFrame: bool
    isEipAutoRelatedDelete: bool
    resGroupInfos: list[ResourceGroupView]
    ehcClusterId: str
    roleName: str
    createdFrom: str
    hosteyeType: str
    repairStatus: str
    rdmaNicTopo: list[RdmaNicView]
    expireTime: NotRequired[str]


def renderer(account: AccountRegion) -> Callable[[Instance], InstanceView]:
    """Shows instances; the JSON of each is kept until it, or something that it shows, has changed."""
    return account.renderer(
        show_instance, Volume, Snapshot, AutoSnapshotPolicy, Keypair, DeploySet, Image, Nic, MaintenanceEvent
    )


def show_instance(account: AccountRegion, instance: Instance) -> InstanceView:
    """An instance by the API's member names."""
    image = account.find(Image, instance.image_id)
    keypair = account.find(Keypair, instance.keypair_id)
    spec = offerings.specs().get(instance.spec)
    deploy_sets = [account.get(DeploySet, deploy_set) for deploy_set in instance.deploy_set_ids]
    volumes = sorted(account.where(Volume, "instance_id", instance.id), key=lambda volume: volume.serial)
    created = iso(instance.created)
    nic = nic_of(account, instance)
    enis = len(elastic_nics(account, instance.id))
    response: InstanceView = {
        "id": instance.id,
        "serialNumber": f"s-{instance.id}",
        "name": instance.name,
        "hostname": instance.hostname,
        "instanceType": instance.instance_type or "N5",
        "spec": instance.spec,
        "desc": instance.desc,
        "status": instance.status,
        "chargeStatus": "notCharge" if instance.stopped_without_charge else "charge",
        "paymentTiming": instance.payment,
        "createTime": created,
        "releaseTime": iso(instance.releases) if instance.releases else "",
        "publicIp": nic.public_ip,
        "internalIp": nic.private_ip,
        "cpuCount": instance.cpu_count,
        "memoryCapacityInGB": instance.memory_gb,
        "localDiskSizeInGB": instance.local_disk_gb,
        "gpuCard": instance.gpu_card,
        "fpgaCard": instance.fpga_card,
        "isomerismCard": "",
        "npuVideoMemory": "",
        "cardCount": str(instance.card_count),
        "imageId": instance.image_id,
        "imageName": image.name if image else "",
        "imageType": image.type if image else "",
        "osName": instance.os.name,
        "osVersion": instance.os.version,
        "osArch": instance.os.arch,
        "networkCapacityInMbps": nic.public_bandwidth,
        "placementPolicy": "default",
        "zoneName": instance.zone,
        "flavorSubType": "",
        "subnetId": nic.subnet_id,
        "vpcId": nic.vpc_id,
        "autoRenew": instance.auto_renew,
        "autoRenewPeriodUnit": instance.auto_renew_unit,
        "autoRenewPeriod": instance.auto_renew_period,
        "keypairId": instance.keypair_id,
        "keypairName": keypair.name if keypair else "",
        "dedicatedHostId": instance.dedicated_host_id,
        "tags": show_tags(instance.tags),
        "ipv6": nic.ipv6,
        "ipv6Addresses": list(nic.ipv6s),
        "eniQuota": spec.eni_quota if spec else min(instance.cpu_count, offerings.MAX_ENIS),
        "eriQuota": 0,
        "rdmaType": "",
        "switchId": "",
        "hostId": "",
        "rackId": "",
        "deploysetId": instance.deploy_set_ids[0] if instance.deploy_set_ids else "",
        "deploysetList": [
            {
                "deploysetId": each.id,
                "name": each.name,
                "desc": each.desc,
                "strategy": each.strategy,
                "concurrency": each.concurrency,
            }
            for each in deploy_sets
        ],
        "nicInfo": _nic(instance, nic, created, enis),
        "eniNum": str(enis),
        "deletionProtection": instance.deletion_protection,
        "netEthQueueCount": instance.queue_count,
        "volumes": [show_volume(account, volume) for volume in volumes],
        "enableJumboFrame": instance.jumbo_frame,
        "isEipAutoRelatedDelete": instance.eip_deleted_too,
        "resGroupInfos": [{"groupId": instance.resource_group_id, "groupName": ""}]
        if instance.resource_group_id
        else [],
        "ehcClusterId": instance.ehc_cluster_id,
        "roleName": instance.role_name,
        "createdFrom": "",
        "hosteyeType": instance.hosteye_type,
        "repairStatus": _repair_status(account, instance),
        "rdmaNicTopo": [],
    }
    if instance.expires is not None:
        response["expireTime"] = iso(instance.expires)
    return response


def _repair_status(account: AccountRegion, instance: Instance) -> str:
    states = {event.state for event in account.where(MaintenanceEvent, "instance_id", instance.id)}
    return next((shown for state, shown in REPAIR_STATUSES.items() if state in states), "normal")


def _nic(instance: Instance, nic: Nic, created: str, enis: int) -> NicView:
    return {
        "eniId": nic.id,
        "eniUuid": "",
        "name": nic.name,
        "type": "primary",
        "subnetId": nic.subnet_id,
        "subnetType": "BCC",
        "az": nic.zone,
        "description": "",
        "deviceId": instance.id,
        "status": "inuse",
        "macAddress": nic.mac,
        "vpcId": nic.vpc_id,
        "createdTime": created,
        "eniNum": enis,
        "eriNum": 0,
        "eriInfos": [],
        "securityGroups": list(nic.security_group_ids),
        "enterpriseSecurityGroups": list(nic.enterprise_security_group_ids),
        "ips": [_address(nic, nic.private_ip, "true")]
        + [_address(nic, address, "false") for address in nic.private_ips[1:]],
        "ipv6s": [_address(nic, each, "true" if each == nic.ipv6 else "false") for each in nic.ipv6s],
    }


def _address(nic: Nic, address: str, primary: str) -> AddressView:
    public = nic.public_address(address)
    return {
        "privateIp": address,
        "eip": public.address if public else "",
        "primary": primary,
        "eipId": public.eip_id if public else "",
        "eipAllocationId": "",
        "eipSize": str(public.bandwidth) if public else "0",
        "eipStatus": "binded" if public else "",
        "eipGroupId": public.group_id if public else "",
        "eipType": ("shared" if public.group_id else "normal") if public else "",
    }
