"""The primary network interface of an instance: it is made with it, shows in it, and goes with it."""

from __future__ import annotations

from math import inf

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done, when_entered
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import set_too
from bce_emulator.services.bcc.instance.lifecycle import EXPIRED, RECYCLED, RUNNING, STOPPED
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.address.public import (
    Carrier,
    address_service,
    carries_public_addresses,
    free_addresses_of,
)
from bce_emulator.services.vpc.nic.addresses import why_no_public_address
from bce_emulator.services.vpc.nic.host import NicHost, hosts_nics, with_turn
from bce_emulator.services.vpc.nic.primary import free_prepaid_addresses, remove_primary
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress

MAX_NICS = 8
ADDRESSES_BY_MEMORY = ((1, 2), (8, 8), (32, 16), (64, 30), (inf, 40))
"""How many IPv4 addresses each card of an instance with so many GB at most can have."""


def nic_of(account: AccountRegion, instance: Instance) -> Nic:
    """The primary card of an instance."""
    return account.get(Nic, instance.nic_id)


def give_public_ip(account: AccountRegion, instance: Instance, address: str) -> None:
    """Have an instance carry a public address in place of what it carries, or none if it is empty."""
    free_addresses_of(account, nic_of(account, instance).public_addresses)
    if address:
        address_service().assign(account, "BCC", instance, address)


def _show(account: AccountRegion, instance: Instance, addresses: tuple[PublicAddress, ...]) -> None:
    nic_of(account, instance).public_addresses = addresses


def _refusal(account: AccountRegion, instance: Instance) -> str:
    if instance.state in {EXPIRED, RECYCLED}:
        return f"{instance.id} is {instance.status}"
    return why_no_public_address(account, nic_of(account, instance))


@when_entered(Instance)
def note_outage(account: AccountRegion, instance: Instance, before: str) -> None:
    """Only an instance that runs answers, for instance to health checks."""
    answers = instance.state == RUNNING
    if answers or before == RUNNING:
        set_too(instance, "turns", with_turn(instance.turns, account.clock.now(), answers=answers))


@when_done(Instance, "recycle")
def free_what_is_prepaid(account: AccountRegion, instance: Instance) -> None:
    """A public address that is paid for ahead does not enter the recycle bin with its instance."""
    free_prepaid_addresses(account, nic_of(account, instance))


@when_gone(Instance)
def remove_nic(account: AccountRegion, instance: Instance) -> None:
    """The primary card goes with its instance, and so do such public addresses as were to; others are free again."""
    nic = nic_of(account, instance)
    for carried in nic.public_addresses:
        if instance.eip_deleted_too or carried.address in instance.deleted_with_addresses:
            address_service().release(account, carried.address)
    remove_primary(account, nic, with_others=instance.deleted_with_enis)


def _max_addresses(instance: Instance) -> int:
    return next(most for gb, most in ADDRESSES_BY_MEMORY if instance.memory_gb <= gb)


def _attach_refusal(instance: Instance) -> str:
    return "" if instance.state in {RUNNING, STOPPED} else f"{instance.id} is {instance.status}"


carries_public_addresses(
    Carrier(
        "BCC",
        find=lambda account, instance_id: account.find(Instance, instance_id),
        private_ips=lambda account, instance: nic_of(account, instance).addresses,
        carries=lambda account, instance: nic_of(account, instance).public_addresses,
        show=_show,
        refusal=_refusal,
    )
)
hosts_nics(
    NicHost(
        find=lambda account, instance_id: account.find(Instance, instance_id),
        primary=nic_of,
        max_nics=lambda instance: min(instance.cpu_count, MAX_NICS),
        max_addresses=_max_addresses,
        refusal=_attach_refusal,
        turns=lambda instance: instance.turns,
    )
)
