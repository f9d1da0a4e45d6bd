"""Every method of the SDK's clients: once as it succeeds, once as it is refused."""

from __future__ import annotations

import around
import sweep_gateways
import sweep_services
import sweep_vpc
from calls import SERVICES, SWEEP, UNSENDABLE
from sweep_around import deploy_sets, groups, images, keypairs, networks
from sweep_bbc import sweep_bbc
from sweep_instances import attributes, batches, billing, creation, offerings, power, release
from sweep_rest import clusters, diagnostics, events, reservations, rules
from sweep_storage import policies, snapshots, volumes

PARTS = (
    offerings, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, clusters, reservations, events, rules, diagnostics,
)  # fmt: skip


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    told = SWEEP.verdict(SERVICES, never_refused=UNSENDABLE, only_refused=UNSENDABLE)
    return "; ".join(filter(None, (told, sweep_bbc(), sweep_around())))


def sweep_around() -> str:
    """The same of the clients of what is around instances; those of the tests beside this program are left to them."""
    around.SWEEP.run((*sweep_vpc.PARTS, *sweep_gateways.PARTS, *sweep_services.PARTS))
    clients = (*sweep_vpc.CLIENTS, *sweep_gateways.CLIENTS, *sweep_services.CLIENTS)
    unsendable = sweep_vpc.UNSENDABLE
    return around.SWEEP.verdict(clients, sweep_services.ALWAYS_ANSWERED | unsendable, unsendable)
