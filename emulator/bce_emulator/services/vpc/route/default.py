"""The route table that every VPC has."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_added
from bce_emulator.services.vpc.route.resource import RouteTable
from bce_emulator.services.vpc.vpc.resource import Vpc

NAME = "default"


@when_added(Vpc)
def make_route_table(account: AccountRegion, vpc: Vpc) -> None:
    """A VPC has a route table from the start."""
    account.add(RouteTable(id=account.new_id(RouteTable), name=NAME, vpc_id=vpc.id))
