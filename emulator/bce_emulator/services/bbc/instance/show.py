"""How a server is shown. https://cloud.baidu.com/doc/BBC/s/zjwvxuajn"""

from __future__ import annotations

from collections.abc import Callable
from typing import NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bbc.instance.lifecycle import RUNNING
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.nic.resource import Nic


class BareMetalServerView(TypedDict):
    """A server; ``hasAlive`` is 1 while it runs, and there is an ``expireTime`` if it is paid for ahead."""

    id: str
    name: str
    hostname: str
    uuid: str
    desc: str
    status: str
    paymentTiming: str
    createTime: str
    expireTime: NotRequired[str]
    publicIp: str
    internalIp: str
    rdmaIp: str
    imageId: str
    flavorId: str
    zone: str
    region: str
    hasAlive: int
    autoRenew: bool
    tags: list[TagView]
    switchId: str
    hostId: str
    deploysetId: str
    networkCapacityInMbps: int
    rackId: str


def renderer(account: AccountRegion) -> Callable[[Server], BareMetalServerView]:
    """Shows servers; the JSON of each is kept until it, or its card, has changed."""
    return account.renderer(_show, Nic)


def _show(account: AccountRegion, server: Server) -> BareMetalServerView:
    nic = nic_of(account, server)
    view: BareMetalServerView = {
        "id": server.id,
        "name": server.name,
        "hostname": server.hostname,
        "uuid": server.uuid,
        "desc": server.desc,
        "status": server.status,
        "paymentTiming": server.payment,
        "createTime": iso(server.created),
        "publicIp": nic.public_ip,
        "internalIp": nic.private_ip,
        "rdmaIp": "",
        "imageId": server.image_id,
        "flavorId": server.flavor_id,
        "zone": server.zone,
        "region": account.region,
        "hasAlive": int(server.state == RUNNING),
        "autoRenew": server.auto_renew_months > 0,
        "tags": show_tags(server.tags),
        "switchId": "",
        "hostId": "",
        "deploysetId": server.deploy_set_id,
        "networkCapacityInMbps": nic.public_bandwidth,
        "rackId": "",
    }
    if server.expires is not None:
        view["expireTime"] = iso(server.expires)
    return view
