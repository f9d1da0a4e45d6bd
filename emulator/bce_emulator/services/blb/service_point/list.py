"""Look at service publishing points: one, or all."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.service_point.lifecycle import AVAILABLE, IN_SERVICE
from bce_emulator.services.blb.service_point.reference import cards_of, get_point
from bce_emulator.services.blb.service_point.resource import ServicePoint
from bce_emulator.services.vpc.endpoint.resource import Snic

DOC = "https://cloud.baidu.com/doc/BLB/s/6mrlvoz6g"


class DescribeServicesRequest(Model):
    """Which page."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class DescribeServiceRequest(Model):
    """Which service publishing point to look at."""

    service: str


class RelatedEndpointView(TypedDict):
    """A service card that leads to a point, and whose it is."""

    endpointId: str
    uid: str
    attachTime: str


class AuthView(TypedDict):
    """An account, or ``*`` for everybody, and whether it may lead a card to a point."""

    uid: str
    auth: str


class ServiceView(TypedDict):
    """A service publishing point; without a load balancer its ``instanceId`` is empty."""

    serviceId: str
    name: str
    description: str
    serviceName: str
    bindType: str
    instanceId: str
    status: str
    service: str
    createTime: str
    endpointCount: int
    endpointList: list[RelatedEndpointView]
    authList: list[AuthView]


class DescribeServicesResponse(Page):
    """One page of service publishing points."""

    services: list[ServiceView]


@operation("GET /v1/service", doc=DOC)
def describe_services(account: AccountRegion, request: DescribeServicesRequest) -> DescribeServicesResponse:
    """List the service publishing points, newest first."""
    show = account.renderer(_show, Snic)
    return page(DescribeServicesResponse, account, ServicePoint, "services", show, request.marker, request.max_keys)


@operation("GET /v1/service/{service}", errors=[NoSuchObject], doc=DOC)
def describe_service(account: AccountRegion, request: DescribeServiceRequest) -> ServiceView:
    """Look at one service publishing point."""
    return account.rendered(get_point(account, request.service), _show, Snic)


def _show(account: AccountRegion, point: ServicePoint) -> ServiceView:
    cards = cards_of(account, point)
    return {
        "serviceId": point.id,
        "name": point.name,
        "description": point.desc,
        "serviceName": point.service_name,
        "bindType": "blb",
        "instanceId": point.balancer_id,
        "status": IN_SERVICE if cards and point.status == AVAILABLE else point.status,
        "service": point.service,
        "createTime": iso(point.created),
        "endpointCount": len(cards),
        "endpointList": [
            {"endpointId": card.id, "uid": account.name, "attachTime": iso(card.created)} for card in cards
        ],
        "authList": [{"uid": each.uid, "auth": each.auth} for each in point.auths],
    }
