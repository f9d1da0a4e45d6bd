"""Make service publishing points, change them and what they lead to, and delete them."""

from __future__ import annotations

import re

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import MAX_SHORT_DESCRIPTION, check_description, check_given_name
from bce_emulator.services.blb.errors import InstanceNotFound, QuotaExceeded, RealNameAuthenticationRequired
from bce_emulator.services.blb.service_point.auth import AuthModel, auths_of, check_auth_quota
from bce_emulator.services.blb.service_point.reference import ServiceRef, cards_of, get_point
from bce_emulator.services.blb.service_point.resource import POINT_QUOTA, Auth, ServicePoint
from bce_emulator.services.shared.regions import CLOUD, region_word
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.quotas import check_quota

DOC = "https://cloud.baidu.com/doc/BLB/s/Vmrlvoyxl"
SERVICE_NAME = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_]{0,64}")
NOBODY = (Auth("*", "deny"),)
"""Who may lead a card to a point of which nothing is said."""


class CreateServiceRequest(Model):
    """What the point is called, which load balancer it leads to, and who may lead a card to it."""

    client_token: ClientToken = ""
    name: str
    description: str = ""
    service_name: str
    instance_id: str
    auth_list: tuple[AuthModel, ...] = ()


class UpdateServiceRequest(ServiceRef):
    """What the point is called and described as from now on."""

    name: str | None = None
    description: str | None = None


class BindInstanceToServiceRequest(ServiceRef):
    """Which load balancer the point leads to from now on."""

    instance_id: str


class CreateServiceResponse(TypedDict):
    """The full name of the point."""

    service: str


@operation("POST /v1/service", errors=[InstanceNotFound, RealNameAuthenticationRequired, QuotaExceeded], doc=DOC)
def create_service(account: AccountRegion, request: CreateServiceRequest) -> CreateServiceResponse:
    """Publish a load balancer of either family as a service, under a name that the cloud completes."""
    check_given_name(request.name)
    check_description(request.description, MAX_SHORT_DESCRIPTION)
    if SERVICE_NAME.fullmatch(request.service_name) is None:
        raise BadRequest("serviceName is 1 to 65 letters, digits and -_, a letter or a digit first")
    auths = auths_of(request.auth_list) or NOBODY
    balancer = account.get(LoadBalancer, request.instance_id)
    require_real_name(account)
    check_quota(account, POINT_QUOTA, len(account.collection(ServicePoint)) + 1, QuotaExceeded)
    check_auth_quota(account, auths)
    new_id = account.new_id(ServicePoint)
    point = account.add(
        ServicePoint(
            id=new_id,
            name=request.name,
            desc=request.description,
            service_name=request.service_name,
            service=f"{request.service_name}.{new_id}.{region_word(account.region)}{CLOUD}",
            auths=auths,
        )
    )
    _lead_to(account, point, balancer)
    return {"service": point.service}


@operation("PUT /v1/service/{service}?modifyAttribute", errors=[NoSuchObject], doc=DOC)
def update_service(account: AccountRegion, request: UpdateServiceRequest) -> None:
    """Rename a service publishing point, or describe it anew."""
    point = get_point(account, request.service)
    if request.name is None and request.description is None:
        raise BadRequest("name or description is needed")
    if request.name is not None:
        check_given_name(request.name)
    check_description(request.description, MAX_SHORT_DESCRIPTION)
    point.name = point.name if request.name is None else request.name
    point.desc = point.desc if request.description is None else request.description


@operation("PUT /v1/service/{service}?bind", errors=[NoSuchObject, InstanceNotFound, OperationDenied], doc=DOC)
def bind_instance_to_service(account: AccountRegion, request: BindInstanceToServiceRequest) -> None:
    """Have a service publishing point that leads nowhere lead to a load balancer."""
    point = get_point(account, request.service)
    _lead_to(account, point, account.get(LoadBalancer, request.instance_id))


@operation("PUT /v1/service/{service}?unbind", errors=[NoSuchObject, OperationDenied], doc=DOC)
def unbind_instance_from_service(account: AccountRegion, request: ServiceRef) -> None:
    """Have a service publishing point lead nowhere; its cards stay."""
    point = get_point(account, request.service)
    if not point.balancer_id:
        raise OperationDenied(f"{point.service} leads to no load balancer")
    point.balancer_id = ""


@operation("DELETE /v1/service/{service}", errors=[NoSuchObject, OperationDenied], doc=DOC)
def delete_service(account: AccountRegion, request: ServiceRef) -> None:
    """Delete a service publishing point that no service card leads to."""
    point = get_point(account, request.service)
    if cards := cards_of(account, point):
        raise OperationDenied(f"{cards[0].id} leads to {point.service}")
    account.change(point, "delete")


def _lead_to(account: AccountRegion, point: ServicePoint, balancer: LoadBalancer) -> None:
    if point.balancer_id:
        raise OperationDenied(f"{point.service} leads to {point.balancer_id}")
    point.balancer_id = balancer.id
