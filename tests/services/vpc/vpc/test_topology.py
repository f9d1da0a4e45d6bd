"""How the hosts of an account hang together."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject


def test_an_account_of_instances_has_no_hosts_and_topology_is_no_vpc(cloud, running):
    assert cloud.ok("GET", "/v1/vpc/topology?hostId=h-1&hostIp=10.0.0.1") == {"networkTopologies": []}
    cloud.refused(NoSuchObject, "GET", "/v1/vpc/topologies")
