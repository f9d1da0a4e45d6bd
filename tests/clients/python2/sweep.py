"""Every method of the SDK's client: once as it succeeds, once as it is refused."""

from __future__ import annotations

from calls import ACTIONS, ALWAYS_ANSWERED, ONLY_REFUSED, SWEEP, done
from sdk import bcc
from sweep_around import clusters, deploy_sets, groups, images, keypairs, networks, policies, snapshots, volumes
from sweep_instances import attributes, batches, billing, creation, offerings, power, release
from sweeping import methods


def others() -> None:
    """What was not called: reservations, clusters, events."""
    called = SWEEP.succeeded | SWEEP.turned_down | SWEEP.unemulated
    for method in sorted(set(methods((bcc,))) - called):
        done(method, action=ACTIONS.get(method), **dict.fromkeys(("clusterId", "instanceId"), "unknown"))


PARTS = (
    offerings, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, clusters, others,
)  # fmt: skip


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    return SWEEP.verdict((bcc,), ALWAYS_ANSWERED, ONLY_REFUSED)
