"""The end of what was paid for: a prepaid load balancer renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.blb.balancer.resource import LoadBalancer

KEPT = 7 * DAY
"""Seconds for which what has expired can be renewed; proposed."""


def await_expiry(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Have a prepaid load balancer expire when its time has come; of a postpaid one nothing is awaited."""
    account.schedule(balancer, "expire", balancer.expires)


def become_postpaid(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Have a load balancer paid by use from now on, as was ordered."""
    balancer.payment, balancer.billing_method, balancer.expires = "Postpaid", balancer.postpaid_from_expiry, None
    balancer.performance_level, balancer.auto_renew_months = balancer.level_from_expiry, 0
    balancer.postpaid_from_expiry, balancer.level_from_expiry = "", ""
    await_expiry(account, balancer)


@on_timer(LoadBalancer, "expire")
def expire(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Let the time that was paid for be over: what was ordered to follow follows, or there is more of it, or none."""
    now = account.clock.now()
    if balancer.postpaid_from_expiry:
        become_postpaid(account, balancer)
        return
    if balancer.auto_renew_months:
        balancer.expires = months_later(balancer.expires or now, balancer.auto_renew_months)
        await_expiry(account, balancer)
        return
    account.complete(balancer)
    account.change(balancer, "expire")
    account.schedule(balancer, "release", now + KEPT)


@on_timer(LoadBalancer, "release")
def release(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Give up what has expired and was not renewed."""
    account.remove(balancer)
