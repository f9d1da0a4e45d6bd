"""A policy at work: at its hours it makes snapshots of its volumes."""

from __future__ import annotations

from time import gmtime

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import HOUR, iso
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.snapshot.delete import forget
from bce_emulator.services.bcc.snapshot.make import check_volume, make_snapshot
from bce_emulator.services.bcc.snapshot.resource import AUTOMATIC_QUOTA, Snapshot
from bce_emulator.services.bcc.volume.resource import Volume

HOURS_IN_WEEK = 7 * 24


def plan_next_run(account: AccountRegion, policy: AutoSnapshotPolicy) -> None:
    """Have a policy run at its next hour, or not at all while no volume has it."""
    used = account.where(Volume, "policy_id", policy.id)
    account.schedule(policy, "run", next_run(policy, account.clock.now()) if used else None)


def next_run(policy: AutoSnapshotPolicy, now: float) -> float:
    """The first full hour after this moment that the policy names; hours and days are UTC, day 0 is Sunday."""
    first = (now // HOUR + 1) * HOUR
    hours = (first + index * HOUR for index in range(HOURS_IN_WEEK))
    return next(moment for moment in hours if _names(policy, moment))


def _names(policy: AutoSnapshotPolicy, moment: float) -> bool:
    time = gmtime(moment)
    return time.tm_hour in policy.time_points and (time.tm_wday + 1) % 7 in policy.repeat_weekdays


@on_timer(AutoSnapshotPolicy, "run")
def run(account: AccountRegion, policy: AutoSnapshotPolicy) -> None:
    """Make a snapshot of each volume that allows one."""
    for volume in account.where(Volume, "policy_id", policy.id):
        try:
            check_volume(account, volume)
        except ApiError:
            continue
        if _makes_room(account, volume):
            name = f"auto-{iso(account.clock.now())[:13]}"
            make_snapshot(account, volume, name, policy.retention_days, automatic=True)
    policy.last_run = account.clock.now()
    plan_next_run(account, policy)


def _makes_room(account: AccountRegion, volume: Volume) -> bool:
    """Whether there is room for one more automatic snapshot, the oldest ones having made way."""
    most = account.setting(AUTOMATIC_QUOTA)
    automatic = [each for each in account.where(Snapshot, "volume_id", volume.id) if each.is_automatic]
    for oldest in automatic[: max(0, len(automatic) - most + 1)]:
        forget(account, oldest)
    return bool(most)
