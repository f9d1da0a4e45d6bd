"""What an end of a peer connection is. https://cloud.baidu.com/doc/VPC/s/bjwvyue8y"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.peerconn.lifecycle import CONSULT_FAILED, CONSULTING, CREATING, LIFECYCLE

INITIATOR, ACCEPTOR = "initiator", "acceptor"
QUOTA = account_setting("vpc.peerConnQuota", 10, "peer connections that an account has begun in a region")
QUOTA_OF_VPC = account_setting("vpc.peerConnQuotaOfVpc", 10, "peer connections of a VPC")


def _goes_with_vpc(end: PeerConn) -> OnDelete:
    """An offer of somebody else that was never accepted keeps nobody's VPC."""
    is_offer = end.role == ACCEPTOR and not end.is_own and end.state in {CREATING, CONSULTING, CONSULT_FAILED}
    return OnDelete.CASCADE if is_offer else OnDelete.RESTRICT


@dataclass(slots=True, kw_only=True, eq=False)
class PeerConn(Resource):
    """One end of a peer connection, which is the interface in one VPC; the other one has the same ``peer_conn_id``.

    Each end is where its VPC is, and has its own name, description and DNS; the rest is the same at both.
    """

    prefix: ClassVar[str] = "qpif"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc", _goes_with_vpc),)
    looks_at_others: ClassVar[Looks] = True

    state: str = CREATING
    peer_conn_id: str
    role: str
    name: str
    desc: str = ""
    vpc_id: str
    region: str
    owner: str
    peer_vpc_id: str
    peer_region: str
    peer_owner: str
    bandwidth: int
    payment: str = "Postpaid"
    expires: float | None = None
    is_dns_open: bool = False
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()

    @property
    def title(self) -> str:
        """The id of the connection, and the interface."""
        return f"{self.peer_conn_id} ({self.id})"

    @property
    def is_own(self) -> bool:
        """Whether both ends are of one account."""
        return self.owner == self.peer_owner
