"""The primary card of an instance, of whatever kind: it is made with it, and the instance's calls work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import canonical
from bce_emulator.services.vpc.address.private import check_address, follow, free_addresses
from bce_emulator.services.vpc.address.public import address_service, free_addresses_of
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.addresses import why_no_public_address_in
from bce_emulator.services.vpc.nic.host import elastic_nics
from bce_emulator.services.vpc.nic.private_addresses import check_ipv6, give_ipv6
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.quotas import NIC_ADDRESSES, check_quota
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from bce_emulator.services.vpc.security_group.membership import GroupIds
from bce_emulator.services.vpc.security_group.resource import GROUPS_OF_INSTANCE, SecurityGroup
from bce_emulator.services.vpc.subnet.resource import Subnet

NAME = "eth0"
Groups = Sequence[SecurityGroup] | Sequence[EnterpriseSecurityGroup]
"""Groups of one type, one at least."""


def make_primary(
    account: AccountRegion, nic_id: str, device_id: str, subnet: Subnet, address: str, groups: GroupIds, ipv6: str = ""
) -> Nic:
    """Make the card of a new instance, with an address that was found free."""
    octets = account.new_text("mac", "hex")
    nic = account.add(
        Nic(
            id=nic_id,
            name=NAME,
            vpc_id=subnet.vpc_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            mac=f"fa:16:3e:{octets[:2]}:{octets[2:4]}:{octets[4:6]}",
            device_id=device_id,
            is_primary=True,
            private_ip=address,
            ipv6=ipv6,
            security_group_ids=groups.ordinary,
            enterprise_security_group_ids=groups.enterprise,
        )
    )
    follow(subnet, address)
    return nic


def remove_primary(account: AccountRegion, nic: Nic, *, with_others: bool = False) -> None:
    """Let the card go with its instance; the others that the instance had go too, or are on nothing."""
    account.remove(nic)
    for eni in elastic_nics(account, nic.device_id):
        if with_others:
            account.remove(eni)
            continue
        if eni.lifecycle.find("let_go", eni.state) is not None:
            account.change(eni, "let_go")
        eni.device_id = ""


def prepaid_addresses(account: AccountRegion, nic: Nic) -> list[str]:
    """The public addresses of a card that are paid for ahead."""
    return [each.address for each in nic.public_addresses if address_service().is_prepaid(account, each.address)]


def free_prepaid_addresses(account: AccountRegion, nic: Nic) -> None:
    """Free the public addresses that are paid for ahead: they do not enter the recycle bin with their instance."""
    for address in prepaid_addresses(account, nic):
        address_service().free(account, address)


def addresses_that_go(account: AccountRegion, nic: Nic) -> list[str]:
    """The public addresses that can go with an instance: paid by use, in no group, and not protected."""
    service = address_service()
    return [each.address for each in nic.public_addresses if service.is_released_with_target(account, each.address)]


def chosen_addresses(account: AccountRegion, subnet: Subnet, requested: tuple[str, ...], count: int) -> list[str]:
    """The addresses of so many new instances: those that a request names, or free ones."""
    if not requested:
        return free_addresses(account, subnet, count)
    if len(requested) != count or len(set(requested)) != count:
        raise BadRequest("internalIps names one address for each instance")
    for address in requested:
        check_address(account, subnet, address)
    return list(requested)


def add_addresses(
    account: AccountRegion,
    nic: Nic,
    wanted: tuple[str, ...],
    count: int,
    *,
    ipv6: bool = False,
    full: type[ApiError] = VmMemoryCannotAttachMoreIp,
) -> list[str]:
    """Give a card secondary addresses, certain ones or so many: all of them, or none; ``full`` refuses too many."""
    if count < 0 or bool(wanted) == bool(count):
        raise BadRequest("either certain addresses or their number is needed")
    had = nic.ipv6s if ipv6 else nic.private_ips
    check_quota(account, NIC_ADDRESSES, len(had) + len(wanted) + count, full)
    subnet = account.get(Subnet, nic.subnet_id)
    if ipv6:
        check_ipv6(account, subnet, list(wanted) or [""])
    else:
        for address in wanted:
            check_address(account, subnet, address)
    if len(set(map(canonical, wanted))) != len(wanted):
        raise BadRequest("an address is named twice")
    if ipv6:
        return give_ipv6(account, nic, subnet, list(wanted) or [""] * count)
    added = list(wanted) or free_addresses(account, subnet, count)
    nic.secondary_ips = (*nic.secondary_ips, *added)
    follow(subnet, added[-1])
    return added


def leaving_addresses(nic: Nic, named: tuple[str, ...], missing: Callable[[str], ApiError]) -> tuple[str, ...]:
    """The secondary addresses that a request names, or the refusal of one that the card does not have."""
    addresses = tuple(map(canonical, named))
    if not addresses:
        raise BadRequest("no address is named")
    if nic.private_ip in addresses:
        raise BadRequest(f"{nic.private_ip} is the primary address, which stays")
    if unknown := sorted(set(addresses).difference(nic.secondary_ips, nic.secondary_ipv6s)):
        raise missing(", ".join(unknown))
    return addresses


def drop_addresses(account: AccountRegion, nic: Nic, addresses: tuple[str, ...]) -> None:
    """Take secondary addresses from a card."""
    free_addresses_of(account, nic.public_addresses, *addresses)
    nic.secondary_ips = tuple(each for each in nic.secondary_ips if each not in addresses)
    nic.secondary_ipv6s = tuple(each for each in nic.secondary_ipv6s if each not in addresses)


def with_groups(account: AccountRegion, nic: Nic, groups: Groups, replacing: bool = False) -> GroupIds:
    """The groups of a card with these among them, or these alone; or the refusal."""
    if any(isinstance(group, SecurityGroup) and group.vpc_id != nic.vpc_id for group in groups):
        raise BadRequest("the security group is not in the VPC of the instance")
    if not replacing and _bound(nic, groups, others=True):
        raise OperationDenied("the instance is in groups of the other type, and is in groups of one type only")
    kept = () if replacing else _bound(nic, groups)
    together = tuple(dict.fromkeys((*kept, *[group.id for group in groups])))
    most = account.setting(GROUPS_OF_INSTANCE)
    if len(together) > most:
        raise BindInstanceExceededLimit(f"an instance has at most {most} security groups")
    return _ids(groups, together)


def without_groups(nic: Nic, groups: Groups) -> GroupIds:
    """The groups of a card without these; or the refusal of one that it does not have, or of the last."""
    leaving, bound = {group.id for group in groups}, _bound(nic, groups)
    if not leaving.issubset(bound):
        raise NoSuchObject("the instance is not bound to the security group")
    left = tuple(group_id for group_id in bound if group_id not in leaving)
    if not left:
        raise LastSecurityGroup("an instance keeps at least one security group")
    return _ids(groups, left)


def check_move(account: AccountRegion, nic: Nic, subnet: Subnet, requested: str) -> str:
    """The address that an instance would have in another subnet, or a refusal."""
    if subnet.zone != nic.zone:
        raise BadRequest(f"the instance is in {nic.zone}, the subnet in {subnet.zone}")
    if len(nic.addresses) > 1:
        raise BadRequest("secondary and IPv6 addresses are to be released first")
    if elastic_nics(account, nic.device_id):
        raise BadRequest("network interfaces are to be detached first")
    if subnet.id == nic.subnet_id and not requested:
        raise BadRequest("the instance is in this subnet")
    if nic.public_addresses and (refusal := why_no_public_address_in(subnet)):
        raise OperationDenied(refusal)
    if not requested:
        return free_addresses(account, subnet, 1)[0]
    check_address(account, subnet, requested)
    return requested


def move(nic: Nic, subnet: Subnet, address: str) -> None:
    """Move a card, with the public address that it carries, to a subnet that was found free to have it."""
    nic.vpc_id, nic.subnet_id, nic.zone = subnet.vpc_id, subnet.id, subnet.zone
    public = nic.public_address(nic.private_ip)
    nic.private_ip = address
    nic.public_addresses = (public._replace(private_ip=address),) if public else ()
    follow(subnet, address)


def _is_ordinary(groups: Groups) -> bool:
    return isinstance(groups[0], SecurityGroup)


def _bound(nic: Nic, groups: Groups, others: bool = False) -> tuple[str, ...]:
    """The ids of the groups of a card that are of the same type as these, or of the other one."""
    ordinary = _is_ordinary(groups) != others
    return nic.security_group_ids if ordinary else nic.enterprise_security_group_ids


def _ids(groups: Groups, ids: tuple[str, ...]) -> GroupIds:
    return GroupIds(ordinary=ids) if _is_ordinary(groups) else GroupIds(enterprise=ids)
