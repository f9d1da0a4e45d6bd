"""Order changes of what a load balancer of either family can do and how it is paid for. https://cloud.baidu.com/doc/BLB"""

from __future__ import annotations

from typing import Annotated, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import IN_QUERY, LenientBool, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.blb.balancer.expiry import become_postpaid
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, begin_change, check_change
from bce_emulator.services.blb.balancer.resource import SHARED, UNLIMITED, LoadBalancer
from bce_emulator.services.blb.balancer.rules import BY_CAPACITY, check_level
from bce_emulator.services.blb.errors import InstanceNotFound, LastOperationNotFinished
from bce_emulator.services.shared.billing import MONTHS, renewal_months
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.term import await_expiry

ORDERS = [*CHANGES, OperationDenied]


class ResizeBlbRequest(BlbRef):
    """What the load balancer can do from now on."""

    performance_level: str


class BillingChangePostToPreBlbRequest(BlbRef):
    """For how many months the load balancer is paid ahead."""

    billing_method: Literal["BySpec"] = "BySpec"
    performance_level: str = ""
    reservation_length: LenientInt


class BillingChangePreToPostBlbRequest(BlbRef):
    """How the load balancer is paid by use, once its term is over or at once."""

    billing_method: Literal["BySpec", "ByCapacityUnit"] = "BySpec"
    performance_level: str = ""
    effective_immediately: LenientBool = False


class StartLoadBalancerAutoRenewRequest(BlbRef):
    """By how much the load balancer renews itself."""

    auto_renew_length: LenientInt = 1
    auto_renew_time_unit: str = "month"


class NoAction(Model):
    """A call without an action; one with an action that there is goes elsewhere."""

    action: Annotated[Literal[""], IN_QUERY] = ""


class ResizeLoadBalancerRequest(NoAction, ResizeBlbRequest):
    """What the load balancer can do from now on."""


class ChangeToPrepaidRequest(NoAction, BillingChangePostToPreBlbRequest):
    """For how many months the load balancer is paid ahead."""


class OrderResponse(TypedDict):
    """The order."""

    orderId: str


@operation("POST /v1/blb/{blbId}?action=RESIZE", errors=ORDERS)
def resize_blb(account: AccountRegion, request: ResizeBlbRequest) -> OrderResponse:
    """Give a load balancer another performance level; one paid by capacity has none."""
    balancer = account.get(LoadBalancer, request.blb_id)
    check_level(request.performance_level, prepaid=False, by_capacity=False)
    _check_order(account, balancer, balancer.payment)
    if balancer.billing_method == BY_CAPACITY:
        raise OperationDenied(f"{balancer.id} is paid by capacity used")
    begin_change(account, balancer)
    balancer.performance_level = request.performance_level
    return {"orderId": new_order(account)}


@operation("POST /v1/blb/{blbId}", errors=ORDERS, basis="proposed")
def resize_load_balancer(account: AccountRegion, request: ResizeLoadBalancerRequest) -> OrderResponse:
    """Do the same without an action: there is only one."""
    return resize_blb(account, request)


@operation("POST /v1/blb/{blbId}/charge?action=TO_PREPAY", errors=ORDERS)
def billing_change_post_to_pre_blb(account: AccountRegion, request: BillingChangePostToPreBlbRequest) -> OrderResponse:
    """Have a postpaid load balancer paid ahead from now on."""
    balancer = account.get(LoadBalancer, request.blb_id)
    level = request.performance_level or _own_level(balancer)
    check_level(level, prepaid=True, by_capacity=False)
    if request.reservation_length not in MONTHS:
        raise BadRequest("reservationLength is 1 to 9, 12, 24 or 36 months")
    _check_order(account, balancer, "Postpaid")
    begin_change(account, balancer)
    balancer.payment, balancer.billing_method, balancer.performance_level = "Prepaid", "", level
    balancer.expires = months_later(account.clock.now(), request.reservation_length)
    await_expiry(account, balancer)
    return {"orderId": new_order(account)}


@operation("POST /v1/blb/{blbId}/charge", errors=ORDERS, basis="proposed")
def change_to_prepaid(account: AccountRegion, request: ChangeToPrepaidRequest) -> OrderResponse:
    """Do the same without an action, as the name of the call says."""
    return billing_change_post_to_pre_blb(account, request)


@operation("POST /v1/blb/{blbId}/charge?action=TO_POSTPAY", errors=ORDERS)
def billing_change_pre_to_post_blb(account: AccountRegion, request: BillingChangePreToPostBlbRequest) -> OrderResponse:
    """Have a prepaid load balancer paid by use when its term is over, with no other order until then, or at once."""
    balancer = account.get(LoadBalancer, request.blb_id)
    by_capacity = request.billing_method == BY_CAPACITY
    level = request.performance_level or (UNLIMITED if by_capacity else _own_level(balancer))
    check_level(level, prepaid=False, by_capacity=by_capacity)
    _check_order(account, balancer, "Prepaid")
    begin_change(account, balancer)
    balancer.postpaid_from_expiry, balancer.level_from_expiry = request.billing_method, level
    if request.effective_immediately:
        become_postpaid(account, balancer)
    return {"orderId": new_order(account)}


@operation("POST /v1/blb/{blbId}/charge?action=CANCEL_TO_POSTPAY", errors=ORDERS)
def billing_change_cancel_to_post_blb(account: AccountRegion, request: BlbRef) -> None:
    """Take back the order to have a load balancer paid by use when its term is over."""
    balancer = account.get(LoadBalancer, request.blb_id)
    if not balancer.postpaid_from_expiry:
        raise OperationDenied(f"{balancer.id} is not to be paid by use")
    begin_change(account, balancer)
    balancer.postpaid_from_expiry, balancer.level_from_expiry = "", ""


@operation("PUT /v1/blb/autoRenew/{blbId}", errors=ORDERS, basis="client")
def start_load_balancer_auto_renew(account: AccountRegion, request: StartLoadBalancerAutoRenewRequest) -> None:
    """Have a prepaid load balancer renew itself."""
    balancer = account.get(LoadBalancer, request.blb_id)
    months = renewal_months(request.auto_renew_length, request.auto_renew_time_unit)
    _check_order(account, balancer, "Prepaid")
    begin_change(account, balancer)
    balancer.auto_renew_months = months


@operation("PUT /v1/blb/refund/{blbId}", errors=[InstanceNotFound, LastOperationNotFinished, OperationDenied])
def refund_blb(account: AccountRegion, request: BlbRef) -> None:
    """Give a prepaid load balancer back before its term is over."""
    balancer = account.get(LoadBalancer, request.blb_id)
    account.check(balancer, "release")
    if balancer.payment != "Prepaid" or not balancer.allow_delete:
        raise OperationDenied(f"{balancer.id} is protected, or paid by use")
    account.change(balancer, "release")


def _own_level(balancer: LoadBalancer) -> str:
    return SHARED if balancer.performance_level == UNLIMITED else balancer.performance_level


def _check_order(account: AccountRegion, balancer: LoadBalancer, payment: str) -> None:
    """Refuse an order for a load balancer that is paid for otherwise, or that another order is to change."""
    check_change(account, balancer)
    if balancer.payment != payment:
        raise OperationDenied(f"{balancer.id} is {balancer.payment}")
    if balancer.postpaid_from_expiry:
        raise OperationDenied(f"{balancer.id} is to be paid by use")
