"""Show deploy sets of servers, and how many servers of a flavor can still be put into some."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bbc.deployset.members import left_in, servers_by_zone
from bce_emulator.services.bbc.deployset.resource import SERVERS, ServerDeploySet
from bce_emulator.services.bbc.offerings import flavor_ordered
from bce_emulator.services.bbc.settings import stock
from bce_emulator.services.shared.regions import zones

MAX_AT_ONCE = 100


class ListDeploySetsRequest(Model):
    """Of which strategy, however its case."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    strategy: str = ""


class GetDeploySetRequest(Model):
    """Which deploy set to show."""

    deploy_set_id: str


class GetBbcStockWithDeploySetRequest(Model):
    """Which flavor, and in which deploy sets the servers would be."""

    flavor: str = ""
    deploy_set_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()


class ZoneServersView(TypedDict):
    """How many servers of a deploy set are in a zone, and how many can be."""

    zoneName: str
    instanceCount: int
    bbcInstanceCnt: int
    bccInstanceCnt: int
    instanceTotal: int


class ZoneServersInFullView(ZoneServersView):
    """The same, and which they are."""

    instanceIds: list[str]
    bccInstanceIds: list[str]
    bbcInstanceIds: list[str]


class ServerDeploySetView(TypedDict):
    """What every view of a deploy set has."""

    name: str
    desc: str
    strategy: str
    concurrency: int


class ListedServerDeploySetView(ServerDeploySetView):
    """A deploy set among others, where its id is spelled another way."""

    deploysetId: str
    azIntstanceStatisList: list[ZoneServersView]


class ListDeploySetsResponse(Page):
    """One page of deploy sets."""

    deploySetList: list[ListedServerDeploySetView]


class GetServerDeploySetResponse(ServerDeploySetView):
    """A deploy set alone."""

    deploySetId: str
    azIntstanceStatisList: list[ZoneServersInFullView]


class ServerStockView(TypedDict):
    """How many servers of a flavor are left in a zone."""

    flavorId: str
    inventoryQuantity: int
    updatedTime: str
    collectionTime: str
    logicalZone: str


class GetBbcStockWithDeploySetResponse(TypedDict):
    """The stock of each zone."""

    bbcStocks: list[ServerStockView]


@operation("GET /v1/deployset", basis="client")
def list_deploy_sets(account: AccountRegion, request: ListDeploySetsRequest) -> ListDeploySetsResponse:
    """List the deploy sets of a strategy, newest first."""
    wanted = request.strategy.upper()
    return page(
        ListDeploySetsResponse,
        account,
        ServerDeploySet,
        "deploySetList",
        lambda deploy_set: _show_listed(account, deploy_set),
        request.marker,
        request.max_keys,
        of=("strategy", wanted) if wanted else None,
    )


@operation("GET /v1/deployset/{deploySetId}", errors=[NoSuchObject], basis="client")
def get_deploy_set(account: AccountRegion, request: GetDeploySetRequest) -> GetServerDeploySetResponse:
    """Show one deploy set with the servers that are in it."""
    deploy_set = account.get(ServerDeploySet, request.deploy_set_id)
    return {
        **_show(deploy_set),
        "deploySetId": deploy_set.id,
        "azIntstanceStatisList": [
            {**_count(account, zone, ids), "instanceIds": ids, "bccInstanceIds": [], "bbcInstanceIds": ids}
            for zone, ids in servers_by_zone(account, deploy_set).items()
        ],
    }


@operation("POST /v1/instance/getStockWithDeploySet", errors=[NoSuchObject], basis="client")
def get_bbc_stock_with_deploy_set(
    account: AccountRegion, request: GetBbcStockWithDeploySetRequest
) -> GetBbcStockWithDeploySetResponse:
    """Show how many servers of a flavor could be made in each zone, in all these deploy sets."""
    deploy_sets = [account.get(ServerDeploySet, each) for each in dict.fromkeys(request.deploy_set_ids)]
    flavor, now = flavor_ordered(request.flavor), iso(account.clock.now())
    return {
        "bbcStocks": [
            {
                "flavorId": flavor.id,
                "inventoryQuantity": min(
                    [stock(account, zone, flavor.id), *(left_in(account, each, zone) for each in deploy_sets)]
                ),
                "updatedTime": now,
                "collectionTime": now,
                "logicalZone": zone,
            }
            for zone in zones(account.region)
        ]
    }


def _show(deploy_set: ServerDeploySet) -> ServerDeploySetView:
    return {
        "name": deploy_set.name,
        "desc": deploy_set.desc,
        "strategy": deploy_set.strategy,
        "concurrency": deploy_set.concurrency,
    }


def _show_listed(account: AccountRegion, deploy_set: ServerDeploySet) -> ListedServerDeploySetView:
    counts = [_count(account, zone, ids) for zone, ids in servers_by_zone(account, deploy_set).items()]
    return {**_show(deploy_set), "deploysetId": deploy_set.id, "azIntstanceStatisList": counts}


def _count(account: AccountRegion, zone: str, ids: list[str]) -> ZoneServersView:
    return {
        "zoneName": zone,
        "instanceCount": len(ids),
        "bbcInstanceCnt": len(ids),
        "bccInstanceCnt": 0,
        "instanceTotal": account.setting(SERVERS),
    }
