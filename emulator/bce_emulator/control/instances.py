"""Facts of an instance that no API call can bring about, such as the status Expired."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address
from typing import Any

from fastapi import HTTPException

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import InstanceShown
from bce_emulator.control.resources import check_status, set_status
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.engine.account.clock import seconds
from bce_emulator.services.bcc.instance.nic import give_public_ip
from bce_emulator.services.bcc.instance.resource import Instance


class InstanceFacts(Body):
    """What to make true of an instance; what is not named stays."""

    status: str | None = None
    payment_timing: str | None = None
    expire_time: str | None = None
    public_ip: str | None = None
    stopped_without_charge: bool | None = None


async def change(
    emulator: Served, instance_id: str, body: InstanceFacts, account: str | None = None, region: str | None = None
) -> dict[str, Any]:
    """Make something true of an instance, whatever its lifecycle says; a transition under way is called off."""
    await caught_up(emulator, selected_one(emulator, account))
    selected_account = selected_region(emulator, account, region)
    instance = selected_account.find(Instance, instance_id)
    if instance is None:
        raise HTTPException(
            404,
            f"no instance {instance_id} in account {selected_account.name} and region {selected_account.region}",
        )
    if body.status is not None:
        check_status(instance, body.status)
    if body.payment_timing not in {None, "Prepaid", "Postpaid"}:
        raise HTTPException(400, "paymentTiming is Prepaid or Postpaid")
    try:
        expires = seconds(body.expire_time) if body.expire_time else None
    except ValueError:
        raise HTTPException(400, "expireTime is a time such as 2026-01-01T00:00:00Z") from None
    try:
        public_ip = str(IPv4Address(body.public_ip)) if body.public_ip else ""
    except AddressValueError:
        raise HTTPException(400, "publicIp is an IPv4 address, or empty") from None
    if body.status is not None:
        set_status(selected_account, instance, body.status)
    if body.payment_timing is not None:
        instance.payment = body.payment_timing
    if body.expire_time is not None:
        instance.expires = expires
    if body.public_ip is not None:
        give_public_ip(selected_account, instance, public_ip)
    if body.stopped_without_charge is not None:
        instance.stopped_without_charge = body.stopped_without_charge
    return {"id": instance.id, "status": instance.status, "state": instance.state}


CALLS: Calls = (ControlCall("PUT", "instances/{instance_id}", change, InstanceShown),)
