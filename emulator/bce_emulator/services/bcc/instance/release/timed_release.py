"""Release a postpaid instance at a time that is set before."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.expiry import put_off
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.times import moment_of


class AutoReleaseInstanceRequest(Model):
    """Which instance to release, and when; without a time it is not released any more."""

    client_token: ClientToken = ""
    instance_id: str
    release_time: str = ""
    is_eip_auto_related_delete: bool = False


@operation(
    "PUT /v2/instance/{instanceId}?autorelease",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/8lfrq74kx",
)
def auto_release_instance(account: AccountRegion, request: AutoReleaseInstanceRequest) -> None:
    """Set, move or call off the time at which a postpaid instance is released."""
    instance = account.get(Instance, request.instance_id)
    moment = _moment(account, request.release_time) if request.release_time else None
    if instance.payment != "Postpaid":
        raise BadRequest("only a postpaid instance is released at a time")
    account.check(instance, "plan_release")
    instance.releases = moment
    instance.eip_deleted_too = request.is_eip_auto_related_delete
    account.schedule(instance, "timed_release", moment)


@on_timer(Instance, "timed_release")
def release_on_time(account: AccountRegion, instance: Instance) -> None:
    """Release an instance, protected or not; it never enters the recycle bin, and its data volumes stay."""
    if not put_off(account, instance, "timed_release", "release"):
        account.change(instance, "release")


def _moment(account: AccountRegion, text: str) -> float:
    moment = moment_of("releaseTime", text)
    if moment <= account.clock.now():
        raise BadRequest("releaseTime is over")
    return moment
