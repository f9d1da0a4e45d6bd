"""Rename, describe and delete keypairs."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.create import MAX_DESCRIPTION
from bce_emulator.services.bcc.keypair.errors import (
    DeleteKeypairInUse,
    DescInvalidException,
    KeypairNameInvalid,
    KeypairNotExist,
)
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.shared.names import is_name


class RenameKeypairRequest(Model):
    """Which keypair to rename, and the name."""

    keypair_id: str
    name: str


class UpdateKeypairDescriptionRequest(Model):
    """Which keypair to describe, and how; no description takes the old one away."""

    keypair_id: str
    description: str = ""


class DeleteKeypairRequest(Model):
    """Which keypair to delete."""

    keypair_id: str


@operation(
    "PUT /v2/keypair/{keypairId}?rename",
    errors=[KeypairNotExist, KeypairNameInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Wkcle905w",
)
def rename_keypair(account: AccountRegion, request: RenameKeypairRequest) -> None:
    """Give a keypair another name."""
    keypair = account.get(Keypair, request.keypair_id, KeypairNotExist)
    if not is_name(request.name):
        raise KeypairNameInvalid
    keypair.name = request.name


@operation(
    "PUT /v2/keypair/{keypairId}?updateDesc",
    errors=[KeypairNotExist, DescInvalidException],
)
def update_keypair_description(account: AccountRegion, request: UpdateKeypairDescriptionRequest) -> None:
    """Give a keypair another description."""
    keypair = account.get(Keypair, request.keypair_id, KeypairNotExist)
    if len(request.description) > MAX_DESCRIPTION:
        raise DescInvalidException(f"a description has at most {MAX_DESCRIPTION} characters")
    keypair.desc = request.description


@operation(
    "DELETE /v2/keypair/{keypairId}",
    "DELETE /v2/keypair/{keypairId}?delete",
    errors=[KeypairNotExist, DeleteKeypairInUse],
)
def delete_keypair(account: AccountRegion, request: DeleteKeypairRequest) -> None:
    """Delete a keypair that no instance has."""
    keypair = account.get(Keypair, request.keypair_id, KeypairNotExist)
    if account.where(Instance, "keypair_id", keypair.id):
        raise DeleteKeypairInUse
    account.remove(keypair)
