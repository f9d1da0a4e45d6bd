"""Which load balancer a request is about, and what every change of one begins with."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import InstanceNotFound, LastOperationNotFinished, ServiceBlocked

CHANGES = [InstanceNotFound, LastOperationNotFinished, ServiceBlocked]
"""How every change of a load balancer, or of what belongs to it, can be refused."""


class BlbRef(Model):
    """Which load balancer."""

    client_token: ClientToken = ""
    blb_id: str


class BlbLook(Model):
    """Which load balancer to look at."""

    blb_id: str


def ordinary(account: AccountRegion, blb_id: str) -> LoadBalancer:
    """The ordinary load balancer with this id, or the refusal."""
    return _of_family(account, blb_id, application=False)


def application(account: AccountRegion, blb_id: str) -> LoadBalancer:
    """The application load balancer with this id, or the refusal."""
    return _of_family(account, blb_id, application=True)


def check_change(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Refuse to change a load balancer that is busy or blocked."""
    account.check(balancer, "update")


def begin_change(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Have a load balancer update, after all checks of a change; what takes no time is over before the answer."""
    account.change(balancer, "update")
    if balancer.pending is not None and balancer.pending.due <= account.clock.now():
        account.complete(balancer)


def _of_family(account: AccountRegion, blb_id: str, *, application: bool) -> LoadBalancer:
    balancer = account.get(LoadBalancer, blb_id)
    if balancer.is_application is not application:
        raise InstanceNotFound(f"{balancer.id} is of the type {balancer.blb_type}")
    return balancer
