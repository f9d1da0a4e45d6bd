"""The end of peer connections: of what was paid for, by renewal later and by refund earlier, and of the connection."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.shared.term import KEPT
from bce_emulator.services.vpc.billing import GatewayBilling, renew
from bce_emulator.services.vpc.peerconn.answer import PeerConnRef
from bce_emulator.services.vpc.peerconn.ends import both_ends, change_both, check_both, payer_of
from bce_emulator.services.vpc.peerconn.lifecycle import IN_USE
from bce_emulator.services.vpc.peerconn.resource import INITIATOR, PeerConn


class RenewPeerConnRequest(PeerConnRef):
    """For how long the connection is renewed."""

    billing: GatewayBilling


@operation(
    "PUT /v1/peerconn/{peerConnId}?purchaseReserved",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
    looks_at_others=True,
)
def renew_peer_conn(account: AccountRegion, request: RenewPeerConnRequest) -> None:
    """Renew a peer connection that is paid for ahead; one that has expired is active again."""
    end = payer_of(account, request.peer_conn_id)
    check_both(account, end, "renew")
    (owner, initiator), *others = _initiator_first(account, end)
    renew(owner, initiator, request.billing)
    for other, each in others:
        each.expires = initiator.expires
        other.change(each, "renew")


@operation(
    "PUT /v1/peerconn/{peerConnId}?refund", errors=[NoSuchObject, OperationDenied], basis="client", looks_at_others=True
)
def refund_peer_conn(account: AccountRegion, request: PeerConnRef) -> None:
    """Give back what is left of the time that a peer connection is paid for, which is down from then on."""
    end = payer_of(account, request.peer_conn_id)
    check_both(account, end, "renew")
    if end.expires is None or end.expires <= account.clock.now():
        raise OperationDenied("there is nothing left that is paid for ahead")
    owner, initiator = _initiator_first(account, end)[0]
    owner.schedule(initiator, "expire", None)
    expire(owner, initiator)


@operation(
    "DELETE /v1/peerconn/{peerConnId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/bjwvyue8y",
    looks_at_others=True,
)
def release_peer_conn(account: AccountRegion, request: PeerConnRef) -> None:
    """Release a peer connection at both ends, if no route of the account leads to it."""
    end = payer_of(account, request.peer_conn_id)
    check_both(account, end, "release")
    if end.delete_protection:
        raise OperationDenied(f"{end.peer_conn_id} is protected")
    if end.payment == "Prepaid" and end.state in IN_USE:
        raise OperationDenied(f"{end.peer_conn_id} is paid for until it expires; it can be refunded")
    for owner, each in both_ends(account, end):
        if owner.name == account.name and (rules := owner.dependents(each)):
            raise OperationDenied(f"{each.id} is the next hop of {named(rules)}")
    change_both(account, end, "release")


@on_timer(PeerConn, "expire")
def expire(account: AccountRegion, end: PeerConn) -> None:
    """Let the time that was paid for be over, for both ends."""
    now = account.clock.now()
    for _, each in both_ends(account, end):
        each.expires = now
    change_both(account, end, "expire")
    account.schedule(end, "release", now + KEPT)


@on_timer(PeerConn, "release")
def release(account: AccountRegion, end: PeerConn) -> None:
    """Give up a connection that expired and was not renewed."""
    for owner, each in both_ends(account, end):
        owner.remove(each)


def _initiator_first(account: AccountRegion, end: PeerConn) -> list[tuple[AccountRegion, PeerConn]]:
    """Both ends; the clock of the initiator, who pays, says when what is paid for is over."""
    return sorted(both_ends(account, end), key=lambda pair: pair[1].role != INITIATOR)
