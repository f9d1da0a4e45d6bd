"""Private zones: made, bound to VPCs of any region, listed and deleted."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.localdns.record.resource import Record
from bce_emulator.services.localdns.zone.names import MAX_ZONE, is_domain
from bce_emulator.services.localdns.zone.resource import ZONE_QUOTA, BoundVpc, PrivateZone
from bce_emulator.services.shared.regions import home_of, region_named, region_names
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.vpc.resource import Vpc


class CreatePrivateZoneRequest(Model):
    """The domain."""

    client_token: ClientToken = ""
    zone_name: str


class ListPrivateZoneRequest(Model):
    """Which page."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class GetPrivateZoneRequest(Model):
    """Which zone."""

    zone_id: str


class DeletePrivateZoneRequest(Model):
    """Which zone to delete."""

    client_token: ClientToken = ""
    zone_id: str


class BindVpcRequest(Model):
    """In which VPCs of a region a zone is to be resolved."""

    client_token: ClientToken = ""
    zone_id: str
    region: str
    vpc_ids: tuple[str, ...]


class UnbindVpcRequest(BindVpcRequest):
    """In which VPCs of a region a zone is no longer to be resolved."""


class CreatePrivateZoneResponse(TypedDict):
    """The zone that was made."""

    zoneId: str


class ZoneView(TypedDict):
    """A zone in a list."""

    zoneId: str
    zoneName: str
    recordCount: int
    createTime: str
    updateTime: str


class BoundVpcView(TypedDict):
    """A VPC in which a zone is resolved."""

    vpcId: str
    vpcName: str
    vpcRegion: str


class GetPrivateZoneResponse(ZoneView):
    """One zone, and its VPCs."""

    bindVpcs: list[BoundVpcView]


class ListPrivateZoneResponse(Page):
    """One page of the zones."""

    zones: list[ZoneView]


@operation(
    "POST /v1/privatezone",
    errors=[QualifyNotPass, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/DNS/s/jkk6kkh7x",
)
def create_private_zone(account: AccountRegion, request: CreatePrivateZoneRequest) -> CreatePrivateZoneResponse:
    """Make a private zone."""
    home = home_of(account)
    require_real_name(account)
    if not is_domain(request.zone_name, MAX_ZONE):
        raise BadRequest(f"zoneName is a domain of 2 to {MAX_ZONE} characters")
    name = request.zone_name.lower()
    if home.find_by(PrivateZone, "name", name):
        raise OperationDenied(f"there is a zone {name}")
    check_quota(home, ZONE_QUOTA, len(home.collection(PrivateZone)) + 1)
    zone = PrivateZone(id=home.new_id(PrivateZone), name=name, updated=account.clock.now())
    return {"zoneId": home.add(zone).id}


@operation("GET /v1/privatezone", doc="https://cloud.baidu.com/doc/DNS/s/Bkk6l42dl")
def list_private_zone(account: AccountRegion, request: ListPrivateZoneRequest) -> ListPrivateZoneResponse:
    """List the private zones, newest first."""
    home = home_of(account)
    return page(
        ListPrivateZoneResponse,
        home,
        PrivateZone,
        "zones",
        lambda zone: _show(home, zone),
        request.marker,
        request.max_keys,
    )


@operation("GET /v1/privatezone/{zoneId}", errors=[NoSuchObject], basis="client")
def get_private_zone(account: AccountRegion, request: GetPrivateZoneRequest) -> GetPrivateZoneResponse:
    """Show one private zone with its VPCs."""
    home = home_of(account)
    zone = home.get(PrivateZone, request.zone_id)
    vpcs: list[BoundVpcView] = [
        {"vpcId": each.vpc_id, "vpcName": vpc.name if vpc else "", "vpcRegion": each.region}
        for each in zone.vpcs
        for vpc in [account.in_region(each.region).find(Vpc, each.vpc_id)]
    ]
    return {**_show(home, zone), "bindVpcs": vpcs}


@operation(
    "DELETE /v1/privatezone/{zoneId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/DNS/s/Kkk6kpur9",
)
def delete_private_zone(account: AccountRegion, request: DeletePrivateZoneRequest) -> None:
    """Delete a private zone that no VPC has, with its records."""
    home = home_of(account)
    zone = home.get(PrivateZone, request.zone_id)
    if zone.vpcs:
        raise OperationDenied(f"the zone is bound to {zone.vpcs[0].vpc_id}")
    home.remove(zone)


@operation("PUT /v1/privatezone/{zoneId}?bind", errors=[NoSuchObject, OperationDenied], basis="client")
def bind_vpc(account: AccountRegion, request: BindVpcRequest) -> None:
    """Have a zone resolved in VPCs, all or none."""
    zone, named = _named(account, request)
    for each in named:
        account.in_region(each.region).get(Vpc, each.vpc_id)
    if set(named) & set(zone.vpcs):
        raise OperationDenied("the zone is bound to one of the VPCs already")
    _bind(account, zone, (*zone.vpcs, *named))


@operation(
    "PUT /v1/privatezone/{zoneId}?unbind", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/DNS/s/Dkk6lkyy1"
)
def unbind_vpc(account: AccountRegion, request: UnbindVpcRequest) -> None:
    """Have a zone no longer resolved in VPCs, all or none."""
    zone, named = _named(account, request)
    if not set(named) <= set(zone.vpcs):
        raise NoSuchObject("the zone is not bound to one of the VPCs")
    _bind(account, zone, tuple(each for each in zone.vpcs if each not in named))


def _named(account: AccountRegion, request: BindVpcRequest) -> tuple[PrivateZone, tuple[BoundVpc, ...]]:
    zone = home_of(account).get(PrivateZone, request.zone_id)
    region = region_named(request.region)
    if region is None:
        raise BadRequest(f"region is one of {region_names()}")
    if not request.vpc_ids:
        raise BadRequest("vpcIds has one id at least")
    return zone, tuple(BoundVpc(region, vpc_id) for vpc_id in dict.fromkeys(request.vpc_ids))


def _bind(account: AccountRegion, zone: PrivateZone, vpcs: tuple[BoundVpc, ...]) -> None:
    zone.vpcs, zone.updated = vpcs, account.clock.now()


@when_gone(Vpc)
def forget_vpc(account: AccountRegion, vpc: Vpc) -> None:
    """A zone is no longer bound to a VPC that is gone."""
    for zone in home_of(account).all(PrivateZone):
        if gone := [each for each in zone.vpcs if each == BoundVpc(account.region, vpc.id)]:
            _bind(account, zone, tuple(each for each in zone.vpcs if each not in gone))


def _show(home: AccountRegion, zone: PrivateZone) -> ZoneView:
    return {
        "zoneId": zone.id,
        "zoneName": zone.name,
        "recordCount": len(home.where(Record, "zone_id", zone.id)),
        "createTime": iso(zone.created),
        "updateTime": iso(zone.updated),
    }
