"""Look at NAT gateways: one, or all of a VPC that fit some filters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from bce_emulator.services.vpc.nat.resource import Nat
from bce_emulator.services.vpc.nat.show import NatView, show_nat
from bce_emulator.services.vpc.vpc.resource import Vpc


class ListNatRequest(Model):
    """Whose NAT gateways; filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str
    nat_id: str = ""
    name: str = ""
    ip: str = ""


class GetNatRequest(Model):
    """Which NAT gateway to look at."""

    nat_id: str


class ListNatResponse(Page):
    """One page of the NAT gateways."""

    nats: list[NatView]


@operation("GET /v1/nat", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Tjwvyukbd")
def list_nat(account: AccountRegion, request: ListNatRequest) -> ListNatResponse:
    """List the NAT gateways of a VPC that fit all filters, newest first."""
    of = ("vpc_id", account.get(Vpc, request.vpc_id).id)

    def fits(nat: Nat) -> bool:
        return request.nat_id in {"", nat.id} and request.name in {"", nat.name} and request.ip in {"", *nat.public_ips}

    return page(ListNatResponse, account, Nat, "nats", show_nat, request.marker, request.max_keys, fits, of=of)


@operation("GET /v1/nat/{natId}", errors=[NoSuchNat], doc="https://cloud.baidu.com/doc/VPC/s/wjztaoyde")
def get_nat(account: AccountRegion, request: GetNatRequest) -> NatView:
    """Look at one NAT gateway."""
    return show_nat(account.get(Nat, request.nat_id))
