"""Bind dedicated-line gateways to channels of lines, take them off again, and look after them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import check_ipv4_address
from bce_emulator.services.vpc.et_gateway.create import EtGatewayRef
from bce_emulator.services.vpc.et_gateway.line import check_line, check_ranges
from bce_emulator.services.vpc.et_gateway.resource import EtGateway, HealthCheck
from bce_emulator.services.vpc.subnet.resource import Subnet

DOC = "https://cloud.baidu.com/doc/VPC/s/yk2yh3yuy"
Times = Annotated[int, Field(ge=2, le=5)]


class BindPhysicalDedicatedLineRequest(EtGatewayRef):
    """Which channel of which line, and the ranges behind the gateway."""

    et_id: str
    channel_id: str
    local_cidrs: tuple[str, ...] = ()


class CreateDedicatedGatewayHealthCheckRequest(EtGatewayRef):
    """How the line is looked after; the line may be named again."""

    dcphy_id: str = ""
    channel_id: str = ""
    subnet_id: str = ""
    health_check_source_ip: str = ""
    health_check_type: Literal["ICMP"] = "ICMP"
    health_check_port: Annotated[int, Field(ge=0, le=65_535)] = 0
    health_check_interval: Annotated[int, Field(ge=1, le=60)]
    health_threshold: Times
    unhealth_threshold: Times
    auto_generate_route_rule: bool = True


@operation("PUT /v1/etGateway/{etGatewayId}?bind", errors=[NoSuchObject, OperationDenied], doc=DOC)
def bind_physical_dedicated_line(account: AccountRegion, request: BindPhysicalDedicatedLineRequest) -> None:
    """Bind a dedicated-line gateway that has no line to a channel of one."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    check_line(request.et_id, request.channel_id)
    check_ranges(request.local_cidrs)
    if gateway.et_id:
        raise OperationDenied(f"{gateway.id} has the line {gateway.et_id}")
    gateway.et_id, gateway.channel_id, gateway.local_cidrs = request.et_id, request.channel_id, request.local_cidrs


@operation("PUT /v1/etGateway/{etGatewayId}?unbind", errors=[NoSuchObject, OperationDenied], doc=DOC)
def unbind_physical_dedicated_line(account: AccountRegion, request: EtGatewayRef) -> None:
    """Take the line off a dedicated-line gateway, with its ranges and its health check."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    _check_bound(gateway)
    gateway.et_id, gateway.channel_id, gateway.health_check = "", "", None
    gateway.local_cidrs, gateway.ipv6_local_cidrs = (), ()


@operation("POST /v1/etGateway/{etGatewayId}/healthCheck", errors=[NoSuchObject, OperationDenied], basis="client")
def create_dedicated_gateway_health_check(
    account: AccountRegion, request: CreateDedicatedGatewayHealthCheckRequest
) -> None:
    """Have the line of a dedicated-line gateway looked after, in place of how it was before."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    if request.health_check_source_ip:
        check_ipv4_address(request.health_check_source_ip, "healthCheckSourceIp")
    if request.subnet_id and account.get(Subnet, request.subnet_id).vpc_id != gateway.vpc_id:
        raise BadRequest(f"{request.subnet_id} is not in {gateway.vpc_id}")
    _check_bound(gateway)
    if request.dcphy_id not in {"", gateway.et_id} or request.channel_id not in {"", gateway.channel_id}:
        raise BadRequest(f"the line of {gateway.id} is {gateway.et_id}, {gateway.channel_id}")
    gateway.health_check = HealthCheck(
        request.health_check_type,
        request.health_check_source_ip,
        request.health_check_port,
        request.health_check_interval,
        request.health_threshold,
        request.unhealth_threshold,
    )


def _check_bound(gateway: EtGateway) -> None:
    if not gateway.et_id:
        raise OperationDenied(f"{gateway.id} has no line")
