"""Make, show, change and delete automatic snapshot policies."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, QualifyNotPass
from bce_emulator.services.bcc.auto_snapshot_policy.errors import (
    PolicyNameInvalid,
    RepeatWeekdaysInvalid,
    RetentionDaysInvalid,
    TimePointsInvalid,
)
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.auto_snapshot_policy.run import plan_next_run
from bce_emulator.services.bcc.auto_snapshot_policy.show import PolicyView, show_policy
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.standing import require_real_name

RULES = [PolicyNameInvalid, TimePointsInvalid, RepeatWeekdaysInvalid, RetentionDaysInvalid]
HOURS, WEEKDAYS = range(24), range(7)
FOR_EVER, MAX_DAYS = -1, 10_000


class CreateAspRequest(Model):
    """What to call the policy, when snapshots are made, and how many days they are kept; clients send texts too."""

    client_token: ClientToken = ""
    name: str
    time_points: tuple[LenientInt, ...]
    repeat_weekdays: tuple[LenientInt, ...]
    retention_days: LenientInt


class UpdateAspRequest(CreateAspRequest):
    """Which policy, and all that it shall say."""

    asp_id: str


class AspRequest(Model):
    """Which policy."""

    asp_id: str


class GetAspRequest(AspRequest):
    """Which policy to show."""


class DeleteAspRequest(AspRequest):
    """Which policy to delete."""


class ListAspsRequest(Model):
    """Which policies to list: by their name, or by the name of a volume that has them."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    asp_name: str = ""
    volume_name: str = ""


class CreateAspResponse(TypedDict):
    """The policy that was made."""

    aspId: str


class GetAspResponse(TypedDict):
    """One policy."""

    autoSnapshotPolicy: PolicyView


class ListAspsResponse(Page):
    """One page of the policies; the plural is spelled as published."""

    autoSnapshotPolicys: list[PolicyView]


@operation("POST /v2/asp", errors=[QualifyNotPass, *RULES], doc="https://cloud.baidu.com/doc/BCC/s/Sjwvynywx")
def create_asp(account: AccountRegion, request: CreateAspRequest) -> CreateAspResponse:
    """Make an automatic snapshot policy."""
    require_real_name(account)
    _check(request)
    policy = AutoSnapshotPolicy(
        id=account.new_id(AutoSnapshotPolicy),
        name=request.name,
        time_points=_sorted(request.time_points),
        repeat_weekdays=_sorted(request.repeat_weekdays),
        retention_days=request.retention_days,
        updated=account.clock.now(),
    )
    return {"aspId": account.add(policy).id}


@operation("PUT /v2/asp/update", errors=[NoSuchObject, *RULES], doc="https://cloud.baidu.com/doc/BCC/s/Jk0m2gemc")
def update_asp(account: AccountRegion, request: UpdateAspRequest) -> None:
    """Change an automatic snapshot policy."""
    policy = account.get(AutoSnapshotPolicy, request.asp_id)
    _check(request)
    policy.name = request.name
    policy.time_points = _sorted(request.time_points)
    policy.repeat_weekdays = _sorted(request.repeat_weekdays)
    policy.retention_days = request.retention_days
    policy.updated = account.clock.now()
    plan_next_run(account, policy)


@operation("GET /v2/asp/{aspId}", errors=[NoSuchObject])
def get_asp(account: AccountRegion, request: GetAspRequest) -> GetAspResponse:
    """Show one automatic snapshot policy."""
    return {"autoSnapshotPolicy": show_policy(account, account.get(AutoSnapshotPolicy, request.asp_id))}


@operation("GET /v2/asp")
def list_asps(account: AccountRegion, request: ListAspsRequest) -> ListAspsResponse:
    """List automatic snapshot policies, newest first."""
    named = {volume.policy_id for volume in account.where(Volume, "name", request.volume_name)}
    return page(
        ListAspsResponse,
        account,
        AutoSnapshotPolicy,
        "autoSnapshotPolicys",
        lambda policy: show_policy(account, policy),
        request.marker,
        request.max_keys,
        lambda policy: request.asp_name in {"", policy.name} and (not request.volume_name or policy.id in named),
    )


@operation(
    "DELETE /v2/asp/{aspId}",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/sjwvynzag",
)
def delete_asp(account: AccountRegion, request: DeleteAspRequest) -> None:
    """Delete a policy; the volumes that had it have none."""
    policy = account.get(AutoSnapshotPolicy, request.asp_id)
    for volume in account.where(Volume, "policy_id", policy.id):
        volume.policy_id = ""
    account.remove(policy)


def _check(request: CreateAspRequest) -> None:
    if not is_name(request.name):
        raise PolicyNameInvalid
    if not request.time_points or not request.repeat_weekdays:
        raise BadRequest("timePoints and repeatWeekdays name at least one hour and one day")
    if not all(hour in HOURS for hour in request.time_points):
        raise TimePointsInvalid
    if not all(day in WEEKDAYS for day in request.repeat_weekdays):
        raise RepeatWeekdaysInvalid
    if request.retention_days != FOR_EVER and not 1 <= request.retention_days <= MAX_DAYS:
        raise RetentionDaysInvalid


def _sorted(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(values)))
