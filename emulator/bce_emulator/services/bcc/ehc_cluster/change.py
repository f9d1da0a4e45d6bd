"""Create, rename and delete EHC clusters. Their errors are proposed: no page has a table of them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.shared.standing import require_real_name


class CreateEhcClusterRequest(Model):
    """What the cluster is called, and where it is."""

    client_token: ClientToken = ""
    name: str
    zone_name: str
    description: str = ""


class ModifyEhcClusterRequest(Model):
    """Which cluster gets another name, another description, or both; what is empty stays."""

    client_token: ClientToken = ""
    ehc_cluster_id: str
    name: str = ""
    description: str = ""


class DeleteEhcClusterRequest(Model):
    """Which clusters to delete."""

    client_token: ClientToken = ""
    ehc_cluster_id_list: tuple[str, ...]


class CreateEhcClusterResponse(TypedDict):
    """The id of the cluster."""

    ehcClusterId: str


@operation("POST /v2/instance/ehc/cluster/create", errors=[QualifyNotPass], basis="client")
def create_ehc_cluster(account: AccountRegion, request: CreateEhcClusterRequest) -> CreateEhcClusterResponse:
    """Create an EHC cluster in a zone."""
    require_real_name(account)
    _check_name(request.name)
    if request.zone_name not in zones(account.region):
        raise BadRequest(not_offered("zoneName", request.zone_name, zones(account.region)))
    cluster = EhcCluster(
        id=account.new_id(EhcCluster), name=request.name, desc=request.description, zone=request.zone_name
    )
    return {"ehcClusterId": account.add(cluster).id}


@operation("POST /v2/instance/ehc/cluster/modify", errors=[NoSuchObject], basis="client")
def modify_ehc_cluster(account: AccountRegion, request: ModifyEhcClusterRequest) -> None:
    """Rename an EHC cluster or describe it anew."""
    cluster = account.get(EhcCluster, request.ehc_cluster_id)
    if not request.name and not request.description:
        raise BadRequest("one of name and description is needed")
    if request.name:
        _check_name(request.name)
    cluster.name = request.name or cluster.name
    cluster.desc = request.description or cluster.desc


@operation("POST /v2/instance/ehc/cluster/delete", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_ehc_cluster(account: AccountRegion, request: DeleteEhcClusterRequest) -> None:
    """Delete EHC clusters that nothing is in, all or none; a default one stays."""
    clusters = [account.get(EhcCluster, each) for each in dict.fromkeys(request.ehc_cluster_id_list)]
    if not clusters:
        raise BadRequest("ehcClusterIdList is empty")
    for cluster in clusters:
        if cluster.is_default:
            raise OperationDenied(f"{cluster.id} is the default cluster of {cluster.zone}")
        if dependents := account.dependents(cluster):
            raise OperationDenied(f"in {cluster.id} there are {named(dependents)}")
    for cluster in clusters:
        account.remove(cluster)


def _check_name(name: str) -> None:
    if not is_name(name):
        raise BadRequest(f"name is {NAME_RULE}")
