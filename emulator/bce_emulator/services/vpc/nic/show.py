"""How a network interface is shown. https://cloud.baidu.com/doc/VPC/s/6kknfn5m8"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.nic.resource import Nic


class PrivateIpView(TypedDict):
    """A private address and the public one that belongs to it, or an empty text."""

    publicIpAddress: str
    primary: bool
    privateIpAddress: str


class NetworkInterfaceBase(TypedDict):
    """What bcc and vpc both show of a network interface; ``instanceId`` is what it is on, or an empty text."""

    eniId: str
    name: str
    zoneName: str
    description: str
    instanceId: str
    macAddress: str
    vpcId: str
    subnetId: str
    status: str
    securityGroupIds: list[str]
    createdTime: str


class NetworkInterfaceView(NetworkInterfaceBase):
    """A network interface with all its addresses."""

    privateIpSet: list[PrivateIpView]
    ipv6PrivateIpSet: list[PrivateIpView]
    enterpriseSecurityGroupIds: list[str]
    tags: list[TagView]
    networkInterfaceTrafficMode: str


def show_base(nic: Nic) -> NetworkInterfaceBase:
    """What both products show of a network interface, by the API's member names."""
    return {
        "eniId": nic.id,
        "name": nic.name,
        "zoneName": nic.zone,
        "description": nic.desc,
        "instanceId": nic.device_id,
        "macAddress": nic.mac,
        "vpcId": nic.vpc_id,
        "subnetId": nic.subnet_id,
        "status": nic.status,
        "securityGroupIds": list(nic.security_group_ids),
        "createdTime": iso(nic.created),
    }


def show_eni(account: AccountRegion, nic: Nic) -> NetworkInterfaceView:
    """A network interface with all its addresses, the primary one first."""
    return {
        **show_base(nic),
        "privateIpSet": [_show_address(nic, address) for address in nic.private_ips],
        "ipv6PrivateIpSet": [_show_address(nic, address) for address in nic.ipv6s],
        "enterpriseSecurityGroupIds": list(nic.enterprise_security_group_ids),
        "tags": show_tags(nic.tags),
        "networkInterfaceTrafficMode": nic.traffic_mode,
    }


def _show_address(nic: Nic, address: str) -> PrivateIpView:
    public = nic.public_address(address)
    return {
        "publicIpAddress": public.address if public else "",
        "primary": address == nic.private_ip,
        "privateIpAddress": address,
    }
