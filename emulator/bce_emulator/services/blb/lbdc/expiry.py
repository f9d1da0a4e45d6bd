"""The end of what was paid for: a dedicated cluster renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.blb.balancer.expiry import KEPT
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.lbdc.resource import Lbdc


def prolong(account: AccountRegion, cluster: Lbdc, months: int) -> None:
    """Have a dedicated cluster end later; one that has expired comes back."""
    account.change(cluster, "renew")
    cluster.expires = months_later(max(account.clock.now(), cluster.expires), months)
    account.schedule(cluster, "release", None)
    account.schedule(cluster, "expire", cluster.expires)


@on_timer(Lbdc, "expire")
def expire(account: AccountRegion, cluster: Lbdc) -> None:
    """Let the time that was paid for be over, unless there is more of it."""
    if cluster.auto_renew_months:
        prolong(account, cluster, cluster.auto_renew_months)
        return
    account.change(cluster, "expire")
    account.schedule(cluster, "release", account.clock.now() + KEPT)


@on_timer(Lbdc, "release")
def release(account: AccountRegion, cluster: Lbdc) -> None:
    """Give up what has expired and was not renewed."""
    account.remove(cluster)


@when_gone(Lbdc)
def leave_cluster(account: AccountRegion, cluster: Lbdc) -> None:
    """Load balancers outlive their cluster."""
    for name in ("layer4_cluster_id", "layer7_cluster_id"):
        for balancer in account.where(LoadBalancer, name, cluster.id):
            setattr(balancer, name, "")
