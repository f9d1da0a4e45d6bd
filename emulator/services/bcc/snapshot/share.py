"""Share snapshots with other accounts, as the one who shares sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.accounts import Account
from emulator.engine.clock import iso
from emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from emulator.engine.http import Json
from emulator.engine.models import ClientToken, Model
from emulator.engine.operations import operation
from emulator.engine.pages import page
from emulator.engine.resources import Resource
from emulator.services.bcc.snapshot.resource import Snapshot

DOC = "https://cloud.baidu.com/doc/BCC/s/gmcmrh2ic"
INDEX = "https://cloud.baidu.com/doc/BCC/index.html"
MOST_ACCOUNTS = 100
PAGE = 10


@dataclass(slots=True, kw_only=True, eq=False)
class SnapshotShare(Resource):
    """A snapshot that another account may use."""

    prefix: ClassVar[str] = "s"

    source_id: str
    account_id: str


class CreateSnapshotShareRequest(Model):
    """Which snapshot to share, and with whom; nobody cancels sharing."""

    client_token: ClientToken = ""
    snapshot_id: str
    account_ids: tuple[str, ...] = ()


class CancelSnapshotShareRequest(Model):
    """Which snapshot no longer to share, and with whom; nobody means all."""

    client_token: ClientToken = ""
    source_snapshot_id: str
    account_ids: tuple[str, ...] = ()
    share_snapshot_id: str = ""


class ListSnapshotShareRequest(Model):
    """Which page of the shares."""

    marker: str = ""
    max_keys: int = PAGE


@operation("POST /v2/snapshot/share", errors=[NoSuchObject, OperationDenied], doc=DOC)
def create_snapshot_share(account: Account, request: CreateSnapshotShareRequest) -> Json:
    """Share a snapshot with these accounts and no others."""
    if len(request.account_ids) > MOST_ACCOUNTS:
        raise BadRequest(f"a snapshot is shared with at most {MOST_ACCOUNTS} accounts")
    snapshot = _shareable(account, request.snapshot_id)
    account.check(snapshot, "share")
    wanted = dict.fromkeys(request.account_ids)
    for share in account.where(SnapshotShare, "source_id", snapshot.id):
        if share.account_id in wanted:
            del wanted[share.account_id]
        else:
            account.remove(share)
    for account_id in wanted:
        account.add(SnapshotShare(id=account.new_id(SnapshotShare), source_id=snapshot.id, account_id=account_id))
    return {"snapshotId": snapshot.id}


@operation("POST /v2/snapshot/unShare", errors=[NoSuchObject], doc=INDEX, basis="client")
def cancel_snapshot_share(account: Account, request: CancelSnapshotShareRequest) -> Json:
    """No longer share a snapshot."""
    snapshot = _shareable(account, request.source_snapshot_id)
    for share in account.where(SnapshotShare, "source_id", snapshot.id):
        if not request.account_ids or share.account_id in request.account_ids:
            account.remove(share)
    return {"sourceSnapshotId": snapshot.id, "shareSnapshotId": request.share_snapshot_id}


@operation("POST /v2/snapshot/snapshotShare/list", doc=INDEX, basis="client")
def list_snapshot_share(account: Account, request: ListSnapshotShareRequest) -> Json:
    """List what is shared with whom, newest first."""
    return page(
        account,
        SnapshotShare,
        "result",
        lambda share: _show(account, share),
        request.marker,
        request.max_keys,
    )


def _shareable(account: Account, snapshot_id: str) -> Snapshot:
    snapshot = account.get(Snapshot, snapshot_id)
    if snapshot.is_system or snapshot.encrypt_key:
        raise BadRequest("the snapshot of a system disk or of an encrypted volume is not shared")
    return snapshot


def _show(account: Account, share: SnapshotShare) -> Json:
    snapshot = account.get(Snapshot, share.source_id)
    return {
        "sourceSnapshotId": snapshot.id,
        "sourceSnapshotUuid": "",
        "snapshotId": share.id,
        "sourceAccountId": account.name,
        "accountId": share.account_id,
        "snapshotType": "auto" if snapshot.is_automatic else "manual",
        "name": snapshot.name,
        "sizeInGB": snapshot.size_gb,
        "shareTime": iso(share.created),
        "desc": snapshot.desc,
        "shareStatus": "sharing",
        "encryptKey": "",
        "isSourceDeleted": False,
    }
