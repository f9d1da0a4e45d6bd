"""Change peer connections: what an end is called, the bandwidth, the synchronization of DNS, the protection."""

from __future__ import annotations

from typing import Annotated, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, LenientBool
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.vpc.gateway_limit_rule.limited import check_bandwidth
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.peerconn.answer import PeerConnRef
from bce_emulator.services.vpc.peerconn.create import Bandwidth
from bce_emulator.services.vpc.peerconn.ends import both_ends, change_both, check_both, end_of, payer_of
from bce_emulator.services.vpc.peerconn.resource import PeerConn


class UpdatePeerConnRequest(PeerConnRef):
    """Which end, by its interface, and what it is called and described as from now on."""

    local_if_id: str
    local_if_name: str | None = None
    description: str | None = None


class UpdatePeerConnBandwidthRequest(PeerConnRef):
    """How broad the connection is from now on."""

    new_bandwidth_in_mbps: Bandwidth


class UpdatePeerConnDeleteProtectRequest(PeerConnRef):
    """Whether the connection is protected from being released."""

    delete_protect: LenientBool


class SyncDnsRequest(PeerConnRef):
    """The DNS of which end; the Go client says it in the body too."""

    role: Annotated[Literal["initiator", "acceptor"], IN_QUERY]


@operation("PUT /v1/peerconn/{peerConnId}", errors=[NoSuchObject], basis="client")
def update_peer_conn(account: AccountRegion, request: UpdatePeerConnRequest) -> None:
    """Rename one end of a peer connection, or describe it anew."""
    end_of(account, request.peer_conn_id)
    if request.local_if_name is not None:
        check_gateway_name(request.local_if_name)
    check_description(request.description)
    end = account.get(PeerConn, request.local_if_id)
    if end.peer_conn_id != request.peer_conn_id:
        raise NoSuchObject(f"{end.id} is an interface of {end.peer_conn_id}")
    end.name = end.name if request.local_if_name is None else request.local_if_name
    end.desc = end.desc if request.description is None else request.description


@operation(
    "PUT /v1/peerconn/{peerConnId}?resize", errors=[NoSuchObject, OperationDenied], basis="client", looks_at_others=True
)
def update_peer_conn_bandwidth(account: AccountRegion, request: UpdatePeerConnBandwidthRequest) -> None:
    """Give a peer connection another bandwidth; what is paid for ahead cannot get less."""
    end = payer_of(account, request.peer_conn_id)
    check_both(account, end, "resize")
    if end.expires is not None and request.new_bandwidth_in_mbps < end.bandwidth:
        raise OperationDenied("what is paid for ahead cannot get less")
    ends = both_ends(account, end)
    for owner, _ in ends:
        check_bandwidth(owner, end.peer_conn_id, request.new_bandwidth_in_mbps)
    for _, each in ends:
        each.bandwidth = request.new_bandwidth_in_mbps
    change_both(account, end, "resize")


@operation("PUT /v1/peerconn/{peerConnId}?open", errors=[NoSuchObject, OperationDenied], basis="client")
def open_peer_conn_sync_dns(account: AccountRegion, request: SyncDnsRequest) -> None:
    """Have names of the other VPC known at one end."""
    _sync_dns(account, request, is_open=True)


@operation("PUT /v1/peerconn/{peerConnId}?close", errors=[NoSuchObject, OperationDenied], basis="client")
def close_peer_conn_sync_dns(account: AccountRegion, request: SyncDnsRequest) -> None:
    """Have names of the other VPC known at one end no longer."""
    _sync_dns(account, request, is_open=False)


@operation(
    "PUT /v1/peerconn/{peerConnId}/deleteProtect",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
    looks_at_others=True,
)
def update_peer_conn_delete_protect(account: AccountRegion, request: UpdatePeerConnDeleteProtectRequest) -> None:
    """Protect a peer connection from being released, or no longer."""
    end = payer_of(account, request.peer_conn_id)
    for _, each in both_ends(account, end):
        each.delete_protection = request.delete_protect


def _sync_dns(account: AccountRegion, request: SyncDnsRequest, *, is_open: bool) -> None:
    end = end_of(account, request.peer_conn_id, request.role)
    action = "open_dns" if is_open else "close_dns"
    account.check(end, action)
    if end.is_dns_open == is_open:
        raise OperationDenied(f"the DNS of {end.id} is {'open' if is_open else 'closed'} already")
    end.is_dns_open = is_open
    account.change(end, action)
