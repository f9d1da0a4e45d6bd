"""The addresses of cards are addresses of their subnets."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.address.public import Carrier, carries_public_addresses, free_addresses_of
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress
from bce_emulator.services.vpc.subnet.resource import Subnet

WITHOUT_PUBLIC_ADDRESSES = "BCC_NAT"
"""The type of subnets in which nothing has a public address."""


def product_of(nic: Nic) -> str:
    """A primary card belongs to what it is in, which is an instance; others are a product of their own."""
    return "bcc" if nic.is_primary else "eni"


def why_no_public_address(account: AccountRegion, nic: Nic) -> str:
    """Why a card cannot have a public address, or nothing."""
    if nic.lifecycle.find("bind_eip", nic.state) is None:
        return f"{nic.id} is {nic.status}"
    return why_no_public_address_in(account.get(Subnet, nic.subnet_id))


def why_no_public_address_in(subnet: Subnet) -> str:
    """Why nothing in a subnet can have a public address, or nothing."""
    if subnet.subnet_type == WITHOUT_PUBLIC_ADDRESSES:
        return f"{subnet.id} is of the type {WITHOUT_PUBLIC_ADDRESSES}"
    return ""


def _show(_account: AccountRegion, nic: Nic, addresses: tuple[PublicAddress, ...]) -> None:
    nic.public_addresses = addresses


@when_gone(Nic)
def free_public_addresses(account: AccountRegion, nic: Nic) -> None:
    """Public addresses outlive the card that they are bound to."""
    free_addresses_of(account, nic.public_addresses)


holds_addresses(Nic, ipv4=("private_ip", "secondary_ips"), ipv6=("ipv6", "secondary_ipv6s"), product=product_of)
holds_addresses(
    Nic,
    ipv4=("cross_subnet_ips",),
    ipv6=("cross_subnet_ipv6s",),
    product=product_of,
    subnet_field="cross_subnet_ids",
)
carries_public_addresses(
    Carrier(
        "ENI",
        find=lambda account, nic_id: account.find(Nic, nic_id),
        private_ips=lambda _account, nic: nic.addresses,
        carries=lambda _account, nic: nic.public_addresses,
        show=_show,
        refusal=why_no_public_address,
    )
)
