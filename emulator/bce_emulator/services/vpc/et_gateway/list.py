"""Look at dedicated-line gateways: one, or all of a VPC that fit some filters."""

from __future__ import annotations

from typing import NotRequired, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.vpc.resource import Vpc


class QueryTheListOfDedicatedLineGatewaysRequest(Model):
    """Of which VPC; filters are all to hold, and the name is a part."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str
    et_gateway_id: str = ""
    name: str = ""
    status: str = ""


class QueryTheDetailsOfTheDedicatedGatewayRequest(Model):
    """Which gateway to look at."""

    et_gateway_id: str


class EtGatewayView(TypedDict):
    """A dedicated-line gateway; without a line its ids are empty texts."""

    etGatewayId: str
    name: str
    status: str
    vpcId: str
    speed: int
    createTime: str
    description: str
    etId: str
    channelId: str
    localCidrs: list[str]
    enableIpv6: int
    ipv6LocalCidrs: list[str]
    tags: list[TagView]


class EtGatewayInFullView(EtGatewayView):
    """The same, with the health check if there is one."""

    healthCheckDestIp: NotRequired[str]
    healthCheckSourceIp: NotRequired[str]
    healthCheckType: NotRequired[str]
    healthCheckPort: NotRequired[int]
    healthCheckInterval: NotRequired[int]
    healthThreshold: NotRequired[int]
    unhealthThreshold: NotRequired[int]


class QueryTheListOfDedicatedLineGatewaysResponse(Page):
    """One page of the dedicated-line gateways."""

    etGateways: list[EtGatewayView]


@operation("GET /v1/etGateway", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/slqbytc4k")
def query_the_list_of_dedicated_line_gateways(
    account: AccountRegion, request: QueryTheListOfDedicatedLineGatewaysRequest
) -> QueryTheListOfDedicatedLineGatewaysResponse:
    """List the dedicated-line gateways of a VPC that fit all filters, newest first."""
    vpc = account.get(Vpc, request.vpc_id)

    def fits(gateway: EtGateway) -> bool:
        return (
            request.et_gateway_id in {"", gateway.id}
            and request.name in gateway.name
            and request.status in {"", gateway.status}
        )

    return page(
        QueryTheListOfDedicatedLineGatewaysResponse,
        account,
        EtGateway,
        "etGateways",
        _show,
        request.marker,
        request.max_keys,
        fits,
        of=("vpc_id", vpc.id),
    )


@operation("GET /v1/etGateway/{etGatewayId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/ak2yh15im")
def query_the_details_of_the_dedicated_gateway(
    account: AccountRegion, request: QueryTheDetailsOfTheDedicatedGatewayRequest
) -> EtGatewayInFullView:
    """Look at one dedicated-line gateway, with its health check."""
    gateway = account.get(EtGateway, request.et_gateway_id)
    check = gateway.health_check
    if check is None:
        return cast("EtGatewayInFullView", _show(gateway))
    return {
        **_show(gateway),
        "healthCheckDestIp": "",
        "healthCheckSourceIp": check.source_ip,
        "healthCheckType": check.kind,
        "healthCheckPort": check.port,
        "healthCheckInterval": check.interval,
        "healthThreshold": check.threshold,
        "unhealthThreshold": check.unhealthy_threshold,
    }


def _show(gateway: EtGateway) -> EtGatewayView:
    return {
        "etGatewayId": gateway.id,
        "name": gateway.name,
        "status": gateway.status,
        "vpcId": gateway.vpc_id,
        "speed": gateway.speed,
        "createTime": iso(gateway.created),
        "description": gateway.desc,
        "etId": gateway.et_id,
        "channelId": gateway.channel_id,
        "localCidrs": list(gateway.local_cidrs),
        "enableIpv6": int(gateway.is_ipv6_enabled),
        "ipv6LocalCidrs": list(gateway.ipv6_local_cidrs),
        "tags": show_tags(gateway.tags),
    }
