"""The EIPs of a group: how many it can have, how they come and go, and what happens to them with it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.eip.eip.create import default_name, new_address
from bce_emulator.services.eip.eip.errors import LimitExceeded
from bce_emulator.services.eip.eip.lifecycle import AVAILABLE, PAUSED
from bce_emulator.services.eip.eip.resource import Eip, check_quota, eip_of
from bce_emulator.services.eip.eip.story import refresh
from bce_emulator.services.eip.group.resource import IPV6_QUOTA, EipGroup

MBPS_OF_EACH = {"BGP_S": 20}
"""So much of a group's bandwidth each EIP wants at least; 1 for every other line."""
MBPS_OF_EACH_ADDED = {"BGP_S": 20}
"""The same when EIPs are added to a group that is there; 5 for every other line."""


def members_of(account: AccountRegion, group: EipGroup, ip_version: str = "") -> list[Eip]:
    """The EIPs of a group, oldest first; all, or those of a version."""
    found = account.where(Eip, "group_id", group.id)
    return [eip for eip in found if ip_version in {"", eip.ip_version}]


def fits(route_type: str, bandwidth: int, count: int) -> bool:
    """Whether a bandwidth is enough for so many EIPs."""
    return count == 0 or count * MBPS_OF_EACH.get(route_type, 1) < bandwidth


def check_new_members(account: AccountRegion, ipv4: int, ipv6: int, ipv6_there: int = 0) -> None:
    """Refuse more EIPs than the account or a group may have."""
    if ipv4 < 0 or ipv6 < 0:
        raise BadRequest("there cannot be fewer than no EIPs")
    if ipv6_there + ipv6 > account.setting(IPV6_QUOTA):
        raise LimitExceeded(f"the setting {IPV6_QUOTA.name} of this account is {account.setting(IPV6_QUOTA)}")
    check_quota(account, ipv4 + ipv6)


def add_members(account: AccountRegion, group: EipGroup, ipv4: int, ipv6: int) -> None:
    """Make EIPs that belong to a group, at once."""
    for ip_version in ["ipv4"] * ipv4 + ["ipv6"] * ipv6:
        account.add(
            Eip(
                id=account.new_id(Eip),
                state=AVAILABLE,
                name=default_name(account),
                address=new_address(account, ip_version),
                ip_version=ip_version,
                route_type=group.route_type,
                bandwidth=group.bandwidth,
                billing_method=group.billing_method,
                group_id=group.id,
                is_native=True,
            )
        )


def check_native_members_free(account: AccountRegion, group: EipGroup) -> None:
    """Refuse that a group goes while an EIP that was made with it must stay."""
    for eip in members_of(account, group):
        if eip.is_native:
            _check_free(eip)


def release_members(account: AccountRegion, group: EipGroup, addresses: tuple[str, ...]) -> None:
    """Release EIPs that were made with a group, all or none; those that moved in can move out."""
    if len({address.lower() for address in addresses}) != len(addresses):
        raise BadRequest("each EIP is named once")
    eips = [eip_of(account, address) for address in addresses]
    account.check(group, "change")
    for eip in eips:
        if eip.group_id != group.id or not eip.is_native:
            raise OperationDenied(f"{eip.address} was not made with {group.id}")
        _check_free(eip)
        account.check(eip, "release")
    for eip in eips:
        account.change(eip, "release")


def _check_free(eip: Eip) -> None:
    if eip.instance_id or eip.delete_protection:
        raise OperationDenied(f"{eip.address} is {'bound' if eip.instance_id else 'protected'}")


def let_members_go(account: AccountRegion, group: EipGroup) -> None:
    """Have EIPs that moved in be as they were before their group goes; those made with it go along."""
    for eip in members_of(account, group):
        if not eip.is_native:
            eip.group_id = ""
            refresh(account, eip)


def pause_members(account: AccountRegion, group: EipGroup) -> None:
    """Have the EIPs of a group rest as it does."""
    for eip in members_of(account, group):
        account.complete(eip)
        account.change(eip, "expire")


def resume_members(account: AccountRegion, group: EipGroup) -> None:
    """Have the EIPs of a group that rest work again."""
    for eip in members_of(account, group):
        if eip.state == PAUSED:
            account.change(eip, "resume" if eip.instance_id else "renew")


def refresh_members(account: AccountRegion, group: EipGroup) -> None:
    """Have what the EIPs of a group are bound to show the group's bandwidth."""
    for eip in members_of(account, group):
        refresh(account, eip)
