"""The two ends of a peer connection: which there are, and what happens to both.

Ends of two accounts are in the hands of two clocks: whichever brings the end of a transition brings it for both.
"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.vpc.peerconn.lifecycle import CONSULT_FAILED, CONSULTING, DELETING
from bce_emulator.services.vpc.peerconn.resource import ACCEPTOR, INITIATOR, QUOTA_OF_VPC, PeerConn
from bce_emulator.services.vpc.quotas import check_quota

OFFERED = (CONSULTING, CONSULT_FAILED)
"""The states of what was offered and not accepted."""


def end_of(account: AccountRegion, peer_conn_id: str, role: str = "") -> PeerConn:
    """The end in this region of the account that has a role, or the initiator's if there are both."""
    found = [end for end in account.where(PeerConn, "peer_conn_id", peer_conn_id) if role in {"", end.role}]
    if not found:
        raise NoSuchObject(f"there is no {role or 'end of a'} peer connection of this id in {account.region}")
    return next((end for end in found if end.role == INITIATOR), found[0])


def payer_of(account: AccountRegion, peer_conn_id: str) -> PeerConn:
    """An end of a connection that the account decides about: between two accounts the initiator does."""
    end = end_of(account, peer_conn_id)
    if end.role == ACCEPTOR and not end.is_own:
        raise OperationDenied(f"{peer_conn_id} is decided about by {end.peer_owner}, who began it")
    return end


def other_end(account: AccountRegion, end: PeerConn) -> tuple[AccountRegion, PeerConn] | None:
    """The other end and where it is, if it is emulated; a copy of an account has no ends in other accounts."""
    if end.is_own:
        other: AccountRegion | None = account.in_region(end.peer_region)
    else:
        theirs = account.of(end.peer_owner) if account.name == end.owner else None
        other = theirs.in_region(end.peer_region) if theirs else None
    found = other.where(PeerConn, "peer_conn_id", end.peer_conn_id) if other else []
    return next(((other, each) for each in found if other and each.role != end.role), None)


def both_ends(account: AccountRegion, end: PeerConn) -> list[tuple[AccountRegion, PeerConn]]:
    """Each end that is emulated, with where it is."""
    other = other_end(account, end)
    return [(account, end), *([other] if other else [])]


def check_quota_of_vpc(account: AccountRegion, vpc_id: str) -> None:
    """Refuse one more connection of a VPC than it may have; what others offer and it never took does not count."""
    ends = account.where(PeerConn, "vpc_id", vpc_id)
    counted = [each for each in ends if each.role == INITIATOR or each.state not in OFFERED]
    check_quota(account, QUOTA_OF_VPC, len(counted) + 1)


def check_both(account: AccountRegion, end: PeerConn, action: str) -> None:
    """Refuse an action that one of the ends does not allow."""
    for owner, each in both_ends(account, end):
        owner.check(each, action)


def change_both(account: AccountRegion, end: PeerConn, action: str) -> None:
    """Have an action begin at both ends."""
    check_both(account, end, action)
    for owner, each in both_ends(account, end):
        owner.change(each, action)


@when_done(PeerConn, "create")
@when_done(PeerConn, "offer")
@when_done(PeerConn, "accept")
@when_done(PeerConn, "resize")
def end_for_other(account: AccountRegion, end: PeerConn) -> None:
    """Have the same transition end at the other end."""
    other = other_end(account, end)
    if other is not None and other[1].state != end.state:
        other[0].complete(other[1])


@when_gone(PeerConn)
def take_other_along(account: AccountRegion, end: PeerConn) -> None:
    """A connection is released at both ends; an offer to a VPC that goes is rejected."""
    other = other_end(account, end)
    if other is None:
        return
    owner, theirs = other
    if theirs.state == DELETING:
        owner.complete(theirs)
    elif theirs.state == CONSULTING:
        owner.change(theirs, "reject")
