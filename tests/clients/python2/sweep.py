"""Every method of the SDK's client: once as it succeeds, once as it is refused."""

from __future__ import annotations

from calls import ALWAYS_ANSWERED, ONLY_REFUSED, SWEEP
from sdk import bcc
from sweep_around import clusters, deploy_sets, groups, images, keypairs, networks, policies, snapshots, volumes
from sweep_instances import attributes, batches, billing, creation, offerings, power, release
from sweep_rest import events, reservations, rules, transfers

PARTS = (
    offerings, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, clusters, reservations, transfers, events, rules,
)  # fmt: skip


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    return SWEEP.verdict((bcc,), ALWAYS_ANSWERED, ONLY_REFUSED)
