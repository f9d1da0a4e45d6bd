"""The end of what was paid for: a prepaid load balancer renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.shared.term import await_expiry, end_term, ends_with_its_term


def become_postpaid(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Have a load balancer paid by use from now on, as was ordered."""
    balancer.payment, balancer.billing_method, balancer.expires = "Postpaid", balancer.postpaid_from_expiry, None
    balancer.performance_level, balancer.auto_renew_months = balancer.level_from_expiry, 0
    balancer.postpaid_from_expiry, balancer.level_from_expiry = "", ""
    account.schedule(balancer, "release", None)
    await_expiry(account, balancer)


ends_with_its_term(LoadBalancer)


@on_timer(LoadBalancer, "expire")
def expire(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Let the time that was paid for be over: what was ordered to follow follows, or there is more of it, or none."""
    if balancer.postpaid_from_expiry:
        become_postpaid(account, balancer)
    else:
        end_term(account, balancer)
