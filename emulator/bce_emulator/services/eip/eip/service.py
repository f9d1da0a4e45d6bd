"""What EIPs do for the things that carry them: be made with one, outlive it or go with it, be renewed with it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.bind import bind_to, check_free, check_unbind
from bce_emulator.services.eip.eip.create import default_name, new_address
from bce_emulator.services.eip.eip.expiry import prolong
from bce_emulator.services.eip.eip.lifecycle import AVAILABLE, BINDED, CREATING, PAUSED, RECYCLED, UNBINDING
from bce_emulator.services.eip.eip.recycle import take_out_of_bin
from bce_emulator.services.eip.eip.resource import Eip, count_left
from bce_emulator.services.eip.eip.story import attach, bandwidth_of, detach
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.address.public import CARRIERS, AddressOrder, AddressService, serves_public_addresses


def order(account: AccountRegion, instance_type: str, target: Resource, wanted: AddressOrder) -> None:
    """Make an EIP that is bound from the start."""
    eip = account.add(
        Eip(
            id=account.new_id(Eip),
            state=BINDED,
            name=wanted.name or default_name(account),
            address=new_address(account, "ipv4"),
            bandwidth=wanted.bandwidth,
            payment=wanted.payment,
            billing_method=wanted.billing_method,
            expires=wanted.expires,
            auto_renew_months=wanted.auto_renew_months,
        )
    )
    await_expiry(account, eip)
    _attach_first(account, eip, instance_type, target)


def assign(account: AccountRegion, instance_type: str, target: Resource, address: str) -> None:
    """Bind the EIP of an address at once, wherever it was; one that is not there is made."""
    eip = account.find_by(Eip, "address", address)
    if eip is not None and eip.state == RECYCLED:
        take_out_of_bin(account, eip)
    if eip is None:
        eip = account.add(
            Eip(
                id=account.new_id(Eip),
                state=AVAILABLE,
                name=default_name(account),
                address=address,
                bandwidth=1,
                billing_method="ByTraffic",
            )
        )
    free(account, address)
    if eip.state == CREATING:
        account.complete(eip)
    eip.pending, eip.state = None, PAUSED if eip.state == PAUSED else BINDED
    _attach_first(account, eip, instance_type, target)


def bind(account: AccountRegion, instance_type: str, target: Resource, private_ip: str, address: str) -> None:
    """Begin to bind an EIP to a private address of a target, or the refusal."""
    bind_to(account, _found(account, address), CARRIERS[instance_type], target, private_ip)


def unbind(account: AccountRegion, target: Resource, address: str) -> None:
    """Begin to unbind an EIP from a target, or the refusal."""
    check_unbind_from(account, target, address)
    account.change(_found(account, address), "unbind")


def check_bind(account: AccountRegion, ip_version: str, address: str) -> None:
    """Refuse an address that no target could be given now, or none of the version."""
    eip = _found(account, address)
    check_free(account, eip)
    if eip.ip_version != ip_version:
        raise OperationDenied(f"{address} is an {eip.ip_version} address")


def check_unbind_from(account: AccountRegion, target: Resource, address: str) -> None:
    """Refuse an address that cannot be unbound from a target now."""
    eip = _found(account, address)
    if eip.instance_id not in {"", target.id}:
        raise OperationDenied(f"{address} is not bound to {target.id}")
    check_unbind(account, eip)


def is_leaving(account: AccountRegion, address: str) -> bool:
    """Whether an EIP is being unbound."""
    eip = account.find_by(Eip, "address", address)
    return eip is not None and eip.state == UNBINDING


def group_of(account: AccountRegion, address: str) -> str:
    """The shared bandwidth that an EIP is in."""
    eip = account.find_by(Eip, "address", address)
    return eip.group_id if eip is not None else ""


def bandwidth_of_address(account: AccountRegion, address: str) -> int:
    """The bandwidth that an EIP has now, in Mbps."""
    return bandwidth_of(account, account.get_by(Eip, "address", address))


def _found(account: AccountRegion, address: str) -> Eip:
    eip = account.get_by(Eip, "address", address, NoSuchObject)
    if eip.state == RECYCLED:
        raise NoSuchObject(f"{address} is in the recycle bin")
    return eip


def free(account: AccountRegion, address: str) -> None:
    """Unbind an EIP at once, since its target goes."""
    eip = account.find_by(Eip, "address", address)
    if eip is not None and eip.instance_id:
        account.change(eip, "free")
        detach(account, eip)


def is_released_with_target(account: AccountRegion, address: str) -> bool:
    """Whether an EIP can go with its target: one paid by use that is in no group and not protected."""
    eip = account.find_by(Eip, "address", address)
    return eip is not None and eip.payment == "Postpaid" and not eip.group_id and not eip.delete_protection


def release(account: AccountRegion, address: str) -> bool:
    """Give up an EIP that can go with its target."""
    eip = account.find_by(Eip, "address", address)
    if eip is None or not is_released_with_target(account, address):
        return False
    account.remove(eip)
    return True


def is_prepaid(account: AccountRegion, address: str) -> bool:
    """Whether an EIP is paid for ahead."""
    eip = account.find_by(Eip, "address", address)
    return eip is not None and eip.payment == "Prepaid"


def renew(account: AccountRegion, address: str, months: int) -> None:
    """Renew an EIP that is paid for ahead; another one, or one that is busy, stays as it is."""
    eip = account.find_by(Eip, "address", address)
    if eip is not None and eip.payment == "Prepaid":
        account.complete(eip)
        if eip.lifecycle.find("renew", eip.state) is not None:
            prolong(account, eip, months)


def set_auto_renew(account: AccountRegion, address: str, months: int) -> None:
    """Have an EIP that is paid for ahead renew itself for so many months, or with 0 not."""
    eip = account.find_by(Eip, "address", address)
    if eip is not None and eip.payment == "Prepaid":
        eip.auto_renew_months = months


def _attach_first(account: AccountRegion, eip: Eip, instance_type: str, target: Resource) -> None:
    private_ips = CARRIERS[instance_type].private_ips(account, target)
    attach(account, eip, instance_type, target, private_ips[0])


serves_public_addresses(
    AddressService(
        count_left,
        order,
        assign,
        bind,
        unbind,
        free,
        release,
        is_released_with_target,
        is_prepaid,
        renew,
        set_auto_renew,
        check_bind,
        check_unbind_from,
        is_leaving,
        group_of,
        bandwidth_of_address,
    )
)
