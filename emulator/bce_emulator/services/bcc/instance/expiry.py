"""The end of what was paid for: a prepaid instance expires, renews itself, or is recycled when nobody renews it."""

from __future__ import annotations

from collections.abc import Iterable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.bcc.instance.lifecycle import EXPIRED, RECYCLED
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.expiry import make_postpaid as make_volume_postpaid
from bce_emulator.services.bcc.volume.expiry import prolong as prolong_volume
from bce_emulator.services.bcc.volume.resource import DATA, Volume
from bce_emulator.services.shared.billing import in_months

RENEWED_AHEAD = 7 * DAY
"""A rule renews so long before the end."""
GRACE = 7 * DAY
"""An expired instance can be renewed for so long; what follows is proposed."""
RETRY = 60.0


def await_expiry(account: AccountRegion, instance: Instance) -> None:
    """Have a prepaid instance expire, or renew itself before; of a postpaid one nothing is awaited."""
    expires = instance.expires
    account.schedule(instance, "recycle", None)
    account.schedule(instance, "expire", expires)
    renews = instance.auto_renew and expires is not None
    account.schedule(instance, "auto_renew", expires - RENEWED_AHEAD if renews and expires is not None else None)


def prolong(account: AccountRegion, instance: Instance, months: int) -> None:
    """Renew an instance and the disks that live with it."""
    account.change(instance, "renew")
    instance.expires = _later(account, instance.expires, months)
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.type != DATA:
            volume.expires = instance.expires
    await_expiry(account, instance)


def prepaid_data_volumes(account: AccountRegion, instance: Instance) -> list[Volume]:
    """The data volumes of an instance that are paid for ahead."""
    volumes = account.where(Volume, "instance_id", instance.id)
    return [volume for volume in volumes if volume.type == DATA and volume.payment == "Prepaid"]


def make_postpaid(account: AccountRegion, instance: Instance, data_volumes: Iterable[Volume]) -> None:
    """Have an instance, the disks that live with it and such data volumes as are named paid for by use."""
    instance.payment, instance.expires = "Postpaid", None
    instance.auto_renew, instance.auto_renew_unit, instance.auto_renew_period = False, "", 0
    instance.then_postpaid, instance.volumes_then_postpaid = False, ()
    own = [volume for volume in account.where(Volume, "instance_id", instance.id) if volume.type != DATA]
    for volume in [*own, *data_volumes]:
        make_volume_postpaid(account, volume)
    await_expiry(account, instance)


def put_off(account: AccountRegion, instance: Instance, timer: str, action: str) -> bool:
    """Whether an action has to wait for what is under way; its timer is then due again after that."""
    if instance.lifecycle.find(action, instance.state) is not None:
        return False
    account.schedule(instance, timer, instance.pending.due if instance.pending else account.clock.now() + RETRY)
    return True


@on_timer(Instance, "auto_renew")
def renew_by_rule(account: AccountRegion, instance: Instance) -> None:
    """Renew an instance by its own rule, and such of its data volumes by theirs as do not last longer."""
    if put_off(account, instance, "auto_renew", "renew"):
        return
    months = in_months(instance.auto_renew_period, instance.auto_renew_unit)
    for volume in prepaid_data_volumes(account, instance):
        if volume.auto_renew and (volume.expires or 0) <= (instance.expires or 0):
            prolong_volume(account, volume, volume.auto_renew_months)
    prolong(account, instance, months)


@on_timer(Instance, "expire")
def expire(account: AccountRegion, instance: Instance) -> None:
    """Let the time that was paid for be over."""
    if instance.then_postpaid:
        listed = [account.find(Volume, volume_id) for volume_id in instance.volumes_then_postpaid]
        make_postpaid(account, instance, [volume for volume in listed if volume is not None])
        return
    if instance.state == RECYCLED:
        return
    if instance.state != EXPIRED:
        account.change(instance, "expire")
    account.schedule(instance, "recycle", account.clock.now() + GRACE)


@on_timer(Instance, "recycle")
def recycle_expired(account: AccountRegion, instance: Instance) -> None:
    """Put an expired instance that nobody renewed into the recycle bin."""
    if instance.state == EXPIRED:
        account.change(instance, "recycle")


def _later(account: AccountRegion, expires: float | None, months: int) -> float:
    now = account.clock.now()
    return months_later(max(now, expires or now), months)
