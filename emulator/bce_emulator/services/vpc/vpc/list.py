"""Show one of the VPCs, and list those that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.vpc.resource import Vpc
from bce_emulator.services.vpc.vpc.show import VpcInFullView, VpcView, show_vpc, show_vpc_in_full


class QueryVpcListRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    is_default: bool | None = None
    vpc_ids: tuple[str, ...] = ()


class QuerySpecifiedVpcRequest(Model):
    """Which VPC to show."""

    vpc_id: str


class QueryVpcListResponse(Page):
    """One page of the VPCs."""

    vpcs: list[VpcView]


class QuerySpecifiedVpcResponse(TypedDict):
    """One VPC and its subnets."""

    vpc: VpcInFullView


@operation("GET /v1/vpc", doc="https://cloud.baidu.com/doc/VPC/s/wjwvyub23")
def query_vpc_list(account: AccountRegion, request: QueryVpcListRequest) -> QueryVpcListResponse:
    """List the VPCs that fit all filters, newest first."""

    def fits(vpc: Vpc) -> bool:
        return (request.is_default is None or vpc.is_default == request.is_default) and (
            not request.vpc_ids or vpc.id in request.vpc_ids
        )

    return page(QueryVpcListResponse, account, Vpc, "vpcs", show_vpc, request.marker, request.max_keys, fits)


@operation("GET /v1/vpc/{vpcId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/yjwvyuaeo")
def query_specified_vpc(account: AccountRegion, request: QuerySpecifiedVpcRequest) -> QuerySpecifiedVpcResponse:
    """Show one VPC and its subnets."""
    return {"vpc": show_vpc_in_full(account, account.get(Vpc, request.vpc_id))}
