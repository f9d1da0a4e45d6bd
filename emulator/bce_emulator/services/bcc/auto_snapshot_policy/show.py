"""How an automatic snapshot policy is shown."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.volume.resource import Volume


class PolicyView(TypedDict):
    """An automatic snapshot policy, alone or with a volume that has it."""

    id: str
    autoSnapshotPolicyId: str
    name: str
    status: str
    timePoints: list[int]
    repeatWeekdays: list[int]
    retentionDays: int
    createdTime: str
    updatedTime: str
    deletedTime: str
    lastExecuteTime: str
    volumeCount: int


def show_policy(account: AccountRegion, policy: AutoSnapshotPolicy) -> PolicyView:
    """A policy by the API's member names; the days are a number, as the Go client reads them."""
    return {
        "id": policy.id,
        "autoSnapshotPolicyId": policy.id,
        "name": policy.name,
        "status": policy.status,
        "timePoints": list(policy.time_points),
        "repeatWeekdays": list(policy.repeat_weekdays),
        "retentionDays": policy.retention_days,
        "createdTime": iso(policy.created),
        "updatedTime": iso(policy.updated),
        "deletedTime": "",
        "lastExecuteTime": iso(policy.last_run) if policy.last_run else "",
        "volumeCount": len(account.where(Volume, "policy_id", policy.id)),
    }
