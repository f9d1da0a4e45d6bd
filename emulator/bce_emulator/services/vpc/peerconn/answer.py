"""Accept or reject the peer connection that another account offers."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.peerconn.ends import change_both, check_quota_of_vpc, end_of, other_end
from bce_emulator.services.vpc.peerconn.lifecycle import CONSULTING
from bce_emulator.services.vpc.peerconn.resource import ACCEPTOR

DOC = "https://cloud.baidu.com/doc/VPC/s/bjwvyue8y"


class PeerConnRef(Model):
    """Which peer connection."""

    client_token: ClientToken = ""
    peer_conn_id: str


@operation(
    "PUT /v1/peerconn/{peerConnId}?accept",
    errors=[NoSuchObject, OperationDenied, LimitExceeded],
    doc=DOC,
    looks_at_others=True,
)
def accept_peer_conn(account: AccountRegion, request: PeerConnRef) -> None:
    """Accept the peer connection that another account offers."""
    _answer(account, request.peer_conn_id, "accept")


@operation(
    "PUT /v1/peerconn/{peerConnId}?reject", errors=[NoSuchObject, OperationDenied], doc=DOC, looks_at_others=True
)
def reject_peer_conn(account: AccountRegion, request: PeerConnRef) -> None:
    """Reject the peer connection that another account offers."""
    _answer(account, request.peer_conn_id, "reject")


def _answer(account: AccountRegion, peer_conn_id: str, action: str) -> None:
    end_of(account, peer_conn_id)
    try:
        end = end_of(account, peer_conn_id, ACCEPTOR)
    except NoSuchObject:
        raise OperationDenied("who begins a connection does not answer it") from None
    initiator = other_end(account, end)
    if initiator is None:
        raise OperationDenied(f"{end.peer_owner}, who offered it, is gone")
    initiator[0].clock.run_due()
    if action == "accept" and end.state == CONSULTING:
        check_quota_of_vpc(account, end.vpc_id)
    change_both(account, end, action)
