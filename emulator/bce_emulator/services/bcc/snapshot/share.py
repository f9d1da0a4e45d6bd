"""Share snapshots with other accounts, and list the shares given and received."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare
from bce_emulator.services.bcc.snapshot.shares import give, source_of, take_back

DOC = "https://cloud.baidu.com/doc/BCC/s/gmcmrh2ic"
MAX_ACCOUNTS = 100
PAGE = 10


class CreateSnapshotShareRequest(Model):
    """Which snapshot to share, and with which accounts; an empty list ends all sharing."""

    client_token: ClientToken = ""
    snapshot_id: str
    account_ids: tuple[str, ...] = ()


class CancelSnapshotShareRequest(Model):
    """Which snapshot to stop sharing, with which accounts; an empty list means all. The receiver names the share."""

    client_token: ClientToken = ""
    source_snapshot_id: str = ""
    account_ids: tuple[str, ...] = ()
    share_snapshot_id: str = ""


class ListSnapshotShareRequest(Model):
    """Which page of the shares."""

    marker: str = ""
    max_keys: int = PAGE


class SnapshotShareView(TypedDict):
    """A snapshot that is shared, and by whom with whom."""

    sourceSnapshotId: str
    sourceSnapshotUuid: str
    snapshotId: str
    sourceAccountId: str
    accountId: str
    snapshotType: str
    name: str
    sizeInGB: int
    shareTime: str
    desc: str
    shareStatus: str
    encryptKey: str
    isSourceDeleted: bool


class CreateSnapshotShareResponse(TypedDict):
    """The snapshot that is shared."""

    snapshotId: str


class CancelSnapshotShareResponse(TypedDict):
    """The snapshot that is no longer shared, and the share if one was named."""

    sourceSnapshotId: str
    shareSnapshotId: str


class ListSnapshotShareResponse(Page):
    """One page of the shares."""

    result: list[SnapshotShareView]


@operation("POST /v2/snapshot/share", errors=[NoSuchObject, OperationDenied], doc=DOC, looks_at_others=True)
def create_snapshot_share(account: AccountRegion, request: CreateSnapshotShareRequest) -> CreateSnapshotShareResponse:
    """Share a snapshot with these accounts and no others; for one that was received this has no effect."""
    if account.find(SnapshotShare, request.snapshot_id) is not None:
        return {"snapshotId": request.snapshot_id}
    if account.name in request.account_ids:
        raise BadRequest("a snapshot is not shared with the account that has it")
    if len(request.account_ids) > MAX_ACCOUNTS:
        raise BadRequest(f"a snapshot is shared with at most {MAX_ACCOUNTS} accounts")
    snapshot = _shareable(account, request.snapshot_id)
    account.check(snapshot, "share")
    wanted = dict.fromkeys(request.account_ids)
    for share in account.where(SnapshotShare, "source_id", snapshot.id):
        if share.account_id in wanted:
            del wanted[share.account_id]
        else:
            take_back(account, share)
    for account_id in wanted:
        give(account, snapshot, account_id)
    return {"snapshotId": snapshot.id}


@operation("POST /v2/snapshot/unShare", errors=[NoSuchObject], basis="client", looks_at_others=True)
def cancel_snapshot_share(account: AccountRegion, request: CancelSnapshotShareRequest) -> CancelSnapshotShareResponse:
    """Stop sharing a snapshot, or give back one that was received."""
    if request.share_snapshot_id and not request.source_snapshot_id:
        received = account.get(SnapshotShare, request.share_snapshot_id)
        take_back(account, received)
        return {"sourceSnapshotId": received.source_id, "shareSnapshotId": received.id}
    snapshot = _shareable(account, request.source_snapshot_id)
    for share in account.where(SnapshotShare, "source_id", snapshot.id):
        if not request.account_ids or share.account_id in request.account_ids:
            take_back(account, share)
    return {"sourceSnapshotId": snapshot.id, "shareSnapshotId": request.share_snapshot_id}


@operation("POST /v2/snapshot/snapshotShare/list", basis="client", looks_at_others=True)
def list_snapshot_share(account: AccountRegion, request: ListSnapshotShareRequest) -> ListSnapshotShareResponse:
    """List what is shared by or with the account, newest first."""
    return page(
        ListSnapshotShareResponse,
        account,
        SnapshotShare,
        "result",
        lambda share: _show(account, share),
        request.marker,
        request.max_keys or PAGE,
    )


def _shareable(account: AccountRegion, snapshot_id: str) -> Snapshot:
    snapshot = account.get(Snapshot, snapshot_id)
    if snapshot.is_system or snapshot.encrypt_key:
        raise BadRequest("the snapshot of a system disk or of an encrypted volume is not shared")
    return snapshot


def _show(account: AccountRegion, share: SnapshotShare) -> SnapshotShareView:
    snapshot = source_of(account, share)
    return {
        "sourceSnapshotId": share.source_id,
        "sourceSnapshotUuid": "",
        "snapshotId": share.id,
        "sourceAccountId": share.source_account,
        "accountId": share.account_id,
        "snapshotType": "auto" if snapshot and snapshot.is_automatic else "manual",
        "name": snapshot.name if snapshot else "",
        "sizeInGB": snapshot.size_gb if snapshot else 0,
        "shareTime": iso(share.created),
        "desc": snapshot.desc if snapshot else "",
        "shareStatus": "sharing",
        "encryptKey": "",
        "isSourceDeleted": snapshot is None,
    }
