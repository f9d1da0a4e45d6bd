"""What an account of a seed file may hold: each entry is the body of the call that creates it, with id and status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.models import Model, members
from bce_emulator.engine.steps import at_once
from bce_emulator.services.bbc.deployset.create import CreateDeploySetRequest as CreateServerDeploySetRequest
from bce_emulator.services.bbc.deployset.create import create_deploy_set as create_server_deploy_set
from bce_emulator.services.bbc.deployset.resource import ServerDeploySet
from bce_emulator.services.bbc.image.create import CreateImageFromInstanceIdRequest, create_image_from_instance_id
from bce_emulator.services.bbc.image.resource import ServerImage
from bce_emulator.services.bbc.instance.create import CreateInstanceRequest, make_servers
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bcc.deployset.create import CreateDeploySetRequest, create_deploy_set
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.image.create import ImportImageRequest, import_image
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.creation.create import CreateInstanceBySpecRequest, hardware_of, make_instances
from bce_emulator.services.bcc.instance.creation.order import check_order
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.create import ImportKeypairRequest, import_keypair
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.volume.create import CreateVolumeRequest, create_volume
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.vpc.security_group.create import CreateSecurityGroupRequest, create_security_group
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.create import CreateSubnetRequest, create_subnet
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.create import CreateVpcRequest, create_vpc
from bce_emulator.services.vpc.vpc.resource import Vpc

Make = Callable[[AccountRegion, Any, Credentials], object]


class SeedInstance(CreateInstanceBySpecRequest):
    """An instance as it is asked for, with what other calls could give it afterwards."""

    internal_ip: str = ""
    desc: str = ""


class SeedServer(CreateInstanceRequest):
    """A bare-metal server as it is asked for, with what another call could give it afterwards."""

    desc: str = ""


class Section(NamedTuple):
    """A list of an account: the kind of resource in it, the form of an entry, and what makes one."""

    kind: type[Resource]
    form: type[Model]
    make: Make


def called(operation: Callable[[AccountRegion, Any], object]) -> Make:
    """Make a resource with the operation that a client would call."""
    return lambda account, request, _credentials: operation(account, request)


def make_instance(account: AccountRegion, request: SeedInstance, credentials: Credentials) -> None:
    """Make an instance with its disks."""
    if request.internal_ip:
        request = request.model_copy(update={"internal_ips": (request.internal_ip,)})
    order = check_order(account, request, hardware_of(request.spec), credentials)
    for instance_id in at_once(make_instances(account, order)):
        account.get(Instance, instance_id).desc = request.desc
        for volume in account.where(Volume, "instance_id", instance_id):
            account.complete(volume)


def make_server(account: AccountRegion, request: SeedServer, credentials: Credentials) -> None:
    """Make a bare-metal server."""
    made = at_once(make_servers(account, request, credentials.secret_key, "CreateInstance"))
    for server_id in made["instanceIds"]:
        account.get(Server, server_id).desc = request.desc


SECTIONS = {
    "vpcs": Section(Vpc, CreateVpcRequest, called(create_vpc)),
    "subnets": Section(Subnet, CreateSubnetRequest, called(create_subnet)),
    "securityGroups": Section(SecurityGroup, CreateSecurityGroupRequest, called(create_security_group)),
    "keypairs": Section(Keypair, ImportKeypairRequest, called(import_keypair)),
    "deploySets": Section(DeploySet, CreateDeploySetRequest, called(create_deploy_set)),
    "images": Section(Image, ImportImageRequest, called(import_image)),
    "instances": Section(Instance, SeedInstance, make_instance),
    "volumes": Section(Volume, CreateVolumeRequest, called(create_volume)),
    "serverDeploySets": Section(ServerDeploySet, CreateServerDeploySetRequest, called(create_server_deploy_set)),
    "servers": Section(Server, SeedServer, make_server),
    "serverImages": Section(ServerImage, CreateImageFromInstanceIdRequest, called(create_image_from_instance_id)),
}
"""The sections by their names in a file, in the order in which they are made."""


def apply_seed(account: AccountRegion, section: Section, entry: Any, credentials: Credentials) -> None:
    """Make a resource, past all transitions; a ValueError or an ApiError says what does not fit."""
    kind = section.kind
    request, requested_id, status = _read(section, entry)
    if requested_id:
        _check_id(account, kind, requested_id)
        account.requested_ids[kind] = requested_id
    collection = account.collection(kind)
    before = collection.last_serial
    try:
        section.make(account, request, credentials)
    finally:
        account.requested_ids.clear()
    if collection.last_serial != before + 1:
        raise ValueError("an entry is one of its kind")
    resource = next(collection.newest_first())
    account.complete(resource)
    if status:
        resource.state = status


def _read(section: Section, entry: Any) -> tuple[Model, str, str]:
    """An entry as a model, its id and its status; an unknown member is an error, since nobody but the user wrote it."""
    if not isinstance(entry, dict):
        raise ValueError("this is not a mapping")
    known = {"id", "status", *members(section.form)}
    if unknown := set(entry) - known:
        raise ValueError(f"{min(map(str, unknown))!r} is no member; there are {', '.join(sorted(known))}")
    rest = dict(entry)
    requested_id, status = rest.pop("id", ""), rest.pop("status", "")
    states = section.kind.lifecycle.states
    if status and status not in states:
        raise ValueError(f"status is one of {', '.join(states)}")
    return section.form.model_validate(rest), requested_id, status


def _check_id(account: AccountRegion, kind: type[Resource], requested_id: Any) -> None:
    if not isinstance(requested_id, str) or not requested_id.startswith(f"{kind.prefix}-"):
        raise ValueError(f"id begins with {kind.prefix}-")
    if account.find(kind, requested_id):
        raise ValueError(f"id {requested_id} is there already")
