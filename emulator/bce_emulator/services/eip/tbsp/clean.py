"""Cleaning of the traffic of protected EIPs: threshold, level, off and on."""

from __future__ import annotations

from typing import Annotated

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import IN_QUERY, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.resource import Eip, address_of
from bce_emulator.services.eip.tbsp.protected import ProtectedRef, changeable
from bce_emulator.services.eip.tbsp.resource import ProtectedEip, Tbsp
from bce_emulator.services.eip.threshold import threshold_of

MAX_MBPS = 10_000
OFF_MINUTES = range(30, 7_201)
LEVELS = range(1, 4)
"""Lenient, moderate, strict."""
ERRORS = [NoSuchObject, OperationDenied]


class ListTbspIpCleanRequest(Model):
    """Which package, and a part of the address."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str
    ip: str = ""


class ModifyTbspIpCleanThresholdRequest(ProtectedRef):
    """The threshold above which its traffic is cleaned."""

    threshold_type: str = ""
    clean_mbps: int = 0
    clean_pps: int = 0


class DisableTbspIpCleanRequest(ProtectedRef):
    """For how many minutes cleaning is off."""

    turn_off_duration: int = 0


class EnableTbspIpCleanRequest(ProtectedRef):
    """Which EIP, named in the query."""

    ip: Annotated[str, IN_QUERY] = ""


class ModifyTbspIpProtectLevelRequest(ProtectedRef):
    """The protection level."""

    protect_level: int = 0


class IpCleanView(TypedDict):
    """The cleaning of an EIP; the last two are empty while it is on."""

    ip: str
    eipName: str
    eipId: str
    thresholdType: str
    ipCleanMbps: int
    ipCleanPps: int
    protectLevel: str
    turnOffBeginTime: str
    turnOffEndTime: str


class ListTbspIpCleanResponse(Page):
    """One page of the EIPs of a package."""

    ipCleanList: list[IpCleanView]


@operation("GET /v1/tbsp/{id}/ipClean", errors=[NoSuchObject], basis="client")
def list_tbsp_ip_clean(account: AccountRegion, request: ListTbspIpCleanRequest) -> ListTbspIpCleanResponse:
    """List the cleaning of a package's EIPs, the last one bound first."""
    tbsp = account.get(Tbsp, request.id)

    def fits(protected: ProtectedEip) -> bool:
        address = address_of(account, protected.eip_id)
        return protected.tbsp_id == tbsp.id and address != "" and request.ip.lower() in address

    def show(protected: ProtectedEip) -> IpCleanView:
        eip = account.get(Eip, protected.eip_id)
        return {
            "ip": eip.address,
            "eipName": eip.name,
            "eipId": eip.id,
            "thresholdType": protected.threshold.type,
            "ipCleanMbps": protected.threshold.mbps,
            "ipCleanPps": protected.threshold.pps,
            "protectLevel": str(protected.level),
            "turnOffBeginTime": "" if protected.off_since is None else iso(protected.off_since),
            "turnOffEndTime": "" if protected.off_until is None else iso(protected.off_until),
        }

    return page(
        ListTbspIpCleanResponse, account, ProtectedEip, "ipCleanList", show, request.marker, request.max_keys, fits
    )


@operation("PUT /v1/tbsp/{id}/ipClean?modifyThreshold", errors=ERRORS, basis="client")
def modify_tbsp_ip_clean_threshold(account: AccountRegion, request: ModifyTbspIpCleanThresholdRequest) -> None:
    """Set the threshold above which the traffic of a protected EIP is cleaned."""
    threshold = threshold_of(request.threshold_type, request.clean_mbps, request.clean_pps, MAX_MBPS)
    changeable(account, request).threshold = threshold


@operation("PUT /v1/tbsp/{id}/ipClean?turnOffClean", errors=ERRORS, basis="client")
def disable_tbsp_ip_clean(account: AccountRegion, request: DisableTbspIpCleanRequest) -> None:
    """Turn cleaning of a protected EIP off for a while."""
    if request.turn_off_duration not in OFF_MINUTES:
        raise BadRequest(f"turnOffDuration is {OFF_MINUTES[0]} to {OFF_MINUTES[-1]} minutes")
    protected = changeable(account, request)
    if protected.off_until is not None:
        raise OperationDenied(f"cleaning of {request.ip} is off already")
    protected.off_since = account.clock.now()
    protected.off_until = protected.off_since + request.turn_off_duration * 60
    account.schedule(protected, "clean_again", protected.off_until)


@operation("PUT /v1/tbsp/{id}/ipClean?turnOnClean", errors=ERRORS, basis="client")
def enable_tbsp_ip_clean(account: AccountRegion, request: EnableTbspIpCleanRequest) -> None:
    """Turn cleaning of a protected EIP on again."""
    protected = changeable(account, request)
    if protected.off_until is None:
        raise OperationDenied(f"cleaning of {request.ip} is on")
    account.schedule(protected, "clean_again", None)
    clean_again(account, protected)


@operation("PUT /v1/tbsp/{id}/ipProtectLevel", errors=ERRORS, basis="client")
def modify_tbsp_ip_protect_level(account: AccountRegion, request: ModifyTbspIpProtectLevelRequest) -> None:
    """Set the protection level of a protected EIP."""
    if request.protect_level not in LEVELS:
        raise BadRequest("protectLevel is 1, 2 or 3")
    changeable(account, request).level = request.protect_level


@on_timer(ProtectedEip, "clean_again")
def clean_again(_account: AccountRegion, protected: ProtectedEip) -> None:
    """Turn cleaning on again."""
    protected.off_since = protected.off_until = None
