"""The primary network interface of an instance: it is made with it, shows in it, and goes with it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.address.public import Carrier, carries_public_addresses, put_on
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress

NAME = "eth0"


def nic_of(account: AccountRegion, instance: Instance) -> Nic:
    """The primary card of an instance."""
    return account.get(Nic, instance.nic_id)


def give_public_ip(account: AccountRegion, instance: Instance, address: str) -> None:
    """Have an instance carry a public address in place of what it carries, or none if it is empty."""
    nic = nic_of(account, instance)
    _show(account, instance, ())
    if address:
        put_on(account, "BCC", instance, PublicAddress(address, nic.private_ip, instance.bandwidth))


def _show(account: AccountRegion, instance: Instance, addresses: tuple[PublicAddress, ...]) -> None:
    nic_of(account, instance).public_addresses = addresses


@when_gone(Instance)
def remove_nic(account: AccountRegion, instance: Instance) -> None:
    """The primary card goes with its instance."""
    account.remove(nic_of(account, instance))


carries_public_addresses(
    Carrier(
        "BCC",
        find=lambda account, instance_id: account.find(Instance, instance_id),
        carries=lambda account, instance: nic_of(account, instance).public_addresses,
        show=_show,
    )
)
