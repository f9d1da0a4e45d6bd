"""A load balancer has addresses of its subnet, and carries a public one for each."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.blb.balancer.lifecycle import AVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.address.public import Carrier, address_service, carries_public_addresses
from bce_emulator.services.vpc.nic.resource import PublicAddress

CARRIER = "BLB"
"""The word of requests for a load balancer that carries a public address."""


def _carries(_account: AccountRegion, balancer: LoadBalancer) -> tuple[PublicAddress, ...]:
    of_version = {":" in each: each for each in balancer.private_ips}
    return tuple(PublicAddress(each, of_version[":" in each], 0) for each in balancer.public_ips)


def _show(account: AccountRegion, balancer: LoadBalancer, addresses: tuple[PublicAddress, ...]) -> None:
    """Have a load balancer carry exactly these; a new one updates it."""
    before, balancer.public_ips = balancer.public_ips, tuple(each.address for each in addresses)
    if balancer.state == AVAILABLE and set(balancer.public_ips).difference(before):
        account.change(balancer, "update")


def _refusal(_account: AccountRegion, balancer: LoadBalancer) -> str:
    return "" if balancer.lifecycle.find("carry", balancer.state) else f"{balancer.id} is {balancer.status}"


@when_gone(LoadBalancer)
def free_public_addresses(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Public addresses outlive the load balancer that they are bound to."""
    for address in balancer.public_ips:
        address_service().free(account, address)


holds_addresses(LoadBalancer, ipv4=("private_ip",), ipv6=("ipv6",), product=lambda _balancer: "blb")
carries_public_addresses(
    Carrier(
        CARRIER,
        find=lambda account, balancer_id: account.find(LoadBalancer, balancer_id),
        private_ips=lambda _account, balancer: balancer.private_ips,
        carries=_carries,
        show=_show,
        refusal=_refusal,
    )
)
