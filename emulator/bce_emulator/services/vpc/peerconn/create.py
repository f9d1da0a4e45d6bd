"""Make a peer connection: at once between VPCs of one account, else as an offer to the other one."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import region_named, regions
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.billing import GatewayBilling, end_of_term
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.peerconn.ends import both_ends, change_both, check_quota_of_vpc
from bce_emulator.services.vpc.peerconn.lifecycle import CONSULT_FAILED, CONSULTING
from bce_emulator.services.vpc.peerconn.resource import ACCEPTOR, INITIATOR, QUOTA, PeerConn
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.vpc.resource import Vpc

VPC_ID = re.compile(r"vpc-\w{1,32}", re.ASCII)
MAX_ACCOUNT_ID = 128
ANSWERED_WITHIN = 7 * DAY
Bandwidth = Annotated[int, Field(ge=1, le=10_000)]


class CreatePeerConnRequest(Model):
    """Between which VPCs, how broad, and how it is paid for."""

    client_token: ClientToken = ""
    bandwidth_in_mbps: Bandwidth
    description: str = ""
    local_if_name: str = ""
    local_vpc_id: str
    peer_account_id: str = ""
    peer_vpc_id: str
    peer_region: str
    peer_if_name: str = ""
    billing: GatewayBilling
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    delete_protect: bool = False


class CreatePeerConnResponse(TypedDict):
    """The id of the connection."""

    peerConnId: str


class Peer(NamedTuple):
    """The other VPC: whose it is, and where and what, as far as that is emulated."""

    owner: str
    region: str
    account: AccountRegion | None
    vpc: Vpc | None


@operation(
    "POST /v1/peerconn",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/bjwvyue8y",
    looks_at_others=True,
)
def create_peer_conn(account: AccountRegion, request: CreatePeerConnRequest) -> CreatePeerConnResponse:
    """Connect a VPC with another one; one of another account is to be accepted there."""
    require_real_name(account)
    expires = end_of_term(account, request.billing)
    check_description(request.description)
    for name in filter(None, (request.local_if_name, request.peer_if_name)):
        check_gateway_name(name)
    vpc = account.get(Vpc, request.local_vpc_id)
    peer = _peer(account, request)
    is_own = peer.owner == account.name
    if request.peer_if_name and not is_own:
        raise BadRequest("peerIfName is for a VPC of the same account")
    _check_pair(account, vpc, peer, request.peer_vpc_id)
    if expires and peer.region == account.region:
        raise OperationDenied("within a region a connection is paid by use")
    _check_quotas(account, vpc, peer)
    initiator = PeerConn(
        id=account.new_id(PeerConn),
        peer_conn_id=f"peerconn-{account.new_text('peerconn', 'lower')}",
        role=INITIATOR,
        name=request.local_if_name or _default_name(account),
        desc=request.description,
        vpc_id=vpc.id,
        region=account.region,
        owner=account.name,
        peer_vpc_id=request.peer_vpc_id,
        peer_region=peer.region,
        peer_owner=peer.owner,
        bandwidth=request.bandwidth_in_mbps,
        payment=request.billing.payment_timing,
        expires=expires,
        delete_protection=request.delete_protect,
        tags=tags_of(request.tags),
        created=account.clock.now(),
    )
    account.add(initiator)
    if peer.account is not None and peer.vpc is not None:
        _add_acceptor(peer.account, initiator, request.peer_if_name)
    change_both(account, initiator, "create" if is_own else "offer")
    await_expiry(account, initiator)
    if not is_own:
        account.schedule(initiator, "give_up", account.clock.now() + ANSWERED_WITHIN)
    return {"peerConnId": initiator.peer_conn_id}


@on_timer(PeerConn, "give_up")
def give_up(account: AccountRegion, end: PeerConn) -> None:
    """Let an offer fail that nobody has answered."""
    for owner, each in both_ends(account, end):
        if each.state == CONSULTING:
            owner.change(each, "reject")


def _peer(account: AccountRegion, request: CreatePeerConnRequest) -> Peer:
    """The other VPC; only one of this account and region has to be there, since others may be of the real cloud."""
    region = region_named(request.peer_region)
    if region is None:
        raise BadRequest(not_offered("peerRegion", request.peer_region, regions()))
    if VPC_ID.fullmatch(request.peer_vpc_id) is None:
        raise BadRequest("peerVpcId is the id of a VPC")
    if len(request.peer_account_id) > MAX_ACCOUNT_ID:
        raise BadRequest(f"peerAccountId has at most {MAX_ACCOUNT_ID} characters")
    named = account.of(request.peer_account_id) if request.peer_account_id else account
    other = named.in_region(region) if named else None
    vpc = other.find(Vpc, request.peer_vpc_id) if other else None
    if other is account and vpc is None:
        raise NoSuchObject("there is no peerVpcId in this region")
    return Peer(other.name if other else request.peer_account_id, region, other, vpc)


def _check_pair(account: AccountRegion, vpc: Vpc, peer: Peer, peer_vpc_id: str) -> None:
    """Refuse to connect a VPC with itself, with the same one again, or two that relay."""
    if peer.vpc is vpc:
        raise OperationDenied("a VPC is not connected with itself")
    if peer.vpc is not None and peer.vpc.relay and vpc.relay:
        raise OperationDenied("both VPCs relay")
    wanted = peer_vpc_id, peer.region, peer.owner
    for end in account.where(PeerConn, "vpc_id", vpc.id):
        if (end.peer_vpc_id, end.peer_region, end.peer_owner) == wanted and end.state != CONSULT_FAILED:
            raise OperationDenied(f"the VPCs are connected by {end.peer_conn_id}")


def _check_quotas(account: AccountRegion, vpc: Vpc, peer: Peer) -> None:
    check_quota(account, QUOTA, len(account.where(PeerConn, "role", INITIATOR)) + 1)
    check_quota_of_vpc(account, vpc.id)
    if peer.account is not None and peer.vpc is not None and peer.owner == account.name:
        check_quota_of_vpc(peer.account, peer.vpc.id)


def _add_acceptor(account: AccountRegion, initiator: PeerConn, name: str) -> None:
    for stale in account.where(PeerConn, "peer_conn_id", initiator.peer_conn_id):
        if stale.role == ACCEPTOR:  # the initiator was reset since, and has made the same connection again
            account.remove(stale)
    account.add(
        PeerConn(
            id=account.new_id(PeerConn),
            peer_conn_id=initiator.peer_conn_id,
            role=ACCEPTOR,
            name=name or _default_name(account),
            vpc_id=initiator.peer_vpc_id,
            region=initiator.peer_region,
            owner=initiator.peer_owner,
            peer_vpc_id=initiator.vpc_id,
            peer_region=initiator.region,
            peer_owner=initiator.owner,
            bandwidth=initiator.bandwidth,
            payment=initiator.payment,
            expires=initiator.expires,
            delete_protection=initiator.delete_protection,
            tags=initiator.tags if initiator.is_own else (),
            created=initiator.created,
        )
    )


def _default_name(account: AccountRegion) -> str:
    return f"int-{account.new_text('peer interface', 'mixed')}"
