"""Buy protection packages, renew them, and have them protect more EIPs."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.eip.payment import check_name, spelled
from bce_emulator.services.eip.tbsp.resource import Tbsp
from bce_emulator.services.eip.tbsp.term import RENEWALS, TERMS, prolong, term_of
from bce_emulator.services.shared.billing import renewal_months
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.standing import require_real_name

LINES = ("BGP", "BGP_S")
CAPACITIES = (1, 5, 30, 100)


class CreateTbspRequest(Model):
    """How many EIPs of which line to protect, and for how long."""

    client_token: ClientToken = ""
    name: str
    line_type: str
    ip_capacity: int
    reservation_length: int
    reservation_time_unit: str
    auto_renew_time: int = 0
    auto_renew_time_unit: str = "MONTH"


class RenewTbspRequest(Model):
    """Which package to renew, and for how long."""

    client_token: ClientToken = ""
    id: str
    renew_time: int
    renew_time_unit: str


class ResizeTbspRequest(Model):
    """How many EIPs which package can protect from now on."""

    client_token: ClientToken = ""
    id: str
    ip_capacity: int


class TbspId(TypedDict):
    """Which package."""

    id: str


@operation("POST /v1/tbsp", errors=[QualifyNotPass], basis="client")
def create_tbsp(account: AccountRegion, request: CreateTbspRequest) -> TbspId:
    """Buy a protection package."""
    if not request.name:
        raise BadRequest("name is empty")
    check_name(request.name)
    line = spelled(request.line_type, LINES, "lineType")
    _check_capacity(request.ip_capacity)
    term = term_of(request.reservation_length, request.reservation_time_unit, TERMS, "reservation")
    renewal = renewal_months(request.auto_renew_time, request.auto_renew_time_unit) if request.auto_renew_time else 0
    require_real_name(account)
    tbsp = account.add(
        Tbsp(
            id=account.new_id(Tbsp),
            name=request.name,
            line=line,
            capacity=request.ip_capacity,
            expires=term.after(account.clock.now()),
            auto_renew_months=renewal,
        )
    )
    account.schedule(tbsp, "expire", tbsp.expires)
    return {"id": tbsp.id}


@operation("PUT /v1/tbsp/{id}?purchaseReserved", errors=[NoSuchObject], basis="client")
def renew_tbsp(account: AccountRegion, request: RenewTbspRequest) -> None:
    """Renew a protection package; one that has expired runs again."""
    term = term_of(request.renew_time, request.renew_time_unit, RENEWALS, "renew")
    tbsp = account.get(Tbsp, request.id)
    prolong(account, tbsp, term.after(max(account.clock.now(), tbsp.expires)))


@operation("PUT /v1/tbsp/{id}?resize", errors=[NoSuchObject, OperationDenied], basis="client")
def resize_tbsp(account: AccountRegion, request: ResizeTbspRequest) -> None:
    """Have a protection package protect more EIPs."""
    _check_capacity(request.ip_capacity)
    tbsp = account.get(Tbsp, request.id)
    account.check(tbsp, "change")
    if request.ip_capacity <= tbsp.capacity:
        raise OperationDenied(f"{tbsp.id} protects {tbsp.capacity} already, and that only grows")
    tbsp.capacity = request.ip_capacity


def _check_capacity(capacity: int) -> None:
    if capacity not in CAPACITIES:
        raise BadRequest(not_offered("ipCapacity", capacity, CAPACITIES))
