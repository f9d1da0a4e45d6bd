"""Show one of the deploy sets, and list all."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.deployset.errors import EmptyDeploySetId, InvalidDeploySetId
from bce_emulator.services.bcc.deployset.resource import INSTANCES_SHOWN, DeploySet
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.names import dashed

PAGE = 1_000


class ListDeploySetRequest(Model):
    """Which deploy sets to list; all if none is named."""

    deployment_set_ids: tuple[str, ...] = ()


class GetDeploySetRequest(Model):
    """Which deploy set to show."""

    id: str


class ZoneCountView(TypedDict):
    """How many instances of a deploy set are in a zone."""

    zoneName: str
    instanceCount: int
    bccInstanceCnt: int
    bbcInstanceCnt: int
    instanceTotal: int


class ZoneDetailView(ZoneCountView):
    """The same, and which they are."""

    instanceIds: list[str]
    bccInstanceIds: list[str]
    bbcInstanceIds: list[str]


class DeploySetView(TypedDict):
    """What every view of a deploy set has."""

    name: str
    desc: str
    strategy: str
    concurrency: int


class ListedDeploySetView(DeploySetView):
    """A deploy set among others."""

    deploysetId: str
    instanceCount: str
    azIntstanceStatisList: list[ZoneCountView]


class ListDeploySetResponse(TypedDict):
    """The only page of deploy sets."""

    deploySets: list[ListedDeploySetView]
    pageNo: int
    pageSize: int
    totalCount: int


class GetDeploySetResponse(DeploySetView):
    """A deploy set alone."""

    shortId: str
    uuid: str
    instanceTotal: int
    instanceCount: int
    bccInstanceCnt: int
    bbcInstanceCnt: int
    azIntstanceStatisList: list[ZoneDetailView]


@operation("GET /v2/instance/deployset/list", doc="https://cloud.baidu.com/doc/BCC/s/Vlfw0fpo6")
def list_deploy_set(account: AccountRegion, request: ListDeploySetRequest) -> ListDeploySetResponse:
    """List all deploy sets, newest first, on one page."""
    wanted = request.deployment_set_ids
    rendered: list[ListedDeploySetView] = [
        {
            **_show(deploy_set),
            "deploysetId": deploy_set.id,
            "instanceCount": str(len(account.where(Instance, "deploy_set_ids", deploy_set.id))),
            "azIntstanceStatisList": [
                _count(account, zone, ids) for zone, ids in _by_zone(account, deploy_set).items()
            ],
        }
        for deploy_set in account.collection(DeploySet).newest_first()
        if not wanted or deploy_set.id in wanted
    ]
    return {"deploySets": rendered, "pageNo": 1, "pageSize": max(PAGE, len(rendered)), "totalCount": len(rendered)}


@operation(
    "GET /v2/deployset/{id}",
    errors=[InvalidDeploySetId],
    empty_id=EmptyDeploySetId,
    doc="https://cloud.baidu.com/doc/BCC/s/Vlfw0fpo6",
)
def get_deploy_set(account: AccountRegion, request: GetDeploySetRequest) -> GetDeploySetResponse:
    """Show one deploy set with the instances that are in it, without a member around it."""
    deploy_set = account.get(DeploySet, request.id, InvalidDeploySetId)
    count = len(account.where(Instance, "deploy_set_ids", deploy_set.id))
    return {
        **_show(deploy_set),
        "shortId": deploy_set.id,
        "uuid": dashed(id_text("hex32", deploy_set.id)),
        "instanceTotal": account.setting(INSTANCES_SHOWN),
        "instanceCount": count,
        "bccInstanceCnt": count,
        "bbcInstanceCnt": 0,
        "azIntstanceStatisList": [
            {**_count(account, zone, ids), "instanceIds": ids, "bccInstanceIds": ids, "bbcInstanceIds": []}
            for zone, ids in _by_zone(account, deploy_set).items()
        ],
    }


def _show(deploy_set: DeploySet) -> DeploySetView:
    return {
        "name": deploy_set.name,
        "desc": deploy_set.desc,
        "strategy": deploy_set.strategy,
        "concurrency": deploy_set.concurrency,
    }


def _by_zone(account: AccountRegion, deploy_set: DeploySet) -> dict[str, list[str]]:
    """The ids of the instances of a deploy set, by their zone."""
    by_zone: dict[str, list[str]] = {}
    for instance in account.where(Instance, "deploy_set_ids", deploy_set.id):
        by_zone.setdefault(instance.zone, []).append(instance.id)
    return dict(sorted(by_zone.items()))


def _count(account: AccountRegion, zone: str, ids: list[str]) -> ZoneCountView:
    return {
        "zoneName": zone,
        "instanceCount": len(ids),
        "bccInstanceCnt": len(ids),
        "bbcInstanceCnt": 0,
        "instanceTotal": account.setting(INSTANCES_SHOWN),
    }
