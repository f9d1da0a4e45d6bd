"""Make customer gateways, change what they are called, delete and look at them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import check_ipv4_address
from bce_emulator.services.shared.times import beijing_time
from bce_emulator.services.vpc.customer_gateway.resource import CustomerGateway
from bce_emulator.services.vpc.names import check_description, check_gateway_name


class CreateUserGatewayRequest(Model):
    """What the customer gateway is called, and its address."""

    client_token: ClientToken = ""
    name: str
    ip: str
    description: str = ""


class CgwRef(Model):
    """Which customer gateway."""

    cgw_id: str


class UpdateUserGatewayRequest(CgwRef):
    """What the customer gateway is called and described as from now on."""

    client_token: ClientToken = ""
    name: str | None = None
    description: str | None = None


class UserGatewayListRequest(Model):
    """Which page."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class CgwView(TypedDict):
    """A customer gateway."""

    cgwId: str
    name: str
    ip: str
    description: str
    createdTime: str
    updatedTime: str


class CreateUserGatewayResponse(TypedDict):
    """The id of the customer gateway."""

    cgwId: str


class UserGatewayListResponse(Page):
    """One page of the customer gateways."""

    result: list[CgwView]


@operation("POST /v1/vpn/cgw", basis="client")
def create_user_gateway(account: AccountRegion, request: CreateUserGatewayRequest) -> CreateUserGatewayResponse:
    """Make a customer gateway."""
    check_gateway_name(request.name)
    check_description(request.description)
    check_ipv4_address(request.ip, "ip")
    gateway = CustomerGateway(
        id=account.new_id(CustomerGateway),
        name=request.name,
        desc=request.description,
        ip=request.ip,
        updated=account.clock.now(),
    )
    return {"cgwId": account.add(gateway).id}


@operation("PUT /v1/vpn/cgw/{cgwId}", errors=[NoSuchObject], basis="client")
def update_user_gateway(account: AccountRegion, request: UpdateUserGatewayRequest) -> None:
    """Rename a customer gateway, or describe it anew."""
    gateway = account.get(CustomerGateway, request.cgw_id)
    if not request.name and not request.description:
        raise BadRequest("name or description is needed")
    if request.name:
        check_gateway_name(request.name)
    check_description(request.description)
    gateway.name = request.name or gateway.name
    gateway.desc = gateway.desc if request.description is None else request.description
    gateway.updated = account.clock.now()


@operation("DELETE /v1/vpn/cgw/{cgwId}", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_user_gateway(account: AccountRegion, request: CgwRef) -> None:
    """Delete a customer gateway that no tunnel leads to."""
    gateway = account.get(CustomerGateway, request.cgw_id)
    if tunnels := account.dependents(gateway):
        raise OperationDenied(f"{gateway.id} is the other end of {named(tunnels)}")
    account.remove(gateway)


@operation("GET /v1/vpn/cgw", basis="client")
def user_gateway_list(account: AccountRegion, request: UserGatewayListRequest) -> UserGatewayListResponse:
    """List the customer gateways, newest first."""
    return page(UserGatewayListResponse, account, CustomerGateway, "result", _show, request.marker, request.max_keys)


@operation("GET /v1/vpn/cgw/{cgwId}", errors=[NoSuchObject], basis="client")
def user_gateway_details(account: AccountRegion, request: CgwRef) -> CgwView:
    """Look at one customer gateway."""
    return _show(account.get(CustomerGateway, request.cgw_id))


def _show(gateway: CustomerGateway) -> CgwView:
    return {
        "cgwId": gateway.id,
        "name": gateway.name,
        "ip": gateway.ip,
        "description": gateway.desc,
        "createdTime": beijing_time(gateway.created),
        "updatedTime": beijing_time(gateway.updated),
    }
