"""The addresses of cards are addresses of their subnets."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.address.public import Carrier, carries_public_addresses
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress


def product_of(nic: Nic) -> str:
    """A primary card belongs to what it is in, which is an instance; others are a product of their own."""
    return "bcc" if nic.is_primary else "eni"


def _show(_account: AccountRegion, nic: Nic, addresses: tuple[PublicAddress, ...]) -> None:
    nic.public_addresses = addresses


holds_addresses(Nic, ipv4=("private_ip", "secondary_ips"), ipv6=("ipv6",), product=product_of)
carries_public_addresses(
    Carrier(
        "ENI",
        find=lambda account, nic_id: account.find(Nic, nic_id),
        carries=lambda _account, nic: nic.public_addresses,
        show=_show,
    )
)
