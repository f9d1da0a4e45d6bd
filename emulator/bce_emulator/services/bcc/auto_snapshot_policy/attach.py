"""Give volumes a policy, and take it from them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.auto_snapshot_policy.errors import MissingParameter, PolicyVolumeTypeInvalid
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.auto_snapshot_policy.run import plan_next_run
from bce_emulator.services.bcc.volume.errors import PolicyVolumeStatusInvalid
from bce_emulator.services.bcc.volume.resource import EPHEMERAL, Volume


class AttachAspRequest(Model):
    """Which policy, which volumes, and whether their automatic snapshots go with them."""

    asp_id: str
    volume_ids: tuple[str, ...] = ()
    delete_auto_snapshot: bool | None = None


class DetachAspRequest(Model):
    """Which policy, and which volumes."""

    asp_id: str
    volume_ids: tuple[str, ...] = ()


@operation(
    "PUT /v2/asp/{aspId}?attach",
    errors=[NoSuchObject, MissingParameter, PolicyVolumeTypeInvalid, PolicyVolumeStatusInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/8jwvynykl",
)
def attach_asp(account: AccountRegion, request: AttachAspRequest) -> None:
    """Give volumes in use a policy, in place of the one they had."""
    policy = account.get(AutoSnapshotPolicy, request.asp_id)
    volumes = _volumes(account, request.volume_ids)
    for volume in volumes:
        if volume.type == EPHEMERAL:
            raise PolicyVolumeTypeInvalid
        account.check(volume, "take_policy")
    for volume in volumes:
        volume.policy_id = policy.id
        if request.delete_auto_snapshot is not None:
            volume.delete_auto_snapshot = request.delete_auto_snapshot
    plan_next_run(account, policy)


@operation(
    "PUT /v2/asp/{aspId}?detach",
    errors=[NoSuchObject, MissingParameter],
    doc="https://cloud.baidu.com/doc/BCC/s/Hjwvynzzq",
)
def detach_asp(account: AccountRegion, request: DetachAspRequest) -> None:
    """Take a policy from volumes; what does not have it stays as it is."""
    policy = account.get(AutoSnapshotPolicy, request.asp_id)
    for volume in _volumes(account, request.volume_ids):
        if volume.policy_id == policy.id:
            volume.policy_id = ""
    plan_next_run(account, policy)


def _volumes(account: AccountRegion, volume_ids: tuple[str, ...]) -> list[Volume]:
    if not volume_ids:
        raise MissingParameter
    return [account.get(Volume, volume_id) for volume_id in volume_ids]
