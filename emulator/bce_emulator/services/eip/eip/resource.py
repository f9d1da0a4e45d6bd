"""What an EIP is. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.lifecycle import CREATING, LIFECYCLE, RECYCLED
from bce_emulator.services.eip.threshold import SMALLEST, Threshold
from bce_emulator.services.shared.tags import Tag

EIP_QUOTA = account_setting("eip.eipQuota", 130, "EIPs in a region, without those in the recycle bin")
RECYCLE_QUOTA = account_setting("eip.recycleQuota", 10, "EIPs in the recycle bin of a region; the oldest makes room")


@dataclass(slots=True, kw_only=True, eq=False)
class Eip(Resource):
    """A public address. Bandwidth is Mbps, times are Unix seconds.

    In a group (``group_id``) bandwidth and payment are what the EIP has again when it leaves; ``is_native``
    says that it was made with the group.
    """

    prefix: ClassVar[str] = "ip"
    id_letters: ClassVar[str] = "hex"
    not_found: ClassVar[type[ApiError]] = EipNotFound
    other_ids: ClassVar[tuple[str, ...]] = ("address",)
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("group_id", "eip.EipGroup", OnDelete.CASCADE),)

    state: str = CREATING
    name: str
    address: str
    ip_version: str = "ipv4"
    route_type: str = "BGP"
    bandwidth: int
    payment: str = "Postpaid"
    billing_method: str = ""
    expires: float | None = None
    auto_renew_months: int = 0
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()
    instance_type: str = ""
    instance_id: str = ""
    is_direct: bool = False
    group_id: str = ""
    is_native: bool = False
    recycled: float | None = None
    threshold: Threshold = SMALLEST

    @property
    def title(self) -> str:
        """The id, and the address."""
        return f"{self.id} ({self.address})"


def eip_of(account: AccountRegion, address: str) -> Eip:
    """The EIP of an address; one in the recycle bin is not found."""
    eip = account.get_by(Eip, "address", address.lower())
    if eip.state == RECYCLED:
        raise EipNotFound(f"{address} is in the recycle bin")
    return eip


def address_of(account: AccountRegion, eip_id: str) -> str:
    """The address of an EIP; empty where a restored document names one that is not there."""
    eip = account.find(Eip, eip_id)
    return eip.address if eip else ""


def recycled_eips(account: AccountRegion) -> list[Eip]:
    """The EIPs in the recycle bin, the longest there first."""
    return sorted(account.where(Eip, "state", RECYCLED), key=lambda eip: eip.recycled or 0.0)


def count_left(account: AccountRegion) -> int:
    """How many more EIPs the account may have in this region."""
    used = len(account.collection(Eip)) - len(account.where(Eip, "state", RECYCLED))
    return int(account.setting(EIP_QUOTA)) - used


def check_quota(account: AccountRegion, wanted: int) -> None:
    """Refuse more EIPs than the account may have."""
    if count_left(account) < wanted:
        raise LimitExceeded(f"the setting {EIP_QUOTA.name} of this account is {account.setting(EIP_QUOTA)}")
