"""Show one of the subnets, and list those that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.subnet.create import SubnetType
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.subnet.show import SubnetView, rendered_subnet


class QuerySubnetListRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str = ""
    zone_name: str = ""
    subnet_type: SubnetType | None = None
    subnet_ids: tuple[str, ...] = ()


class QuerySpecifiedSubnetRequest(Model):
    """Which subnet to show."""

    subnet_id: str


class QuerySubnetListResponse(Page):
    """One page of the subnets."""

    subnets: list[SubnetView]


class QuerySpecifiedSubnetResponse(TypedDict):
    """One subnet."""

    subnet: SubnetView


@operation("GET /v1/subnet", doc="https://cloud.baidu.com/doc/VPC/s/xjwvyu8zu")
def query_subnet_list(account: AccountRegion, request: QuerySubnetListRequest) -> QuerySubnetListResponse:
    """List the subnets that fit all filters, newest first."""

    def fits(subnet: Subnet) -> bool:
        return (
            request.vpc_id in {"", subnet.vpc_id}
            and request.zone_name in {"", subnet.zone}
            and request.subnet_type in {None, subnet.subnet_type}
            and (not request.subnet_ids or subnet.id in request.subnet_ids)
        )

    return page(
        QuerySubnetListResponse,
        account,
        Subnet,
        "subnets",
        lambda each: rendered_subnet(account, each),
        request.marker,
        request.max_keys,
        fits,
    )


@operation("GET /v1/subnet/{subnetId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Sjwvyu89a")
def query_specified_subnet(
    account: AccountRegion, request: QuerySpecifiedSubnetRequest
) -> QuerySpecifiedSubnetResponse:
    """Show one subnet."""
    return {"subnet": rendered_subnet(account, account.get(Subnet, request.subnet_id))}
