"""The end of what was paid for: a dedicated cluster renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.lbdc.resource import Lbdc
from bce_emulator.services.shared.term import ends_with_its_term

ends_with_its_term(Lbdc)


@when_gone(Lbdc)
def leave_cluster(account: AccountRegion, cluster: Lbdc) -> None:
    """Load balancers outlive their cluster."""
    for name in ("layer4_cluster_id", "layer7_cluster_id"):
        for balancer in account.where(LoadBalancer, name, cluster.id):
            setattr(balancer, name, "")
