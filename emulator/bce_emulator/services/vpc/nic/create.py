"""Make network interfaces, change what they are called, and delete them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.address.private import follow
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nic.errors import SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.nic.groups import groups_for
from bce_emulator.services.vpc.nic.host import MAX_ADDRESSES
from bce_emulator.services.vpc.nic.lifecycle import AVAILABLE
from bce_emulator.services.vpc.nic.names import check_description, check_name
from bce_emulator.services.vpc.nic.private_addresses import (
    WantedAddress,
    check_ipv6,
    give_ipv6,
    ipv4_addresses,
)
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniRef, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.quotas import UNATTACHED_NICS, check_quota
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from bce_emulator.services.vpc.security_group.membership import NONE, GroupIds
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet


class CreateEniRequest(Model):
    """Where the network interface is to be, with which addresses and groups."""

    client_token: ClientToken = ""
    name: str
    subnet_id: str
    description: str = ""
    private_ip_set: tuple[WantedAddress, ...]
    ipv6_private_ip_set: Annotated[tuple[WantedAddress, ...], Field(alias="ipv6PrivateIpSet")] = ()
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_ids: tuple[str, ...] = ()
    network_interface_traffic_mode: Literal["standard", "highPerformance"] = "standard"
    tags: tuple[TagModel, ...] = ()


class UpdateEniRequest(EniRef):
    """What the network interface is called from now on, and described as."""

    name: str | None = None
    description: str | None = None


class CreateEniResponse(TypedDict):
    """Which network interface was made."""

    eniId: str


@operation(
    "POST /v1/eni",
    errors=[
        NoSuchObject,
        PrivateIpInUse,
        SubnetHasNoMoreIp,
        SecurityGroupsNotSameVpc,
        BindInstanceExceededLimit,
        LimitExceeded,
    ],
    doc="https://cloud.baidu.com/doc/VPC/s/pkknfara0",
)
def create_eni(account: AccountRegion, request: CreateEniRequest) -> CreateEniResponse:
    """Make a network interface, which is available at once."""
    check_name(request.name)
    check_description(request.description)
    wanted = _primary_first(request.private_ip_set)
    wanted_ipv6 = [each.private_ip_address for each in request.ipv6_private_ip_set]
    subnet = account.get(Subnet, request.subnet_id)
    groups = groups_for(account, subnet.vpc_id, request.security_group_ids, request.enterprise_security_group_ids)
    if groups == NONE:
        groups = GroupIds((default_security_group(account, subnet.vpc_id).id,))
    check_ipv6(account, subnet, wanted_ipv6)
    addresses = ipv4_addresses(account, subnet, wanted)
    unattached = [nic for nic in account.where(Nic, "vpc_id", subnet.vpc_id) if not nic.device_id]
    check_quota(account, UNATTACHED_NICS, len(unattached) + 1)
    octets = account.new_text("mac", "hex")
    nic = account.add(
        Nic(
            id=account.new_id(Nic),
            state=AVAILABLE,
            name=request.name,
            desc=request.description,
            vpc_id=subnet.vpc_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            mac=f"fa:f6:00:{octets[:2]}:{octets[2:4]}:{octets[4:6]}",
            private_ip=addresses[0],
            secondary_ips=tuple(addresses[1:]),
            security_group_ids=groups.ordinary,
            enterprise_security_group_ids=groups.enterprise,
            traffic_mode=request.network_interface_traffic_mode,
            tags=tags_of(request.tags),
        )
    )
    follow(subnet, addresses[-1])
    give_ipv6(account, nic, subnet, wanted_ipv6)
    return {"eniId": nic.id}


@operation("PUT /v1/eni/{eniId}?modifyAttribute", errors=NOT_THERE, doc="https://cloud.baidu.com/doc/VPC/s/Zkx8nim9j")
def update_eni(account: AccountRegion, request: UpdateEniRequest) -> None:
    """Rename a network interface, or describe it anew."""
    nic = nic_named(account, request.eni_id)
    if request.name is None and request.description is None:
        raise BadRequest("name or description is needed")
    if request.name is not None:
        check_name(request.name)
    check_description(request.description or "")
    nic.name = nic.name if request.name is None else request.name
    nic.desc = nic.desc if request.description is None else request.description


@operation(
    "DELETE /v1/eni/{eniId}", errors=[*NOT_THERE, OperationDenied], doc="https://cloud.baidu.com/doc/VPC/s/ikknfinx7"
)
def remove_eni(account: AccountRegion, request: EniRef) -> None:
    """Delete a network interface that is on nothing; its EIPs are free again."""
    nic = nic_named(account, request.eni_id)
    if nic.device_id:
        raise OperationDenied(f"{nic.id} is on {nic.device_id}")
    account.change(nic, "delete")


def _primary_first(wanted: tuple[WantedAddress, ...]) -> list[str]:
    """The addresses of a request; without a primary one the first is it."""
    primary = [each for each in wanted if each.primary]
    if not 1 <= len(wanted) <= MAX_ADDRESSES or len(primary) > 1:
        raise BadRequest(f"privateIpSet has 1 to {MAX_ADDRESSES} addresses, one of which is primary")
    addresses = [each.private_ip_address for each in (*primary, *(each for each in wanted if not each.primary))]
    given = list(filter(None, addresses))
    if len(set(given)) != len(given):
        raise BadRequest("privateIpSet names an address twice")
    return addresses
