"""Show the chains of snapshots, and tag them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.bcc.tag.related import bind_tags, unbind_tags
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.tags import TagModel


class ListSnapchainRequest(Model):
    """Which page of the chains, in which order; pages are counted from 1."""

    order_by: Literal["chainId", "chainSize", "volumeSize"] = "chainId"
    order: Literal["asc", "desc"] = "asc"
    page_size: Annotated[int, Field(ge=1, le=1000)] = 1000
    page_no: Annotated[int, Field(ge=1)] = 1
    volume_id: str = ""


class BindTagSnapchainRequest(Model):
    """Which chain, which tags, and whether its snapshots go along."""

    client_token: ClientToken = ""
    chain_id: str
    change_tags: tuple[TagModel, ...]
    relation_tag: bool = False


class UnbindTagSnapchainRequest(BindTagSnapchainRequest):
    """Which chain, and which tags to take from it."""


class SnapchainView(TypedDict):
    """A chain and how much is in it; its size is text, as the Go client reads it."""

    chainId: str
    status: str
    chainSize: str
    instanceId: str
    userId: str
    volumeId: str
    volumeSize: int
    manualSnapCount: int
    autoSnapCount: int
    createTime: str


class ListSnapchainResponse(TypedDict):
    """One page of the chains, and how many there are in all; clients spell the end of it in two ways."""

    orderBy: str
    totalCount: int
    pageSize: int
    pageNo: int
    isTruncated: bool
    truncated: bool
    volumeId: str
    snapchains: list[SnapchainView]


@operation("GET /v2/snapshot/chain", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/1kckej0zw-en")
def list_snapchain(account: AccountRegion, request: ListSnapchainRequest) -> ListSnapchainResponse:
    """List the chains of snapshots, one for each volume that has any; a volume without has an empty list."""
    chains = list(account.all(SnapshotChain))
    if request.volume_id:
        chains = [chain for chain in chains if request.volume_id in _names(chain)]
        if not chains and not (account.find(Volume, request.volume_id) or account.find(Instance, request.volume_id)):
            raise NoSuchObject("no volume and no instance has this id")
    orders = {
        "chainId": lambda chain: chain.id,
        "chainSize": lambda chain: (_size_gb(account, chain), chain.id),
        "volumeSize": lambda chain: (_volume_gb(account, chain), chain.id),
    }
    chains.sort(key=orders[request.order_by], reverse=request.order == "desc")
    start = (request.page_no - 1) * request.page_size
    end = start + request.page_size
    return {
        "orderBy": request.order_by,
        "totalCount": len(chains),
        "pageSize": request.page_size,
        "pageNo": request.page_no,
        "isTruncated": end < len(chains),
        "truncated": end < len(chains),
        "volumeId": request.volume_id,
        "snapchains": [_show(account, chain) for chain in chains[start:end]],
    }


def _names(chain: SnapshotChain) -> tuple[str, ...]:
    return (chain.volume_id, chain.instance_id) if chain.is_system else (chain.volume_id,)


def _instance_of(account: AccountRegion, chain: SnapshotChain) -> str:
    """Whose volume the chain is of: a data volume may have changed its instance since, or have none."""
    volume = account.find(Volume, chain.volume_id)
    return chain.instance_id if chain.is_system else volume.instance_id if volume else ""


def _volume_gb(account: AccountRegion, chain: SnapshotChain) -> int:
    """How large the volume is; of one that is gone, how large it was at its last snapshot."""
    volume = account.find(Volume, chain.volume_id)
    sizes = [snapshot.size_gb for snapshot in account.where(Snapshot, "volume_id", chain.volume_id)]
    return volume.size_gb if volume else max((chain.volume_gb, *sizes))


def _size_gb(account: AccountRegion, chain: SnapshotChain) -> int:
    return sum(snapshot.size_gb for snapshot in account.where(Snapshot, "volume_id", chain.volume_id))


def _show(account: AccountRegion, chain: SnapshotChain) -> SnapchainView:
    """A chain by the API's member names; the size is a string, as the Go client reads it."""
    snapshots = account.where(Snapshot, "volume_id", chain.volume_id)
    automatic = sum(snapshot.is_automatic for snapshot in snapshots)
    return {
        "chainId": chain.id,
        "status": chain.status,
        "chainSize": str(_size_gb(account, chain)),
        "instanceId": _instance_of(account, chain),
        "userId": account.name,
        "volumeId": chain.volume_id,
        "volumeSize": _volume_gb(account, chain),
        "manualSnapCount": len(snapshots) - automatic,
        "autoSnapCount": automatic,
        "createTime": iso(chain.created),
    }


@operation("PUT /v2/snapshot/chain/{chainId}/tag?bind", errors=[NoSuchObject], basis="client")
def bind_tag_snapchain(account: AccountRegion, request: BindTagSnapchainRequest) -> None:
    """Give a chain tags."""
    chain = account.get(SnapshotChain, request.chain_id)
    bind_tags(account, chain, request.change_tags, related=request.relation_tag)


@operation("PUT /v2/snapshot/chain/{chainId}/tag?unbind", errors=[NoSuchObject], basis="client")
def unbind_tag_snapchain(account: AccountRegion, request: UnbindTagSnapchainRequest) -> None:
    """Take tags from a chain."""
    chain = account.get(SnapshotChain, request.chain_id)
    unbind_tags(account, chain, request.change_tags, related=request.relation_tag)
