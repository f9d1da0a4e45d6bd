"""Make service cards, change what they are called, and delete them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.address.private import check_address, follow, free_addresses
from bce_emulator.services.vpc.billing import GatewayBilling
from bce_emulator.services.vpc.endpoint.resource import BANDWIDTH_QUOTA, Snic
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

DEFAULT_BANDWIDTH = 100
"""In Mbps."""
SERVICE = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_.]{0,254}")


class CreateSnicRequest(Model):
    """Where the card is to be, and which service it leads to; without a bandwidth it has the default one."""

    client_token: ClientToken = ""
    vpc_id: str
    name: str
    subnet_id: str
    service: str
    description: str = ""
    ip_address: str = ""
    bandwidth: Annotated[int, Field(ge=0, le=5_000)] = 0
    billing: GatewayBilling
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""


class SnicRef(Model):
    """Which service card."""

    client_token: ClientToken = ""
    endpoint_id: str


class UpdateSnicRequest(SnicRef):
    """What the service card is called and described as from now on."""

    name: str | None = None
    description: str | None = None


class CreateSnicResponse(TypedDict):
    """The id of the card, and its address."""

    id: str
    ipAddress: str


@operation(
    "POST /v1/endpoint",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, PrivateIpInUse, SubnetHasNoMoreIp, LimitExceeded],
    doc="https://cloud.baidu.com/doc/SNIC/s/zkkus2uf2",
)
def create_snic(account: AccountRegion, request: CreateSnicRequest) -> CreateSnicResponse:
    """Make a service card, whatever the name of its service: that may be another account's, or the cloud's own."""
    require_real_name(account)
    _check_name(request.name)
    check_description(request.description)
    if SERVICE.fullmatch(request.service) is None:
        raise BadRequest("service is the name of one")
    vpc, subnet = account.get(Vpc, request.vpc_id), account.get(Subnet, request.subnet_id)
    if subnet.vpc_id != vpc.id:
        raise BadRequest(f"{subnet.id} is not in {vpc.id}")
    if request.billing.payment_timing != "Postpaid":
        raise OperationDenied("a service card is paid by use")
    if request.ip_address:
        check_address(account, subnet, request.ip_address)
    address = request.ip_address or free_addresses(account, subnet, 1)[0]
    bandwidth = request.bandwidth or DEFAULT_BANDWIDTH
    check_quota(account, BANDWIDTH_QUOTA, sum(each.bandwidth for each in account.all(Snic)) + bandwidth)
    snic = account.add(
        Snic(
            id=account.new_id(Snic),
            name=request.name,
            desc=request.description,
            vpc_id=vpc.id,
            subnet_id=subnet.id,
            ip_address=address,
            service=request.service,
            bandwidth=bandwidth,
            tags=tags_of(request.tags),
            security_group_ids=(default_security_group(account, vpc.id).id,),
        )
    )
    follow(subnet, address)
    account.change(snic, "create")
    return {"id": snic.id, "ipAddress": address}


@operation("PUT /v1/endpoint/{endpointId}", errors=[NoSuchObject], basis="client")
def update_snic(account: AccountRegion, request: UpdateSnicRequest) -> None:
    """Rename a service card, or describe it anew."""
    snic = account.get(Snic, request.endpoint_id)
    if request.name is None and request.description is None:
        raise BadRequest("name or description is needed")
    if request.name is not None:
        _check_name(request.name)
    check_description(request.description)
    snic.name = snic.name if request.name is None else request.name
    snic.desc = snic.desc if request.description is None else request.description


@operation("DELETE /v1/endpoint/{endpointId}", errors=[NoSuchObject], basis="client")
def delete_snic(account: AccountRegion, request: SnicRef) -> None:
    """Delete a service card; its address is free again."""
    account.change(account.get(Snic, request.endpoint_id), "delete")


def _check_name(name: str) -> None:
    if not is_name(name):
        raise BadRequest(f"name is {NAME_RULE}")
