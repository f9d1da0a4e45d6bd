"""Rename and delete instance snapshots."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bcc.instance_snapshot.errors import (
    ConstraintViolation,
    DeleteIdsEmpty,
    NameEmpty,
    NoSnapshotFits,
    RenameIdsEmpty,
    SnapshotOfAnotherAccount,
    TooManyDeleteIds,
    TooManyRenameIds,
)
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.snapshot.errors import SnapshotNameInvalid
from bce_emulator.services.shared.names import is_name

MAX_AT_ONCE = 100
ASKED_AT_ONCE = 1_000
"""How many accounts are asked in a step whether they have a snapshot."""


class DeleteInstanceSnapshotRequest(Model):
    """Which instance snapshots to delete."""

    delete_insnap_ids: tuple[str, ...] = ()


class RenameInstanceSnapshotRequest(Model):
    """Which instance snapshots to rename; several get a number behind the name."""

    insnap_ids: tuple[str, ...] = ()
    name: str = ""


@operation(
    "POST /v2/snapshot/insnap/delete",
    errors=[DeleteIdsEmpty, TooManyDeleteIds, NoSnapshotFits, SnapshotOfAnotherAccount, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/cmt8na2j4",
)
def delete_instance_snapshot(account: AccountRegion, request: DeleteInstanceSnapshotRequest) -> Steps[None]:
    """Delete instance snapshots with the snapshots in them, all or none."""
    groups = yield from _groups(account, request.delete_insnap_ids, DeleteIdsEmpty, TooManyDeleteIds)
    for group in groups:
        account.check(group, "delete")
    for group in groups:
        account.change(group, "delete")


@operation(
    "POST /v2/snapshot/insnap/rename",
    errors=[
        RenameIdsEmpty,
        TooManyRenameIds,
        NameEmpty,
        NoSnapshotFits,
        SnapshotOfAnotherAccount,
        SnapshotNameInvalid,
        OperationDenied,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/Xmt8nao6c",
)
def rename_instance_snapshot(account: AccountRegion, request: RenameInstanceSnapshotRequest) -> Steps[None]:
    """Rename instance snapshots; the snapshots in them keep their names."""
    groups = yield from _groups(account, request.insnap_ids, RenameIdsEmpty, TooManyRenameIds)
    if not request.name:
        raise NameEmpty
    digits = len(str(len(groups)))
    suffixes = [f"{number:0{digits}}" for number in range(1, len(groups) + 1)] if len(groups) > 1 else [""]
    if not is_name(request.name + suffixes[0]):
        raise SnapshotNameInvalid
    for group in groups:
        account.check(group, "rename")
    for group, suffix in zip(groups, suffixes, strict=True):
        group.name = request.name + suffix


def _groups(
    account: AccountRegion,
    ids: tuple[str, ...],
    none: type[ConstraintViolation],
    too_many: type[ConstraintViolation],
) -> Steps[list[InstanceSnapshot]]:
    if not ids:
        raise none
    if len(ids) > MAX_AT_ONCE:
        raise too_many
    groups = []
    for each in dict.fromkeys(ids):
        group = account.find(InstanceSnapshot, each)
        if group is None:
            is_of_another = yield from _is_of_another(account, each)
            raise SnapshotOfAnotherAccount if is_of_another else NoSnapshotFits
        groups.append(group)
    return groups


def _is_of_another(account: AccountRegion, group_id: str) -> Steps[bool]:
    """Whether an account in memory has it, of which there may be very many."""
    for number, other in enumerate(list(account.account.registry.by_name.values()), 1):
        region = other.regions.get(account.region)
        if region is not None and region.find(InstanceSnapshot, group_id):
            return True
        if number % ASKED_AT_ONCE == 0:
            yield
    return False
