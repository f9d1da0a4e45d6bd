"""The protection status of an EIP: normal, being cleaned, or black-holed."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.eip.ddos.resource import Attack
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.unban.resource import Ban

NORMAL, FLUSH, BLACKHOLE = "normal", "flush", "blackhole"


def protection_status(account: AccountRegion, eip: Eip) -> str:
    """The status now: a ban counts before an attack."""
    now = account.clock.now()
    if any(now < ban.ends for ban in account.where(Ban, "eip_id", eip.id)):
        return BLACKHOLE
    return FLUSH if attacks_under_way(account, eip) else NORMAL


def attacks_under_way(account: AccountRegion, eip: Eip) -> list[Attack]:
    """The attacks on an EIP that have not ended, oldest first."""
    now = account.clock.now()
    return [attack for attack in account.where(Attack, "eip_id", eip.id) if attack.is_under_way(now)]
