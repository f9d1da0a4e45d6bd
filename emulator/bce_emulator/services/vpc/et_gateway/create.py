"""Make dedicated-line gateways, change and release them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.et_gateway.line import check_ipv6_ranges, check_line, check_ranges
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.gateway_limit_rule.limited import check_bandwidth
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.vpc.resource import Vpc

Speed = Annotated[int, Field(ge=2, le=100_000)]
"""In Mbps; the page of the creation has a tenth of the most that the page of the change has."""


class CreateDedicatedGatewayRequest(Model):
    """Where the gateway is to be, how fast, and which line it begins with, if any."""

    client_token: ClientToken = ""
    name: str
    vpc_id: str
    speed: Speed
    description: str = ""
    et_id: str = ""
    channel_id: str = ""
    local_cidrs: tuple[str, ...] = ()
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""


class EtGatewayRef(Model):
    """Which dedicated-line gateway."""

    client_token: ClientToken = ""
    et_gateway_id: str


class UpdateDedicatedGatewayRequest(EtGatewayRef):
    """What the gateway has from now on; what is left out stays."""

    name: str | None = None
    speed: Speed | None = None
    description: str | None = None
    local_cidrs: tuple[str, ...] | None = None
    enable_ipv6: Annotated[LenientInt | None, Field(alias="enableIpv6", ge=0, le=1)] = None
    ipv6_local_cidrs: Annotated[tuple[str, ...] | None, Field(alias="ipv6LocalCidrs")] = None


class CreateDedicatedGatewayResponse(TypedDict):
    """The id of the gateway."""

    etGatewayId: str


@operation(
    "POST /v1/etGateway", errors=[QualifyNotPass, NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Hk2ygtxlw"
)
def create_dedicated_gateway(
    account: AccountRegion, request: CreateDedicatedGatewayRequest
) -> CreateDedicatedGatewayResponse:
    """Make a dedicated-line gateway, with a channel of a line or without; lines are not emulated, any id will do."""
    require_real_name(account)
    check_gateway_name(request.name)
    check_description(request.description)
    if request.et_id or request.channel_id:
        check_line(request.et_id, request.channel_id)
    elif request.local_cidrs:
        raise BadRequest("localCidrs are for a line")
    check_ranges(request.local_cidrs)
    vpc = account.get(Vpc, request.vpc_id)
    gateway = EtGateway(
        id=account.new_id(EtGateway),
        name=request.name,
        desc=request.description,
        vpc_id=vpc.id,
        speed=request.speed,
        et_id=request.et_id,
        channel_id=request.channel_id,
        local_cidrs=request.local_cidrs,
        tags=tags_of(request.tags),
    )
    return {"etGatewayId": account.add(gateway).id}


@operation(
    "PUT /v1/etGateway/{etGatewayId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/hk2yh2c7u",
)
def update_dedicated_gateway(account: AccountRegion, request: UpdateDedicatedGatewayRequest) -> None:
    """Change a dedicated-line gateway; ranges are for one with a line."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    if request.name is not None:
        check_gateway_name(request.name)
    check_description(request.description)
    check_ranges(request.local_cidrs or ())
    check_ipv6_ranges(request.ipv6_local_cidrs or ())
    if (request.local_cidrs or request.ipv6_local_cidrs) and not gateway.et_id:
        raise OperationDenied(f"{gateway.id} has no line")
    if request.speed is not None:
        check_bandwidth(account, gateway.id, request.speed)
    for field, value in (
        ("name", request.name),
        ("speed", request.speed),
        ("desc", request.description),
        ("local_cidrs", request.local_cidrs),
        ("is_ipv6_enabled", None if request.enable_ipv6 is None else bool(request.enable_ipv6)),
        ("ipv6_local_cidrs", request.ipv6_local_cidrs),
    ):
        if value is not None:
            setattr(gateway, field, value)


@operation(
    "DELETE /v1/etGateway/{etGatewayId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/vk2yh4sdb",
)
def release_dedicated_gateway(account: AccountRegion, request: EtGatewayRef) -> None:
    """Release a dedicated-line gateway that has no line, and that no route leads to."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    if gateway.et_id:
        raise OperationDenied(f"{gateway.id} has the line {gateway.et_id}")
    if rules := account.dependents(gateway):
        raise OperationDenied(f"{gateway.id} is the next hop of {named(rules)}")
    account.remove(gateway)
