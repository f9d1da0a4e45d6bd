"""Look at peer connections: one from one of its ends, or all ends in a region."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.peerconn.ends import end_of
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.peerconn.show import PeerConnView, show_peer_conn


class ListPeerConnRequest(Model):
    """Of which VPC, if not of all; a marker is the interface of an end, since a connection may be there twice."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str = ""


class GetPeerConnRequest(Model):
    """Which connection to look at, and from which end."""

    peer_conn_id: str
    role: Literal["initiator", "acceptor"] | None = None


class ListPeerConnResponse(Page):
    """One page of the ends of peer connections."""

    peerConns: list[PeerConnView]


@operation("GET /v1/peerconn", doc="https://cloud.baidu.com/doc/VPC/s/Fjwvyuemr")
def list_peer_conn(account: AccountRegion, request: ListPeerConnRequest) -> ListPeerConnResponse:
    """List the peer connections of a region, newest first; one within it is there once for each end."""

    def wanted(end: PeerConn) -> bool:
        return request.vpc_id in {"", end.vpc_id}

    return page(
        ListPeerConnResponse, account, PeerConn, "peerConns", show_peer_conn, request.marker, request.max_keys, wanted
    )


@operation("GET /v1/peerconn/{peerConnId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Fjwvyuemr")
def get_peer_conn(account: AccountRegion, request: GetPeerConnRequest) -> PeerConnView:
    """Look at a peer connection from the end of a role, or the initiator's if both are here and none is named."""
    return show_peer_conn(end_of(account, request.peer_conn_id, request.role or ""))
