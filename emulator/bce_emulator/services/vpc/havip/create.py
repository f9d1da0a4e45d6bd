"""Create HaVips, look at them, change what they are called, and delete them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.address.private import follow
from bce_emulator.services.vpc.address.wanted import addresses_for
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.havip.resource import HAVIP_QUOTA, HaVip
from bce_emulator.services.vpc.havip.show import HaVipView, show_havip
from bce_emulator.services.vpc.names import check_chinese_name, check_description
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.subnet.errors import SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet


class CreateHaVipRequest(Model):
    """Where the HaVip is, and its address; an empty one is assigned."""

    client_token: ClientToken = ""
    name: str
    subnet_id: str
    private_ip_address: str = ""
    description: str = ""


class HaVipRef(Model):
    """Which HaVip."""

    client_token: ClientToken = ""
    ha_vip_id: str


class UpdateHaVipRequest(HaVipRef):
    """What the HaVip is called from now on, and described as."""

    name: str = ""
    description: str | None = None


class GetHaVipDetailRequest(Model):
    """Which HaVip to look at."""

    ha_vip_id: str


class ListHaVipRequest(Model):
    """Whose HaVips: of a VPC, or all."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str = ""


class CreateHaVipResponse(TypedDict):
    """The HaVip that was made."""

    haVipId: str


class ListHaVipResponse(Page):
    """One page of the HaVips."""

    haVips: list[HaVipView]


@operation("POST /v1/havip", errors=[QualifyNotPass, NoSuchObject, OperationDenied, SubnetHasNoMoreIp, LimitExceeded])
def create_ha_vip(account: AccountRegion, request: CreateHaVipRequest) -> CreateHaVipResponse:
    """Make a HaVip, which is available at once."""
    check_chinese_name(request.name)
    check_description(request.description)
    require_real_name(account)
    subnet = account.get(Subnet, request.subnet_id)
    check_quota(account, HAVIP_QUOTA, len(account.where(HaVip, "vpc_id", subnet.vpc_id)) + 1)
    address, *_ = addresses_for(account, subnet, tuple(filter(None, [request.private_ip_address])), 1)
    havip = account.add(
        HaVip(
            id=account.new_id(HaVip),
            name=request.name,
            desc=request.description,
            vpc_id=subnet.vpc_id,
            subnet_id=subnet.id,
            private_ip=address,
        )
    )
    follow(subnet, address)
    return {"haVipId": havip.id}


@operation("GET /v1/havip", doc="https://cloud.baidu.com/doc/VPC/s/yle5foyi5")
def list_ha_vip(account: AccountRegion, request: ListHaVipRequest) -> ListHaVipResponse:
    """List the HaVips, newest first."""
    return page(
        ListHaVipResponse,
        account,
        HaVip,
        "haVips",
        show_havip,
        request.marker,
        request.max_keys,
        lambda havip: request.vpc_id in {"", havip.vpc_id},
    )


@operation("GET /v1/havip/{haVipId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/0le5gd07h")
def get_ha_vip_detail(account: AccountRegion, request: GetHaVipDetailRequest) -> HaVipView:
    """Look at one HaVip."""
    return show_havip(account.get(HaVip, request.ha_vip_id))


@operation("PUT /v1/havip/{haVipId}?modifyAttribute", errors=[NoSuchObject])
def update_ha_vip(account: AccountRegion, request: UpdateHaVipRequest) -> None:
    """Rename a HaVip, or describe it anew."""
    havip = account.get(HaVip, request.ha_vip_id)
    if not request.name and request.description is None:
        raise BadRequest("name or description is needed")
    check_chinese_name(request.name or havip.name)
    check_description(request.description)
    havip.name = request.name or havip.name
    havip.desc = havip.desc if request.description is None else request.description


@operation("DELETE /v1/havip/{haVipId}", errors=[NoSuchObject, OperationDenied])
def delete_ha_vip(account: AccountRegion, request: HaVipRef) -> None:
    """Delete a HaVip that is bound to nothing, has no EIP, and to which no route leads."""
    havip = account.get(HaVip, request.ha_vip_id)
    if havip.members:
        raise OperationDenied(f"{havip.id} is bound to {', '.join(member.id for member in havip.members)}")
    if havip.public_ip:
        raise OperationDenied(f"{havip.public_ip} is bound to {havip.id}")
    if users := account.dependents(havip):
        raise OperationDenied(f"{havip.id} is used by {named(users)}")
    account.change(havip, "delete")
