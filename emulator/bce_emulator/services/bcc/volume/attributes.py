"""Change the name, the description, the behaviour at release and the delete protection of volumes."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.volume.attach import check_goes_with_instance
from bce_emulator.services.bcc.volume.errors import DiskNameInvalid
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.names import is_name


class RenameVolumeRequest(Model):
    """Which volume, and its new name."""

    volume_id: str
    name: str


class ModifyCdsAttributeRequest(Model):
    """Which volume to change; attributes that are not given stay as they are."""

    volume_id: str
    cds_name: str = ""
    desc: str | None = None
    delete_with_instance: bool | None = None
    delete_auto_snapshot: bool | None = None


class ModifyVolumeDeleteProtectionV2Request(Model):
    """Which volumes, and whether they are protected against release."""

    client_token: ClientToken = ""
    volume_ids: tuple[str, ...]
    enable_delete_protection: bool


@operation(
    "PUT /v2/volume/{volumeId}?rename",
    errors=[NoSuchObject, DiskNameInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Sjwvyo2hq",
)
def rename_volume(account: AccountRegion, request: RenameVolumeRequest) -> None:
    """Give a volume another name."""
    volume = account.get(Volume, request.volume_id)
    if not is_name(request.name):
        raise DiskNameInvalid
    volume.name = request.name


@operation(
    "PUT /v2/volume/{volumeId}?modify",
    errors=[NoSuchObject, DiskNameInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Ajwvyo3lu",
)
def modify_cds_attribute(account: AccountRegion, request: ModifyCdsAttributeRequest) -> None:
    """Change the name, the description and what happens at release."""
    flags = (request.delete_with_instance, request.delete_auto_snapshot)
    if not request.cds_name and not request.desc and flags == (None, None):
        raise BadRequest("there is nothing to change")
    volume = account.get(Volume, request.volume_id)
    if request.cds_name and not is_name(request.cds_name):
        raise DiskNameInvalid
    if request.delete_with_instance and not volume.is_data:
        raise BadRequest("deleteWithInstance is for data volumes only")
    check_goes_with_instance(volume.payment, bool(request.delete_with_instance))
    volume.name = request.cds_name or volume.name
    if request.desc is not None:
        volume.desc = request.desc
    if request.delete_with_instance is not None:
        volume.delete_with_instance = request.delete_with_instance
    if request.delete_auto_snapshot is not None:
        volume.delete_auto_snapshot = request.delete_auto_snapshot


@operation(
    "POST /v2/volume/modify/deleteProtection",
    name="ModifyVolumeDeleteProtectionV2",
    errors=[NoSuchObject],
    basis="client",
)
def modify_volume_delete_protection(account: AccountRegion, request: ModifyVolumeDeleteProtectionV2Request) -> None:
    """Switch the delete protection of volumes on or off."""
    volumes = [account.get(Volume, volume_id) for volume_id in request.volume_ids]
    for volume in volumes:
        volume.delete_protection = request.enable_delete_protection
