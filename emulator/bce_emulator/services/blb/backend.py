"""What can be behind a load balancer: instances, which it knows by their network interfaces."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.blb.errors import BackendServerAlreadyExist, BackendServerNotFound
from bce_emulator.services.blb.health import HealthCheck
from bce_emulator.services.vpc.nic.host import find_host
from bce_emulator.services.vpc.nic.resource import Nic

ALIVE, DEAD, UNKNOWN = "Alive", "Dead", "Unknown"


class Backend(NamedTuple):
    """An instance, its primary network interface, whether it runs, and when it began and ceased to answer, by turns."""

    instance: Resource
    nic: Nic
    runs: bool
    turns: tuple[float, ...]


def find_backend(account: AccountRegion, instance_id: str) -> Backend | None:
    """The instance of this id, whatever product it is of."""
    found = find_host(account, instance_id)
    if found is None:
        return None
    host, instance = found
    return Backend(instance, host.primary(account, instance), instance.status == host.running, host.turns(instance))


def check_new_backend(account: AccountRegion, vpc_id: str, instance_id: str, there: Collection[str]) -> None:
    """Refuse an instance that cannot come beside others behind a load balancer of a VPC."""
    backend = find_backend(account, instance_id)
    if backend is None:
        raise BackendServerNotFound(f"there is no instance {instance_id[:64]!r}")
    if backend.nic.vpc_id != vpc_id:
        raise BadRequest(f"{instance_id} is not in {vpc_id}")
    if instance_id in there:
        raise BackendServerAlreadyExist(f"{instance_id} is there already")


def backends_in(account: AccountRegion, vpc_id: str) -> list[Nic]:
    """The primary network interfaces of the instances in a VPC."""
    return [nic for nic in account.where(Nic, "vpc_id", vpc_id) if nic.is_primary]


def health(account: AccountRegion, backend: Backend | None, check: HealthCheck, since: float) -> str:
    """What a check that began at a moment has found: nothing before it was done often enough.

    Only an instance that runs answers, and one answer more or less changes nothing: so many in a row do.
    """
    now = account.clock.now()
    if not check.is_enabled or now < since + check.interval * check.healthy:
        return UNKNOWN
    if backend is None:
        return DEAD
    if backend.nic.health:
        return backend.nic.health
    has_never_run = not backend.runs and len(backend.turns) % 2 == 0
    return DEAD if has_never_run or not _is_found_alive(backend.turns, check, since, now) else ALIVE


def _is_found_alive(turns: tuple[float, ...], check: HealthCheck, since: float, now: float) -> bool:
    """What is left of the verdict after each turn: one that does not last long enough to be noticed changes nothing."""
    alive = True
    for number, (began, ended) in enumerate(pairwise((*turns, now))):
        if number % 2:
            alive = alive or ended - began >= check.interval * check.healthy
        elif began < since:
            alive = alive and ended <= since
        else:
            alive = alive and ended - began < check.interval * check.unhealthy
    return alive


def health_at(account: AccountRegion, vpc_id: str, address: str, check: HealthCheck, since: float) -> str:
    """What a check of an address has found: of what is outside the VPC nothing is known."""
    found = [
        nic
        for field in ("private_ip", "secondary_ips")
        for nic in account.where(Nic, field, address)
        if nic.vpc_id == vpc_id and nic.device_id
    ]
    return health(account, find_backend(account, found[0].device_id), check, since) if found else UNKNOWN
