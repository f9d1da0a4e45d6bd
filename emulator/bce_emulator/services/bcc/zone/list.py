"""Regions and zones."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.bcc import PRODUCT, offerings
from bce_emulator.services.bcc.instance.creation.create import LEGACY_TYPES
from bce_emulator.services.shared.regions import DescribeRegionsResponse, regions_named, zones


class DescribeRegionsRequest(Model):
    """Which region to show; all of them if none is named."""

    client_token: ClientToken = ""
    region: str = ""


class GetZoneBySpecRequest(Model):
    """What the zones are to have on offer; every member that is given is to hold."""

    spec: str = ""
    spec_id: str = ""
    instance_type: str = ""
    product_type: str = ""


class ZoneView(TypedDict):
    """A zone."""

    zoneName: str


class ListZonesResponse(TypedDict):
    """The zones of the region."""

    zones: list[ZoneView]


class GetZoneBySpecResponse(TypedDict):
    """The zones that have a spec on offer."""

    zoneNames: list[str]


@operation("GET /v2/zone", doc="https://cloud.baidu.com/doc/BCC/s/ijwvyo9im")
def list_zones(account: AccountRegion) -> ListZonesResponse:
    """List the zones of the region."""
    return {"zones": [{"zoneName": zone} for zone in zones(account.region)]}


@operation("GET /v1/instance/flavorZones", doc="https://cloud.baidu.com/doc/BCC/s/6lftfeoyl")
def get_zone_by_spec(account: AccountRegion, request: GetZoneBySpecRequest) -> GetZoneBySpecResponse:
    """List the zones that have a spec on offer; ebc and ehc specs are not looked for."""
    found = request.instance_type in {"", *LEGACY_TYPES} and any(
        spec.product == "bcc" and request.spec in {"", spec.spec} and request.spec_id in {"", spec.spec_id}
        for spec in offerings.specs().values()
    )
    return {"zoneNames": list(zones(account.region)) if found else []}


@operation(
    "POST /v2/region/describeRegions",
    errors=[OperationDenied],
    basis="client",
)
def describe_regions(_account: AccountRegion, request: DescribeRegionsRequest) -> DescribeRegionsResponse:
    """List the regions and where each is reached; the code of the refusal is proposed."""
    return regions_named(request.region, PRODUCT.hosts[0])
