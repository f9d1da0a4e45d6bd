"""Routes can lead to peer connections, which they know by the interface in their VPC."""

from __future__ import annotations

from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.route.next_hop import is_next_hop

is_next_hop("peerConn", PeerConn)
