"""What a reserved instance is, and a transfer of one. https://cloud.baidu.com/doc/BCC/s/Dlhyjrszo"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.bcc.reserved_instance.lifecycle import ACTIVE, EXPIRED, LIFECYCLE, PENDING, TRANSFER
from bce_emulator.services.shared.tags import Tag

QUOTA = account_setting(
    "bcc.reservedInstanceQuota", 20, "reserved instances of a region that have not expired; a transfer asks for none"
)


@dataclass(slots=True, kw_only=True, eq=False)
class ReservedInstance(Resource):
    """An instance of a spec, paid for ahead for so many months; times are Unix seconds.

    ``grantor`` is the account it came from, and ``transferred_in`` when it came.
    """

    prefix: ClassVar[str] = "r"
    not_found: ClassVar[type[ApiError]] = RequestInvalid
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = ACTIVE
    name: str
    scope: str
    zone: str
    spec: str
    months: int
    effective: float
    expires: float
    auto_renew_months: int = 0
    ehc_cluster_id: str = ""
    tags: tuple[Tag, ...] = ()
    grantor: str = ""
    transferred_in: float | None = None


class Offered(NamedTuple):
    """A reserved instance as it was when it was offered."""

    id: str
    name: str
    scope: str
    zone: str
    spec: str
    months: int
    effective: float
    expires: float
    auto_renew_months: int
    ehc_cluster_id: str
    tags: tuple[Tag, ...]
    grantor: str
    transferred_in: float | None


@dataclass(slots=True, kw_only=True, eq=False)
class ReservedInstanceTransfer(Resource):
    """An offer of a reserved instance; both accounts have it, under the same id."""

    prefix: ClassVar[str] = "t"
    not_found: ClassVar[type[ApiError]] = RequestInvalid
    lifecycle: ClassVar[Lifecycle] = TRANSFER
    looks_at_others: ClassVar[Looks] = True

    state: str = PENDING
    is_received: bool = False
    giver: str
    recipient: str
    reserved_instance_id: str
    offered: Offered
    expires: float
    ended: float | None = None


def reserved_instances_named(
    account: AccountRegion, reserved_instance_ids: tuple[str, ...], most: int = 1_000
) -> list[ReservedInstance]:
    """The reserved instances with these ids, each once; there is at least one."""
    if not 1 <= len(reserved_instance_ids) <= most:
        raise RequestInvalid(f"1 to {most} reserved instances are named")
    return [account.get(ReservedInstance, each) for each in dict.fromkeys(reserved_instance_ids)]


def count_left(account: AccountRegion) -> int:
    """How many more reserved instances the account may have in this region."""
    used = len(account.collection(ReservedInstance)) - len(account.where(ReservedInstance, "state", EXPIRED))
    return int(account.setting(QUOTA)) - used


def is_offered(account: AccountRegion, reserved: ReservedInstance) -> bool:
    """Whether the account has offered it to another one, which has not answered yet."""
    transfers = account.where(ReservedInstanceTransfer, "reserved_instance_id", reserved.id)
    return any(each.state == PENDING and not each.is_received for each in transfers)
