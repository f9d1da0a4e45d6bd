"""Look at load balancers of both families: one, or all that fit some filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.services.blb.balancer.backends import balancers_of
from bce_emulator.services.blb.balancer.reference import BlbLook, application, ordinary
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.show import (
    AppLoadBalancerInFullView,
    LoadBalancerInFullView,
    LoadBalancerView,
    show_application_in_full,
    show_balancer,
    show_in_full,
)
from bce_emulator.services.blb.errors import InstanceNotFound


class DescribeLoadBalancersRequest(Model):
    """Filters are all to hold: address and name in part or exactly, the ids of the load balancer and of a backend."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    address: str = ""
    name: str = ""
    blb_id: str = ""
    bcc_id: str = ""
    exactly_match: LenientBool = False


class DescribeBlbsRequest(DescribeLoadBalancersRequest):
    """Which ordinary load balancers; without a type those that are not for IPv6 only."""

    type: Literal["normal", "ipv6"] = "normal"


class DescribeAppBlbsRequest(DescribeLoadBalancersRequest):
    """Which application load balancers; without a type those that are not for IPv6 only."""

    type: Literal["application", "ipv6Application"] = "application"


class DescribeBlbRequest(BlbLook):
    """Which load balancer to look at; the id says which type it has."""

    type: str = ""


class DescribeLoadBalancersResponse(Page):
    """One page of load balancers."""

    blbList: list[LoadBalancerView]


@operation("GET /v1/blb", doc="https://cloud.baidu.com/doc/BLB/s/xlra9me1s")
def describe_blbs(account: AccountRegion, request: DescribeBlbsRequest) -> DescribeLoadBalancersResponse:
    """List the ordinary load balancers that fit all filters, newest first."""
    return _list(account, request, request.type)


@operation("GET /v1/appblb", doc="https://cloud.baidu.com/doc/BLB/s/6jwvxnyhi")
def describe_app_blbs(account: AccountRegion, request: DescribeAppBlbsRequest) -> DescribeLoadBalancersResponse:
    """List the application load balancers that fit all filters, newest first."""
    return _list(account, request, request.type)


@operation("GET /v1/blb/{blbId}", errors=[InstanceNotFound], doc="https://cloud.baidu.com/doc/BLB/s/njwvxnv79")
def describe_blb(account: AccountRegion, request: DescribeBlbRequest) -> LoadBalancerInFullView:
    """Look at one ordinary load balancer."""
    return show_in_full(account, ordinary(account, request.blb_id))


@operation("GET /v1/appblb/{blbId}", errors=[InstanceNotFound], doc="https://cloud.baidu.com/doc/BLB/s/6jwvxnyhi")
def describe_app_blb(account: AccountRegion, request: BlbLook) -> AppLoadBalancerInFullView:
    """Look at one application load balancer."""
    return show_application_in_full(account, application(account, request.blb_id))


def _list(account: AccountRegion, request: DescribeLoadBalancersRequest, type_: str) -> DescribeLoadBalancersResponse:
    with_backend = balancers_of(account, request.bcc_id) if request.bcc_id else None
    id_, name, address = request.blb_id, request.name, request.address
    matches: Callable[[str, str], bool] = str.__eq__ if request.exactly_match else str.__contains__

    def fits(balancer: LoadBalancer) -> bool:
        return (
            balancer.blb_type == type_
            and (not id_ or id_ == balancer.id)
            and (not name or matches(balancer.name, name))
            and (not address or any(matches(each, address) for each in _addresses(balancer)))
            and (with_backend is None or balancer.id in with_backend)
        )

    show = account.renderer(show_balancer)
    return page(
        DescribeLoadBalancersResponse, account, LoadBalancer, "blbList", show, request.marker, request.max_keys, fits
    )


def _addresses(balancer: LoadBalancer) -> tuple[str, ...]:
    return (*balancer.private_ips, *balancer.public_ips)
