"""Every method of the SDK's client: once as it succeeds, once as it is refused."""

from __future__ import annotations

import sweep_addresses
import sweep_balancers
import sweep_connections
import sweep_gateways
import sweep_network
import sweep_vpc
from calls import ALWAYS_ANSWERED, ONLY_REFUSED, SWEEP
from sdk import bcc, blb, eip, vpc
from sweep_around import clusters, deploy_sets, groups, images, keypairs, networks, policies, snapshots, volumes
from sweep_instances import attributes, batches, billing, creation, offerings, power, release
from sweep_rest import events, reservations, rules, transfers

PARTS = (
    offerings, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, clusters, reservations, transfers, events, rules,
)  # fmt: skip
NETWORK_PARTS = (*sweep_network.PARTS, *sweep_vpc.PARTS, *sweep_gateways.PARTS, *sweep_connections.PARTS)


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    sweep_addresses.EIPS.sweep.run(sweep_addresses.PARTS)
    sweep_network.VPCS.sweep.run(NETWORK_PARTS)
    sweep_balancers.BALANCERS.sweep.run(sweep_balancers.PARTS)
    verdicts = (
        sweep_addresses.EIPS.sweep.verdict((eip,), set(), set()),
        sweep_network.VPCS.sweep.verdict((vpc,), set(), set()),
        sweep_balancers.BALANCERS.sweep.verdict((blb,), sweep_balancers.ALWAYS_ANSWERED, set()),
        SWEEP.verdict((bcc,), ALWAYS_ANSWERED, ONLY_REFUSED),
    )
    return "; ".join(filter(None, verdicts))
