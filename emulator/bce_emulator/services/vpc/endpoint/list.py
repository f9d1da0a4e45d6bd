"""Look at service cards: one, or all of a VPC that fit some filters; and at the services that the cloud has itself."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.shared.regions import endpoint
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.endpoint.lifecycle import DEAD, UNAVAILABLE
from bce_emulator.services.vpc.endpoint.resource import Snic
from bce_emulator.services.vpc.vpc.resource import Vpc

PUBLIC_SERVICES = ("bos", "bls-log", "kms")
"""The cloud's own services, by the first labels of their hosts."""


class ListSnicRequest(Model):
    """Of which VPC; filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str
    name: str = ""
    ip_address: str = ""
    status: Literal["available", "unavailable", "dead"] | None = None
    subnet_id: str = ""
    service: str = ""


class DescribeSnicRequest(Model):
    """Which service card to look at."""

    endpoint_id: str


class SnicView(TypedDict):
    """A service card."""

    endpointId: str
    name: str
    ipAddress: str
    status: str
    service: str
    subnetId: str
    description: str
    createTime: str
    vpcId: str
    productType: str
    tags: list[TagView]


class ListSnicResponse(Page):
    """One page of the service cards."""

    endpoints: list[SnicView]


class QueryAvailablePublicServicesResponse(TypedDict):
    """The names of services."""

    services: list[str]


@operation("GET /v1/endpoint", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/SNIC/s/elpuwv1bb")
def list_snic(account: AccountRegion, request: ListSnicRequest) -> ListSnicResponse:
    """List the service cards of a VPC that fit all filters, newest first."""
    of = ("vpc_id", account.get(Vpc, request.vpc_id).id)
    status = UNAVAILABLE if request.status == DEAD else request.status

    def fits(snic: Snic) -> bool:
        return (
            request.name in {"", snic.name}
            and request.ip_address in {"", snic.ip_address}
            and status in {None, snic.status}
            and request.subnet_id in {"", snic.subnet_id}
            and request.service in {"", snic.service}
        )

    return page(ListSnicResponse, account, Snic, "endpoints", _show, request.marker, request.max_keys, fits, of=of)


@operation("GET /v1/endpoint/{endpointId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/SNIC/s/gkkutd6sv")
def describe_snic(account: AccountRegion, request: DescribeSnicRequest) -> SnicView:
    """Look at one service card."""
    return _show(account.get(Snic, request.endpoint_id))


@operation("GET /v1/endpoint/publicService", basis="client")
def query_available_public_services(account: AccountRegion) -> QueryAvailablePublicServicesResponse:
    """List the services of the cloud itself that a service card can lead to; which there are is invented."""
    return {"services": [endpoint(host, account.region) for host in PUBLIC_SERVICES]}


def _show(snic: Snic) -> SnicView:
    return {
        "endpointId": snic.id,
        "name": snic.name,
        "ipAddress": snic.ip_address,
        "status": snic.status,
        "service": snic.service,
        "subnetId": snic.subnet_id,
        "description": snic.desc,
        "createTime": iso(snic.created),
        "vpcId": snic.vpc_id,
        "productType": "postpay",
        "tags": show_tags(snic.tags),
    }
