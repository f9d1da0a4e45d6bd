"""NAT gateways carry public addresses, any number for themselves; what their rules use stays bound."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.vpc.address.public import Carrier, address_service, carries_public_addresses
from bce_emulator.services.vpc.nat.lifecycle import SETTLED
from bce_emulator.services.vpc.nat.resource import DnatRule, Nat, SnatRule
from bce_emulator.services.vpc.nic.resource import PublicAddress

NO_PRIVATE_ADDRESS = {"v4": "0.0.0.0", "v6": "::"}  # noqa: S104
"""What public addresses of a NAT gateway are for, by its version: nothing in particular."""


def rules_using(account: AccountRegion, nat: Nat, address: str) -> list[SnatRule | DnatRule]:
    """The rules of a NAT gateway that use one of its public addresses."""
    snat = [each for each in account.where(SnatRule, "public_ips", address) if each.nat_id == nat.id]
    dnat = [each for each in account.where(DnatRule, "public_ip", address) if each.nat_id == nat.id]
    return [*snat, *dnat]


def _use(account: AccountRegion, nat: Nat, address: str) -> str:
    return ", ".join(each.id for each in rules_using(account, nat, address)[:1])


def _refusal(account: AccountRegion, nat: Nat) -> str:
    if nat.lifecycle.find("carry", nat.state) is None:
        return f"{nat.id} is {nat.status}"
    return f"{nat.id} has as many as it can" if len(nat.public_ips) >= nat.max_addresses else ""


def _show(account: AccountRegion, nat: Nat, addresses: tuple[PublicAddress, ...]) -> None:
    """Have a NAT gateway carry exactly these; a new one is configured, and rules end with the address they used."""
    before, nat.public_ips = nat.public_ips, tuple(each.address for each in addresses)
    nat.snat_ips = tuple(each for each in nat.snat_ips if each in nat.public_ips)
    nat.dnat_ips = tuple(each for each in nat.dnat_ips if each in nat.public_ips)
    for gone in set(before).difference(nat.public_ips):
        for used in rules_using(account, nat, gone):
            if isinstance(used, SnatRule) and len(used.public_ips) > 1:
                used.public_ips = tuple(each for each in used.public_ips if each != gone)
            else:
                account.remove(used)
    if nat.state in SETTLED:
        if set(nat.public_ips).difference(before):
            account.change(nat, "configure")
        else:
            nat.state = nat.at_rest


@when_done(Nat, "create")
@when_done(Nat, "configure")
@when_done(Nat, "resize")
@when_done(Nat, "renew")
def settle(_account: AccountRegion, nat: Nat) -> None:
    """Whether it is configured, a NAT gateway shows when nothing is under way."""
    nat.state = nat.at_rest


@when_gone(Nat)
def free_public_addresses(account: AccountRegion, nat: Nat) -> None:
    """Public addresses outlive the NAT gateway that they are bound to."""
    for address in nat.public_ips:
        address_service().free(account, address)


carries_public_addresses(
    Carrier(
        "NAT",
        find=lambda account, nat_id: account.find(Nat, nat_id),
        private_ips=lambda _account, nat: (NO_PRIVATE_ADDRESS[nat.ip_version],),
        carries=lambda _account, nat: tuple(
            PublicAddress(each, NO_PRIVATE_ADDRESS[nat.ip_version], 0) for each in nat.public_ips
        ),
        show=_show,
        refusal=_refusal,
        use=_use,
        carries_many=True,
    )
)
