"""Which service publishing point a request is about, and what belongs to one."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.service_point.resource import ServicePoint
from bce_emulator.services.vpc.endpoint.resource import Snic


class ServiceRef(Model):
    """Which service publishing point, by its full name."""

    client_token: ClientToken = ""
    service: str


def get_point(account: AccountRegion, service: str) -> ServicePoint:
    """The service publishing point with this full name, or the refusal."""
    return account.get_by(ServicePoint, "service", service)


def cards_of(account: AccountRegion, point: ServicePoint) -> list[Snic]:
    """The service cards of the account that lead to a point."""
    return account.where(Snic, "service", point.service)


@when_gone(LoadBalancer)
def free_service_points(account: AccountRegion, balancer: LoadBalancer) -> None:
    """Service publishing points outlive the load balancer that they lead to."""
    for point in account.where(ServicePoint, "balancer_id", balancer.id):
        point.balancer_id = ""
