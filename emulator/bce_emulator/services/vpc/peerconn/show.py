"""How a peer connection is shown from one of its ends."""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.peerconn.lifecycle import SYNCING, UNSYNCING
from bce_emulator.services.vpc.peerconn.resource import PeerConn

DNS_ON_ITS_WAY = {SYNCING: "syncing", UNSYNCING: "closing"}


class PeerConnView(TypedDict):
    """A peer connection as it is from one end; only one that is paid ahead expires."""

    peerConnId: str
    role: str
    status: str
    bandwidthInMbps: int
    description: str
    localIfId: str
    localIfName: str
    localVpcId: str
    localRegion: str
    peerVpcId: str
    peerRegion: str
    peerAccountId: str
    paymentTiming: str
    dnsStatus: str
    createdTime: str
    expiredTime: str
    tags: list[TagView]
    deleteProtect: bool


def show_peer_conn(end: PeerConn) -> PeerConnView:
    """A peer connection by the API's member names."""
    return {
        "peerConnId": end.peer_conn_id,
        "role": end.role,
        "status": end.status,
        "bandwidthInMbps": end.bandwidth,
        "description": end.desc,
        "localIfId": end.id,
        "localIfName": end.name,
        "localVpcId": end.vpc_id,
        "localRegion": end.region,
        "peerVpcId": end.peer_vpc_id,
        "peerRegion": end.peer_region,
        "peerAccountId": end.peer_owner,
        "paymentTiming": end.payment,
        "dnsStatus": DNS_ON_ITS_WAY.get(end.state, "open" if end.is_dns_open else "close"),
        "createdTime": iso(end.created),
        "expiredTime": iso(end.expires) if end.expires else "",
        "tags": show_tags(end.tags),
        "deleteProtect": end.delete_protection,
    }
