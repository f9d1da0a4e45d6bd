"""The address of a HaVip is one of its subnet, and can carry a public one; routes can lead to it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.vpc.address.private import holds_addresses
from bce_emulator.services.vpc.address.public import Carrier, address_service, carries_public_addresses
from bce_emulator.services.vpc.havip.resource import HaVip
from bce_emulator.services.vpc.nic.addresses import why_no_public_address_in
from bce_emulator.services.vpc.nic.resource import PublicAddress
from bce_emulator.services.vpc.route.next_hop import is_next_hop
from bce_emulator.services.vpc.subnet.resource import Subnet

INSTANCE_TYPE = "HAVIP"


def _carries(_account: AccountRegion, havip: HaVip) -> tuple[PublicAddress, ...]:
    return (PublicAddress(havip.public_ip, havip.private_ip, 0),) if havip.public_ip else ()


def _show(_account: AccountRegion, havip: HaVip, addresses: tuple[PublicAddress, ...]) -> None:
    havip.public_ip = addresses[0].address if addresses else ""


@when_gone(HaVip)
def free_public_address(account: AccountRegion, havip: HaVip) -> None:
    """A public address outlives the HaVip that it is bound to."""
    if havip.public_ip:
        address_service().free(account, havip.public_ip)


holds_addresses(HaVip, ipv4=("private_ip",), product=lambda _havip: "havip")
is_next_hop("havip", HaVip)
carries_public_addresses(
    Carrier(
        INSTANCE_TYPE,
        find=lambda account, havip_id: account.find(HaVip, havip_id),
        private_ips=lambda _account, havip: (havip.private_ip,),
        carries=_carries,
        show=_show,
        refusal=lambda account, havip: why_no_public_address_in(account.get(Subnet, havip.subnet_id)),
    )
)
