"""Rules can limit the traffic of peer connections between regions, which they know by the id of the connection."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.vpc.gateway_limit_rule.limited import is_limited
from bce_emulator.services.vpc.peerconn.resource import PeerConn


def _refusal(_account: AccountRegion, end: PeerConn) -> str:
    return f"{end.peer_conn_id} is within a region" if end.region == end.peer_region else ""


is_limited(
    "peerconn",
    PeerConn,
    named_by="peer_conn_id",
    bandwidth=lambda _account, end: end.bandwidth,
    refusal=_refusal,
)
