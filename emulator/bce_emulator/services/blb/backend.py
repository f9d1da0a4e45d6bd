"""What can be behind a load balancer: instances, which it knows by their network interfaces."""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.vpc.nic.host import find_host
from bce_emulator.services.vpc.nic.resource import Nic

ALIVE, DEAD, UNKNOWN = "Alive", "Dead", "Unknown"
RUNNING = "Running"


class Backend(NamedTuple):
    """An instance and its primary network interface."""

    instance: Resource
    nic: Nic


def find_backend(account: AccountRegion, instance_id: str) -> Backend | None:
    """The instance of this id, whatever product it is of."""
    found = find_host(account, instance_id)
    return Backend(found[1], found[0].primary(account, found[1])) if found else None


def backends_in(account: AccountRegion, vpc_id: str) -> list[Nic]:
    """The primary network interfaces of the instances in a VPC."""
    return [nic for nic in account.where(Nic, "vpc_id", vpc_id) if nic.is_primary]


def health(account: AccountRegion, instance_id: str) -> str:
    """What a check finds: only an instance that runs answers."""
    backend = find_backend(account, instance_id)
    return ALIVE if backend is not None and backend.instance.status == RUNNING else DEAD


def health_at(account: AccountRegion, vpc_id: str, address: str) -> str:
    """What a check of an address finds: of what is outside the VPC nothing is known."""
    found = [
        nic
        for field in ("private_ip", "secondary_ips")
        for nic in account.where(Nic, field, address)
        if nic.vpc_id == vpc_id and nic.device_id
    ]
    return health(account, found[0].device_id) if found else UNKNOWN
