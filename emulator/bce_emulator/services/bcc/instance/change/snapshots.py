"""What becomes of the snapshots of a system disk when the disk is written anew or goes."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.delete import forget
from bce_emulator.services.bcc.snapshot.resource import Snapshot


@when_done(Instance, "rebuild")
@when_gone(Instance)
def forget_system_snapshots(account: AccountRegion, instance: Instance) -> None:
    """They go with what was on the disk; images made of them stay."""
    for snapshot in account.where(Snapshot, "instance_id", instance.id):
        if snapshot.is_system:
            forget(account, snapshot)
