"""Show one of the bandwidth packages, and list those that fit some filters."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.eip.bandwidth_package.create import PackageType
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.shared.tags import TagView, show_tags


class ListEipBpRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str = ""
    name: str = ""
    bind_type: Literal["eip", "eipgroup"] | None = None
    type: PackageType | None = None


class PackageRef(Model):
    """Which package."""

    id: str


class EipBpView(TypedDict):
    """A package, and what it is for: the id of an EIP or of a shared bandwidth, with its addresses."""

    name: str
    id: str
    bindType: str
    bandwidthInMbps: int
    instanceId: str
    eips: list[str]
    createTime: str
    autoReleaseTime: str
    type: str
    region: str


class EipBpDetailView(EipBpView):
    """The same with the bandwidth of what the package is for."""

    instanceBandwidthInMbps: int
    tags: list[TagView]


class ListEipBpResponse(Page):
    """One page of the packages."""

    bpList: list[EipBpView]


@operation("GET /v1/eipbp", doc="https://intl.cloud.baidu.com/en/doc/EIP/s/Lk0m4n7yr-intl-en")
def list_eip_bp(account: AccountRegion, request: ListEipBpRequest) -> ListEipBpResponse:
    """List the bandwidth packages that fit all filters, newest first."""

    def fits(package: BandwidthPackage) -> bool:
        return (
            request.id in {"", package.id}
            and request.name in package.name
            and request.type in {None, package.type}
            and request.bind_type in {None, "eip" if account.find(Eip, package.target_id) else "eipgroup"}
        )

    return page(
        ListEipBpResponse,
        account,
        BandwidthPackage,
        "bpList",
        lambda package: _show(account, package, target_of(account, package)),
        request.marker,
        request.max_keys,
        fits,
    )


@operation("GET /v1/eipbp/{id}", errors=[NoSuchObject], basis="client")
def get_eip_bp(account: AccountRegion, request: PackageRef) -> EipBpDetailView:
    """Show one bandwidth package."""
    package = account.get(BandwidthPackage, request.id)
    target = target_of(account, package)
    return {
        **_show(account, package, target),
        "instanceBandwidthInMbps": target.bandwidth,
        "tags": show_tags(package.tags),
    }


def target_of(account: AccountRegion, package: BandwidthPackage) -> Eip | EipGroup:
    """What a package is for."""
    return account.find(Eip, package.target_id) or account.get(EipGroup, package.target_id)


def _show(account: AccountRegion, package: BandwidthPackage, target: Eip | EipGroup) -> EipBpView:
    eips = [target] if isinstance(target, Eip) else account.where(Eip, "group_id", target.id)
    end = target.expires if package.releases is None else package.releases
    return {
        "name": package.name,
        "id": package.id,
        "bindType": "eip" if isinstance(target, Eip) else "eipgroup",
        "bandwidthInMbps": package.bandwidth,
        "instanceId": package.target_id,
        "eips": [eip.address for eip in eips],
        "createTime": iso(package.created),
        "autoReleaseTime": "" if end is None else iso(end),
        "type": package.type,
        "region": account.region,
    }
