"""How HaVips are shown. https://cloud.baidu.com/doc/VPC/s/0le5gd07h"""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.vpc.havip.resource import HaVip


class BindedInstanceView(TypedDict):
    """What a HaVip is bound to."""

    instanceId: str
    instanceType: str
    master: bool


class HaVipView(TypedDict):
    """A HaVip; ``publicIpAddress`` is an empty text without an EIP."""

    haVipId: str
    name: str
    description: str
    vpcId: str
    subnetId: str
    status: str
    privateIpAddress: str
    publicIpAddress: str
    bindedInstances: list[BindedInstanceView]
    createdTime: str


def show_havip(havip: HaVip) -> HaVipView:
    """A HaVip by the API's member names."""
    return {
        "haVipId": havip.id,
        "name": havip.name,
        "description": havip.desc,
        "vpcId": havip.vpc_id,
        "subnetId": havip.subnet_id,
        "status": havip.status,
        "privateIpAddress": havip.private_ip,
        "publicIpAddress": havip.public_ip,
        "bindedInstances": [
            {"instanceId": member.id, "instanceType": member.type, "master": index == 0}
            for index, member in enumerate(havip.members)
        ],
        "createdTime": iso(havip.created),
    }
