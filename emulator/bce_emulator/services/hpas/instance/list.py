"""List instances."""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.hpas.instance.nic import nic_of
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.hpas.numbered import NumberedPage, numbered
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.nic.host import elastic_nics
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

SHOWN_WITH = (Nic, Volume, Vpc, Subnet, HpasImage, Keypair, EhcCluster)
"""The kinds of what is shown of an instance beside itself."""


class InstanceFilters(Model):
    """Filters are all to hold; empty ones hold for every instance."""

    hpas_ids: tuple[str, ...] = ()
    name: str = ""
    zone_name: str = ""
    hpas_status: str = ""
    app_type: str = ""
    show_rdma_topo: bool = False


class DescribeHPASInstancesRequest(InstanceFilters):
    """Further filters, and which page by its marker."""

    marker: str = ""
    max_keys: int = 0
    vpc_id: str = ""
    private_ips: tuple[str, ...] = ()
    ehc_cluster_id: str = ""


class DescribeInstancesRequest(InstanceFilters):
    """Which page by its number."""

    page_no: int = 1
    page_size: int = 0


class RdmaNicView(TypedDict):
    """A card for RDMA, of which there are none."""

    rdmaIp: str
    switchName: str
    switchPort: str
    rdmaMac: str
    rdmaGateway: str


class Ipv4View(TypedDict):
    """A private address."""

    privateIp: str
    primary: bool


class Ipv6View(TypedDict):
    """An IPv6 address."""

    ipv6Address: str


class HpasNicView(TypedDict):
    """A network interface of an instance."""

    nicId: str
    nicName: str
    nicType: str
    subnetId: str
    description: str
    hpasId: str
    nicStatus: str
    macAddress: str
    vpcId: str
    createdTime: str
    ipv4s: list[Ipv4View]
    ipv6s: list[Ipv6View]
    securityGroupType: str
    securityGroupIds: list[str]


class HpasVolumeView(TypedDict):
    """A disk of an instance."""

    volumeId: str
    volumeName: str
    volumeSizeInGiB: int
    createTime: str
    expiredTime: str
    volumeStatus: str
    volumeType: str
    volumeCategory: str
    source: str


class HpasInstanceView(TypedDict):
    """An instance."""

    hpasId: str
    name: str
    zoneName: str
    status: str
    appType: str
    appPerformanceLevel: str
    chargeType: str
    vpcId: str
    vpcName: str
    vpcCidr: str
    internalIp: str
    subnetId: str
    subnetName: str
    ehcClusterId: str
    ehcClusterName: str
    imageId: str
    imageName: str
    createTime: str
    tags: list[TagView]
    rdmaNicTopo: list[RdmaNicView]
    nicInfo: list[HpasNicView]
    appImageFamily: str
    rdmaUnitID: str
    rdmaPodName: str
    keypairId: str
    keypairName: str
    userData: str
    volumeInfo: list[HpasVolumeView]
    enableJumboFrame: bool
    supportJumboFrame: bool


class DescribeHPASInstancesResponse(Page):
    """One page of the instances."""

    hpass: list[HpasInstanceView]


class DescribeInstancesResponse(NumberedPage):
    """One page of the instances."""

    hpass: list[HpasInstanceView]


@operation("POST /?action=DescribeHPASInstances", name="DescribeHPASInstances", basis="client")
def describe_hpas_instances(
    account: AccountRegion, request: DescribeHPASInstancesRequest
) -> DescribeHPASInstancesResponse:
    """List the instances that fit all filters, newest first; a name fits that contains the one that is wanted."""
    fits = _filter(request)

    def where(instance: HpasInstance) -> bool:
        card = nic_of(account, instance)
        return (
            fits(instance)
            and request.vpc_id in {"", card.vpc_id}
            and (not request.private_ips or not set(request.private_ips).isdisjoint(card.private_ips))
            and request.ehc_cluster_id in {"", instance.ehc_cluster_id}
        )

    return page(
        DescribeHPASInstancesResponse,
        account,
        HpasInstance,
        "hpass",
        account.renderer(_show, *SHOWN_WITH),
        request.marker,
        request.max_keys or MAX_KEYS,
        where,
    )


@operation("POST /?action=DescribeInstances", basis="client")
def describe_instances(account: AccountRegion, request: DescribeInstancesRequest) -> DescribeInstancesResponse:
    """List the instances that fit all filters, newest first, on numbered pages."""
    view, found = numbered(account, HpasInstance, _filter(request), request.page_no, request.page_size)
    return {**view, "hpass": [account.rendered(each, _show, *SHOWN_WITH) for each in found]}


def _filter(request: InstanceFilters) -> Callable[[HpasInstance], bool]:
    """Whether an instance fits the filters that both lists have."""

    def fits(instance: HpasInstance) -> bool:
        return (
            (not request.hpas_ids or instance.id in request.hpas_ids)
            and request.name in instance.name
            and request.zone_name in {"", instance.zone}
            and request.hpas_status.casefold() in {"", instance.status.casefold()}
            and request.app_type in {"", instance.app_type}
        )

    return fits


def _show(account: AccountRegion, instance: HpasInstance) -> HpasInstanceView:
    card = nic_of(account, instance)
    vpc, subnet = account.get(Vpc, card.vpc_id), account.get(Subnet, card.subnet_id)
    image, keypair = account.find(HpasImage, instance.image_id), account.find(Keypair, instance.keypair_id)
    disks = sorted(account.where(Volume, "instance_id", instance.id), key=lambda volume: volume.device)
    return {
        "hpasId": instance.id,
        "name": instance.name,
        "zoneName": instance.zone,
        "status": instance.status,
        "appType": instance.app_type,
        "appPerformanceLevel": instance.level,
        "chargeType": instance.payment,
        "vpcId": vpc.id,
        "vpcName": vpc.name,
        "vpcCidr": vpc.cidr,
        "internalIp": card.private_ip,
        "subnetId": subnet.id,
        "subnetName": subnet.name,
        "ehcClusterId": instance.ehc_cluster_id,
        "ehcClusterName": account.get(EhcCluster, instance.ehc_cluster_id).name,
        "imageId": instance.image_id,
        "imageName": image.name if image else "",
        "createTime": iso(instance.created),
        "tags": show_tags(instance.tags),
        "rdmaNicTopo": [],
        "nicInfo": [_show_nic(nic) for nic in (card, *elastic_nics(account, instance.id))],
        "appImageFamily": "",
        "rdmaUnitID": "",
        "rdmaPodName": "",
        "keypairId": instance.keypair_id,
        "keypairName": keypair.name if keypair else "",
        "userData": instance.user_data,
        "volumeInfo": [_show_volume(volume) for volume in disks],
        "enableJumboFrame": instance.jumbo_frame,
        "supportJumboFrame": True,
    }


def _show_nic(nic: Nic) -> HpasNicView:
    return {
        "nicId": nic.id,
        "nicName": nic.name,
        "nicType": "primary" if nic.is_primary else "secondary",
        "subnetId": nic.subnet_id,
        "description": nic.desc,
        "hpasId": nic.device_id,
        "nicStatus": nic.status,
        "macAddress": nic.mac,
        "vpcId": nic.vpc_id,
        "createdTime": iso(nic.created),
        "ipv4s": [{"privateIp": address, "primary": address == nic.private_ip} for address in nic.private_ips],
        "ipv6s": [{"ipv6Address": address} for address in nic.ipv6s],
        "securityGroupType": "enterprise" if nic.enterprise_security_group_ids else "normal",
        "securityGroupIds": [*nic.security_group_ids, *nic.enterprise_security_group_ids],
    }


def _show_volume(volume: Volume) -> HpasVolumeView:
    return {
        "volumeId": volume.id,
        "volumeName": volume.name,
        "volumeSizeInGiB": volume.size_gb,
        "createTime": iso(volume.created),
        "expiredTime": iso(volume.expires) if volume.expires is not None else "",
        "volumeStatus": volume.status,
        "volumeType": "System" if volume.type == SYSTEM else "Data",
        "volumeCategory": volume.storage_type,
        "source": volume.snapshot_id,
    }
