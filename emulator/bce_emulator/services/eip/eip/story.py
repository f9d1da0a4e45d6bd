"""An EIP and what it is bound to tell the same story: whatever changes the one is shown by the other at once."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.vpc.address.public import CARRIERS, put_on, take_off
from bce_emulator.services.vpc.nic.resource import PublicAddress

CHARGE_TYPES = {
    ("Prepaid", ""): "BANDWIDTH_PREPAID",
    ("Postpaid", "ByTraffic"): "TRAFFIC_POSTPAID_BY_HOUR",
    ("Postpaid", "ByBandwidth"): "BANDWIDTH_POSTPAID_BY_HOUR",
}
"""How targets call the ways in which an EIP is paid for."""


def attach(account: AccountRegion, eip: Eip, instance_type: str, target: Resource, private_ip: str) -> None:
    """Have a target carry an EIP for one of its private addresses."""
    eip.instance_type, eip.instance_id = instance_type, target.id
    put_on(account, instance_type, target, _carried(account, eip, private_ip))


def detach(account: AccountRegion, eip: Eip) -> None:
    """Have nothing carry an EIP any more; what is not bound is not direct either."""
    target = target_of(account, eip)
    if target is not None:
        take_off(account, eip.instance_type, target, eip.address)
    eip.instance_type, eip.instance_id, eip.is_direct = "", "", False


def refresh(account: AccountRegion, eip: Eip) -> None:
    """Have the target show an EIP as it is by now."""
    target = target_of(account, eip)
    if target is not None:
        for carried in CARRIERS[eip.instance_type].carries(account, target):
            if carried.address == eip.address:
                put_on(account, eip.instance_type, target, _carried(account, eip, carried.private_ip))


def target_of(account: AccountRegion, eip: Eip) -> Resource | None:
    """What an EIP is bound to."""
    carrier = CARRIERS.get(eip.instance_type)
    return carrier.find(account, eip.instance_id) if carrier else None


def bandwidth_of(account: AccountRegion, eip: Eip) -> int:
    """The bandwidth that an EIP has now: its own, or that of its group."""
    group = account.find(EipGroup, eip.group_id) if eip.group_id else None
    return group.bandwidth if group else eip.bandwidth


@when_done(Eip, "unbind")
def end_binding(account: AccountRegion, eip: Eip) -> None:
    """Until it is over, an EIP that is being unbound is still bound."""
    detach(account, eip)


@when_gone(Eip)
def leave_target(account: AccountRegion, eip: Eip) -> None:
    """What is gone is on nothing."""
    detach(account, eip)


def _carried(account: AccountRegion, eip: Eip, private_ip: str) -> PublicAddress:
    charged = "" if eip.group_id else CHARGE_TYPES.get((eip.payment, eip.billing_method), "")
    return PublicAddress(eip.address, private_ip, bandwidth_of(account, eip), eip.id, eip.group_id, charged)
