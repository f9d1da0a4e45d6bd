"""Change what instances are called, their password, what runs on them, and their frames."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.hpas.instance.order import check_image, check_names
from bce_emulator.services.hpas.instance.resource import HpasInstance, instances_named
from bce_emulator.services.shared.password import check_password

ERRORS = [NoSuchObject, OperationDenied]


class ModifyInstancesAttributeRequest(Model):
    """The new names; what is empty stays."""

    hpas_ids: tuple[str, ...]
    name: str = ""
    application_name: str = ""
    auto_seq_suffix: bool = False
    force_application_name_unique: bool = False
    reboot: bool = False


class ModifyInstanceApplicationPasswordRequest(Model):
    """The new password, encrypted."""

    hpas_id: str
    password: str


class ResetInstancesRequest(Model):
    """The image to start from, and who gets in; what is empty stays, but user data that is to be cleaned."""

    hpas_ids: tuple[str, ...]
    image_id: str
    password: str = ""
    keypair_id: str = ""
    user_data: str = ""
    clean_last_user_data: bool = False


class ModifyHpasJumboRequest(Model):
    """Whether instances send and receive jumbo frames from now on."""

    hpas_ids: tuple[str, ...]
    enable_jumbo_frame: bool


@operation("POST /?action=ModifyInstancesAttribute", errors=ERRORS, basis="client")
def modify_instances_attribute(account: AccountRegion, request: ModifyInstancesAttributeRequest) -> None:
    """Rename instances, all or none; several of one application are numbered if that is wanted."""
    instances = instances_named(account, request.hpas_ids, "reboot" if request.reboot else "rename")
    if not request.name and not request.application_name:
        raise BadRequest("one of name and applicationName is needed")
    check_names(request.name, request.application_name)
    titles = _numbered(request.application_name, len(instances), request.auto_seq_suffix)
    if request.force_application_name_unique:
        others = {each.application_name for each in account.all(HpasInstance) if each not in instances}
        if len(set(titles)) < len(titles) or others.intersection(titles):
            raise OperationDenied("another instance has this applicationName")
    for instance, title in zip(instances, titles, strict=True):
        instance.name = request.name or instance.name
        instance.application_name = title or instance.application_name
        if request.reboot:
            account.change(instance, "reboot")


@operation("POST /?action=ModifyInstanceApplicationPassword", errors=ERRORS, basis="client")
def modify_instance_application_password(
    account: AccountRegion, request: ModifyInstanceApplicationPasswordRequest, call: Call
) -> None:
    """Change the password of an instance; one that runs restarts."""
    instance = account.get(HpasInstance, request.hpas_id)
    check_password(request.password, call.credentials.secret_key)
    account.change(instance, "change_password")


@operation("POST /?action=ResetInstances", errors=ERRORS, basis="client")
def reset_instances(account: AccountRegion, request: ResetInstancesRequest, call: Call) -> None:
    """Install instances anew, all or none; what was on their system disks is lost."""
    instances = instances_named(account, request.hpas_ids)
    image = account.get(HpasImage, request.image_id)
    if request.keypair_id:
        account.get(Keypair, request.keypair_id, NoSuchObject)
    if request.password:
        check_password(request.password, call.credentials.secret_key)
    for instance in instances:
        check_image(account, image, instance.app_type)
        account.check(instance, "reset")
    for instance in instances:
        account.change(instance, "reset")
        instance.image_id = image.id
        instance.keypair_id = request.keypair_id or ("" if request.password else instance.keypair_id)
        kept = "" if request.clean_last_user_data else instance.user_data
        instance.user_data = request.user_data or kept


@operation("POST /?action=ModifyHpasJumbo", errors=ERRORS, basis="client")
def modify_hpas_jumbo(account: AccountRegion, request: ModifyHpasJumboRequest) -> None:
    """Have instances use jumbo frames or not, all or none."""
    for instance in instances_named(account, request.hpas_ids, "change_frames"):
        instance.jumbo_frame = request.enable_jumbo_frame


def _numbered(name: str, count: int, with_suffix: bool) -> list[str]:
    return [f"{name}-{index + 1}" if with_suffix and name else name for index in range(count)]
