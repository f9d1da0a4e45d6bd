"""The primary network interface of an instance: it is made with it, shows in it, and goes with it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_entered
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import set_too
from bce_emulator.services.hpas.instance.lifecycle import ACTIVE, BOTH
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.hpas.offerings import Application, application_ordered
from bce_emulator.services.vpc.nic.host import NicHost, hosts_nics, with_turn
from bce_emulator.services.vpc.nic.primary import remove_primary
from bce_emulator.services.vpc.nic.resource import Nic


def nic_of(account: AccountRegion, instance: HpasInstance) -> Nic:
    """The primary card of an instance."""
    return account.get(Nic, instance.nic_id)


def application_of(instance: HpasInstance) -> Application:
    """The application that an instance was ordered for."""
    return application_ordered(instance.app_type, instance.level)


@when_entered(HpasInstance)
def note_outage(account: AccountRegion, instance: HpasInstance, before: str) -> None:
    """Only an instance that runs answers, for instance to health checks."""
    if ACTIVE in {before, instance.state}:
        set_too(instance, "turns", with_turn(instance.turns, account.clock.now(), answers=instance.state == ACTIVE))


@when_gone(HpasInstance)
def remove_nic(account: AccountRegion, instance: HpasInstance) -> None:
    """The primary card goes with its instance; others are on nothing then."""
    remove_primary(account, nic_of(account, instance))


hosts_nics(
    NicHost(
        find=lambda account, hpas_id: account.find(HpasInstance, hpas_id),
        primary=nic_of,
        max_nics=lambda instance: application_of(instance).max_nics,
        max_addresses=lambda instance: application_of(instance).max_addresses,
        refusal=lambda instance: "" if instance.state in BOTH else f"{instance.id} is {instance.status}",
        turns=lambda instance: instance.turns,
        running=ACTIVE,
    )
)
