"""Change bandwidth packages, and give them back."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.eip.bandwidth_package.create import PackageId, check_package_bandwidth, release_moment
from bce_emulator.services.eip.bandwidth_package.list import target_of
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.payment import check_name

ERRORS = [NoSuchObject]


class ChangePackageRequest(Model):
    """Which package."""

    client_token: ClientToken = ""
    id: str


class ResizeEipBpBandwidthRequest(ChangePackageRequest):
    """The bandwidth of the package from now on."""

    bandwidth_in_mbps: int


class UpdateEipBpNameRequest(ChangePackageRequest):
    """What the package is called from now on."""

    name: str


class UpdateEipBpAutoReleaseTimeRequest(ChangePackageRequest):
    """When the package is to be released."""

    auto_release_time: str


@operation("PUT /v1/eipbp/{id}?resize", errors=ERRORS, basis="client")
def resize_eip_bp_bandwidth(account: AccountRegion, request: ResizeEipBpBandwidthRequest) -> PackageId:
    """Give a package another bandwidth."""
    package = account.get(BandwidthPackage, request.id)
    check_package_bandwidth(target_of(account, package), package.type, request.bandwidth_in_mbps)
    package.bandwidth = request.bandwidth_in_mbps
    return {"id": package.id}


@operation("PUT /v1/eipbp/{id}?rename", errors=ERRORS, basis="client")
def update_eip_bp_name(account: AccountRegion, request: UpdateEipBpNameRequest) -> PackageId:
    """Rename a package."""
    if not request.name:
        raise BadRequest("name is empty")
    check_name(request.name)
    package = account.get(BandwidthPackage, request.id)
    package.name = request.name
    return {"id": package.id}


@operation("PUT /v1/eipbp/{id}?retime", errors=ERRORS, basis="client")
def update_eip_bp_auto_release_time(account: AccountRegion, request: UpdateEipBpAutoReleaseTimeRequest) -> PackageId:
    """Set the time at which a package is released."""
    package = account.get(BandwidthPackage, request.id)
    package.releases = release_moment(account, target_of(account, package), request.auto_release_time)
    account.schedule(package, "release", package.releases)
    return {"id": package.id}


@operation("DELETE /v1/eipbp/{id}", errors=ERRORS, basis="client")
def release_eip_bp(account: AccountRegion, request: ChangePackageRequest) -> PackageId:
    """Release a package."""
    package = account.get(BandwidthPackage, request.id)
    account.remove(package)
    return {"id": package.id}
