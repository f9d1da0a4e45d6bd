"""How NAT gateways are shown. https://cloud.baidu.com/doc/VPC/s/wjztaoyde"""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.shared.times import beijing_time
from bce_emulator.services.vpc.nat.resource import Nat


class SessionConfigView(TypedDict):
    """After how many seconds of silence a session is forgotten."""

    tcpTimeout: int
    udpTimeout: int
    icmpTimeout: int


class NatView(TypedDict):
    """A NAT gateway; ``bindEips`` are all its addresses, ``eips`` and ``dnatEips`` those that were bound as such."""

    id: str
    name: str
    natType: str
    vpcId: str
    spec: str
    cuNum: int
    status: str
    eips: list[str]
    dnatEips: list[str]
    bindEips: list[str]
    ipVersion: str
    sessionConfig: SessionConfigView
    paymentTiming: str
    expiredTime: str
    expireTime: str
    createTime: str
    deleteProtect: bool
    tags: list[TagView]


def show_nat(nat: Nat) -> NatView:
    """A NAT gateway by the API's member names; its times are of two forms, as on the page."""
    expires = "" if nat.expires is None else iso(nat.expires)
    return {
        "id": nat.id,
        "name": nat.name,
        "natType": "normal" if nat.spec else "enhanced",
        "vpcId": nat.vpc_id,
        "spec": nat.spec,
        "cuNum": nat.cu_count,
        "status": nat.status,
        "eips": list(nat.snat_ips),
        "dnatEips": list(nat.dnat_ips),
        "bindEips": list(nat.public_ips),
        "ipVersion": nat.ip_version,
        "sessionConfig": {
            "tcpTimeout": nat.timeouts.tcp,
            "udpTimeout": nat.timeouts.udp,
            "icmpTimeout": nat.timeouts.icmp,
        },
        "paymentTiming": nat.payment,
        "expiredTime": expires,
        "expireTime": expires,
        "createTime": beijing_time(nat.created),
        "deleteProtect": nat.delete_protection,
        "tags": show_tags(nat.tags),
    }
