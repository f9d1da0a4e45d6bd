"""How the hosts of an account hang together."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict


class GetNetworkTopologyInfoRequest(Model):
    """Perhaps which host."""

    host_id: str = ""
    host_ip: str = ""


class NetworkTopologyView(TypedDict):
    """A host and the switch that it is on."""

    clusterName: str
    hostId: str
    switchId: str
    hostIp: str
    podName: str


class GetNetworkTopologyInfoResponse(TypedDict):
    """The hosts."""

    networkTopologies: list[NetworkTopologyView]


@operation("GET /v1/vpc/topology", basis="client")
def get_network_topology_info(
    _account: AccountRegion, _request: GetNetworkTopologyInfoRequest
) -> GetNetworkTopologyInfoResponse:
    """List the hosts that an account has to itself: an account of instances has none."""
    return {"networkTopologies": []}
