"""Attach a keypair to instances, and detach it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.services.bcc.instance.errors import KeypairInstanceStatusForbidden
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.errors import (
    AttachAttachedKeypair,
    KeypairInstanceNotExist,
    KeypairNotExist,
    UnsupportOsType,
)
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.responses import AcceptedResponse, accepted

ERRORS = [KeypairNotExist, KeypairInstanceNotExist, UnsupportOsType, KeypairInstanceStatusForbidden]


class ChangeInstancesRequest(Model):
    """The keypair, and the instances; all of them change or none."""

    keypair_id: str
    instance_ids: Annotated[tuple[str, ...], Field(min_length=1)]


@operation(
    "PUT /v2/keypair/{keypairId}?attach",
    errors=[*ERRORS, AttachAttachedKeypair],
    doc="https://cloud.baidu.com/doc/BCC/s/ukcld1o5f",
)
def attach_keypair(account: AccountRegion, request: ChangeInstancesRequest, call: Call) -> AcceptedResponse:
    """Give instances a keypair, in place of the one they have."""
    keypair, instances = _check(account, request)
    if any(instance.keypair_id == keypair.id for instance in instances):
        raise AttachAttachedKeypair
    for instance in instances:
        account.change(instance, "change_keypair")
        instance.keypair_id = keypair.id
    return accepted(call)


@operation(
    "PUT /v2/keypair/{keypairId}?detach",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/Okcld5t7i",
)
def detach_keypair(account: AccountRegion, request: ChangeInstancesRequest, call: Call) -> AcceptedResponse:
    """Take a keypair from instances; those with another one, or none, stay as they are."""
    keypair, instances = _check(account, request)
    for instance in instances:
        if instance.keypair_id == keypair.id:
            account.change(instance, "change_keypair")
            instance.keypair_id = ""
    return accepted(call)


def _check(account: AccountRegion, request: ChangeInstancesRequest) -> tuple[Keypair, list[Instance]]:
    keypair = account.get(Keypair, request.keypair_id, KeypairNotExist)
    wanted = dict.fromkeys(request.instance_ids)
    instances = [account.get(Instance, instance_id, KeypairInstanceNotExist) for instance_id in wanted]
    for instance in instances:
        if instance.os.is_windows:
            raise UnsupportOsType(f"{instance.id} runs {instance.os.name}")
    for instance in instances:
        account.check(instance, "change_keypair")
    return keypair, instances
