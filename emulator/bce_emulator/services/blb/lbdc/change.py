"""Order dedicated clusters, more of them and more time, and change what they are called."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.balancer.rules import MAX_SHORT_DESCRIPTION, check_description, check_given_name
from bce_emulator.services.blb.errors import RealNameAuthenticationRequired, ServiceBlocked
from bce_emulator.services.blb.lbdc.resource import PREFIXES, Lbdc
from bce_emulator.services.shared.billing import Reservation, months_of
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry, prolong

DOC = "https://cloud.baidu.com/doc/BLB/s/6kszzygx4"
Ccus = Annotated[int, Field(ge=1)]


class LbdcTerm(Model):
    """For how long a dedicated cluster is paid ahead."""

    reservation: Reservation = Reservation()


class LbdcBilling(LbdcTerm):
    """The same; it is paid in no other way."""

    payment_timing: Literal["Prepaid"] = "Prepaid"
    billing_method: str = ""


class CreateLbdcRequest(Model):
    """What the cluster is, how large, and for how long it is paid; and by how much it renews itself, if it does."""

    client_token: ClientToken = ""
    name: str
    type: Literal["4Layer", "7Layer"]
    ccu_count: Ccus
    desc: str = ""
    billing: LbdcBilling
    renew_reservation: Reservation | None = None
    tags: tuple[TagModel, ...] = ()


class LbdcRef(Model):
    """Which dedicated cluster."""

    client_token: ClientToken = ""
    id: str


class UpdateLbdcRequest(LbdcRef):
    """What the cluster is called and described as from now on."""

    name: str | None = None
    desc: str | None = None


class UpgradeLbdcRequest(LbdcRef):
    """How large the cluster is from now on."""

    ccu_count: Ccus


class RenewLbdcRequest(LbdcRef):
    """For how much longer the cluster is paid."""

    billing: LbdcTerm


class CreateLbdcResponse(TypedDict):
    """The cluster that was made."""

    id: str
    name: str
    type: str
    desc: str


@operation("POST /v1/lbdc", errors=[RealNameAuthenticationRequired], doc=DOC)
def create_lbdc(account: AccountRegion, request: CreateLbdcRequest) -> CreateLbdcResponse:
    """Order a dedicated cluster for layer 4 or 7, which is there at once."""
    check_given_name(request.name)
    check_description(request.desc, MAX_SHORT_DESCRIPTION)
    months = months_of(request.billing.reservation)
    renewal = months_of(request.renew_reservation) if request.renew_reservation else 0
    require_real_name(account)
    cluster = account.add(
        Lbdc(
            id=_new_id(account, PREFIXES[request.type]),
            cluster_type=request.type,
            name=request.name,
            desc=request.desc,
            ccu_count=request.ccu_count,
            expires=months_later(account.clock.now(), months),
            auto_renew_months=renewal,
            tags=tags_of(request.tags),
        )
    )
    await_expiry(account, cluster)
    return {"id": cluster.id, "name": cluster.name, "type": cluster.cluster_type, "desc": cluster.desc}


@operation("PUT /v1/lbdc/{id}", errors=[NoSuchObject, ServiceBlocked], doc=DOC)
def update_lbdc(account: AccountRegion, request: UpdateLbdcRequest) -> None:
    """Rename a dedicated cluster, or describe it anew."""
    cluster = account.get(Lbdc, request.id)
    if request.name is None and request.desc is None:
        raise BadRequest("name or desc is needed")
    if request.name is not None:
        check_given_name(request.name)
    check_description(request.desc, MAX_SHORT_DESCRIPTION)
    account.check(cluster, "change")
    cluster.name = cluster.name if request.name is None else request.name
    cluster.desc = cluster.desc if request.desc is None else request.desc


@operation("PUT /v1/lbdc/{id}?resize", errors=[NoSuchObject, ServiceBlocked], doc=DOC)
def upgrade_lbdc(account: AccountRegion, request: UpgradeLbdcRequest) -> None:
    """Make a dedicated cluster larger; none gets smaller."""
    cluster = account.get(Lbdc, request.id)
    if request.ccu_count <= cluster.ccu_count:
        raise BadRequest(f"{cluster.id} has {cluster.ccu_count} CCU, and can only have more")
    account.check(cluster, "change")
    cluster.ccu_count = request.ccu_count


@operation("PUT /v1/lbdc/{id}?purchaseReserved", errors=[NoSuchObject], doc=DOC)
def renew_lbdc(account: AccountRegion, request: RenewLbdcRequest) -> None:
    """Pay for more time of a dedicated cluster; one that has expired comes back."""
    cluster = account.get(Lbdc, request.id)
    prolong(account, cluster, months_of(request.billing.reservation))


def _new_id(account: AccountRegion, prefix: str) -> str:
    while True:
        new_id = f"{prefix}-{account.new_text(prefix, Lbdc.id_letters)}"
        if account.find(Lbdc, new_id) is None:
            return new_id
