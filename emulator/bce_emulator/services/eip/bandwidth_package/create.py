"""Buy bandwidth packages, and ask what one costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.eip.bandwidth_package.resource import ACCELERATION, BANDWIDTH, BandwidthPackage
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.resource import Eip, eip_of
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.eip.payment import Payment, check_name, check_tags
from bce_emulator.services.eip.prices import prices_of
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.times import moment_of

PackageType = Literal["BandwidthPackage", "AccelerationPackage"]
MAX_TOTAL = 200
"""So many Mbps a package and what it is for have together at most."""
ACCELERATED = frozenset({"hkg", "sin"})
"""The regions with acceleration packages."""


class CreateEipBpRequest(Model):
    """How much more bandwidth for which EIP or shared bandwidth, and until when."""

    client_token: ClientToken = ""
    name: str = ""
    eip: str = ""
    eip_group_id: str = ""
    bandwidth_in_mbps: int
    type: PackageType = "BandwidthPackage"
    auto_release_time: str = ""
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""


class BandwidthPackageInquiryRequest(Model):
    """How many packages of which bandwidth."""

    bandwidth_in_mbps: Annotated[int, Field(ge=1, le=MAX_TOTAL)]
    count: Annotated[int, Field(ge=1, le=100)] = 1
    type: PackageType = "BandwidthPackage"


class PackageId(TypedDict):
    """Which package."""

    id: str


class BandwidthPackageInquiryResponse(TypedDict):
    """The price by what is charged for."""

    prices: dict[str, str]


@operation(
    "POST /v1/eipbp",
    errors=[QualifyNotPass, EipNotFound, NoSuchObject, OperationDenied],
    doc="https://intl.cloud.baidu.com/en/doc/EIP/s/mk0m4ecrk-intl-en",
)
def create_eip_bp(account: AccountRegion, request: CreateEipBpRequest) -> PackageId:
    """Buy more bandwidth for an EIP or a shared bandwidth; if both are named, the EIP counts."""
    check_name(request.name)
    check_tags(request.tags)
    if not request.eip and not request.eip_group_id:
        raise BadRequest("eip or eipGroupId is needed")
    if request.type == ACCELERATION and account.region not in ACCELERATED:
        raise BadRequest(f"there are acceleration packages in {', '.join(sorted(ACCELERATED))} only")
    require_real_name(account)
    target = eip_of(account, request.eip) if request.eip else account.get(EipGroup, request.eip_group_id)
    check_package_bandwidth(target, request.type, request.bandwidth_in_mbps)
    releases = release_moment(account, target, request.auto_release_time) if request.auto_release_time else None
    account.check(target, "add_package" if isinstance(target, Eip) else "change")
    if isinstance(target, Eip) and target.group_id:
        raise OperationDenied(f"{target.address} is in the group {target.group_id}")
    if any(each.type == request.type for each in account.where(BandwidthPackage, "target_id", target.id)):
        raise OperationDenied(f"{target.id} has a package of this type")
    package = account.add(
        BandwidthPackage(
            id=account.new_id(BandwidthPackage),
            name=request.name or f"EIP_BP{round(account.clock.now() * 1000)}",
            target_id=target.id,
            type=request.type,
            bandwidth=request.bandwidth_in_mbps,
            releases=releases,
            tags=tags_of(request.tags),
        )
    )
    account.schedule(package, "release", releases)
    return {"id": package.id}


@operation("POST /v1/eipbp/price", basis="client")
def bandwidth_package_inquiry(
    _account: AccountRegion, request: BandwidthPackageInquiryRequest
) -> BandwidthPackageInquiryResponse:
    """Show the price of packages; the figures are invented."""
    return {"prices": prices_of(Payment("Postpaid", "ByBandwidth"), request.bandwidth_in_mbps, request.count)}


def check_package_bandwidth(target: Eip | EipGroup, type_: str, wanted: int) -> None:
    """Refuse a bandwidth that a package for this target cannot have."""
    most = MAX_TOTAL - target.bandwidth if type_ == BANDWIDTH else target.bandwidth
    if not 1 <= wanted <= most:
        raise BadRequest(f"bandwidthInMbps is 1 to {max(0, most)} for {target.id}")


def check_bandwidth_beside_packages(account: AccountRegion, target: Eip | EipGroup, wanted: int) -> None:
    """Refuse a bandwidth that what has packages cannot have beside them."""
    for package in account.where(BandwidthPackage, "target_id", target.id):
        if package.type == BANDWIDTH and wanted + package.bandwidth > MAX_TOTAL:
            raise BadRequest(
                f"with the package {package.id} of {package.bandwidth} Mbps it is at most {MAX_TOTAL} Mbps"
            )
        if package.type == ACCELERATION and wanted < package.bandwidth:
            raise BadRequest(f"the package {package.id} has {package.bandwidth} Mbps, and not more than what it is for")


def release_moment(account: AccountRegion, target: Eip | EipGroup, text: str) -> float:
    """When a package is to be released: in the future, and not after what it is for."""
    moment = moment_of("autoReleaseTime", text)
    if moment <= account.clock.now() or (target.expires is not None and moment > target.expires):
        raise BadRequest("autoReleaseTime is in the future, and not after the end of what the package is for")
    return moment


@on_timer(BandwidthPackage, "release")
def release_on_time(account: AccountRegion, package: BandwidthPackage) -> None:
    """Release a package when its time has come."""
    account.remove(package)
