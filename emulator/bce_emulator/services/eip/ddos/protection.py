"""Basic protection: the status of each EIP, the threshold above which its traffic is cleaned, and its attacks."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.ddos.resource import Attack
from bce_emulator.services.eip.ddos.status import protection_status
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.lifecycle import RECYCLED
from bce_emulator.services.eip.eip.resource import Eip, eip_of
from bce_emulator.services.eip.payment import IpVersion
from bce_emulator.services.eip.threshold import threshold_of
from bce_emulator.services.shared.times import moment_of

MAX_IPS = 1_000
MAX_MBPS = 5_000
"""The largest threshold, and the most that basic protection withstands."""


class ListBaseDdosRequest(Model):
    """Which addresses to look at, or all of a version."""

    ips: tuple[str, ...] = ()
    type: IpVersion = "ipv4"
    marker: str = ""
    max_keys: int = MAX_KEYS


class UpdateBaseDdosThresholdRequest(Model):
    """The threshold above which the traffic of an address is cleaned."""

    client_token: ClientToken = ""
    ip: str
    threshold_type: str
    ip_clean_mbps: int = 0
    ip_clean_pps: int = 0


class ListBaseDdosAttackRecordRequest(Model):
    """Which address, and the earliest start of an attack."""

    ip: str
    start_time: str = ""
    marker: str = ""
    max_keys: int = MAX_KEYS


class DdosView(TypedDict):
    """The protection of an EIP, and what it is bound to."""

    ip: str
    status: str
    bindInstanceType: str
    bindInstanceId: str
    ipCleanMbps: int
    ipCleanPps: int
    thresholdType: str
    maximumThreshold: int


class ListBaseDdosResponse(Page):
    """One page of the EIPs."""

    ddosList: list[DdosView]


class AttackRecordView(TypedDict):
    """An attack; one that is under way has no end."""

    ip: str
    startTime: str
    endTime: str
    attackType: list[str]
    attackPeakMbps: int
    attackPeakPps: int
    attackPeakQps: int
    attackStatus: str


class ListBaseDdosAttackRecordResponse(Page):
    """One page of the attacks."""

    attackRecordList: list[AttackRecordView]


@operation("GET /v1/ddos", basis="client")
def list_base_ddos(account: AccountRegion, request: ListBaseDdosRequest) -> ListBaseDdosResponse:
    """List the basic protection of the EIPs, newest first."""
    if len(request.ips) > MAX_IPS:
        raise BadRequest(f"ips are at most {MAX_IPS}")
    wanted = {ip.lower() for ip in request.ips}

    def fits(eip: Eip) -> bool:
        return request.type == eip.ip_version and eip.state != RECYCLED and (not wanted or eip.address in wanted)

    def show(eip: Eip) -> DdosView:
        return {
            "ip": eip.address,
            "status": protection_status(account, eip),
            "bindInstanceType": eip.instance_type,
            "bindInstanceId": eip.instance_id,
            "ipCleanMbps": eip.threshold.mbps,
            "ipCleanPps": eip.threshold.pps,
            "thresholdType": eip.threshold.type,
            "maximumThreshold": MAX_MBPS,
        }

    return page(ListBaseDdosResponse, account, Eip, "ddosList", show, request.marker, request.max_keys, fits)


@operation("PUT /v1/ddos/{ip}?modifyThreshold", errors=[EipNotFound], basis="client")
def update_base_ddos_threshold(account: AccountRegion, request: UpdateBaseDdosThresholdRequest) -> None:
    """Set the threshold above which the traffic of an EIP is cleaned."""
    threshold = threshold_of(request.threshold_type, request.ip_clean_mbps, request.ip_clean_pps, MAX_MBPS)
    eip_of(account, request.ip).threshold = threshold


@operation("GET /v1/ddos/{ip}/record", errors=[EipNotFound], basis="client")
def list_base_ddos_attack_record(
    account: AccountRegion, request: ListBaseDdosAttackRecordRequest
) -> ListBaseDdosAttackRecordResponse:
    """List the attacks on an EIP that began at a time or later, newest first."""
    since = moment_of("startTime", request.start_time)
    eip = eip_of(account, request.ip)
    now = account.clock.now()

    def fits(attack: Attack) -> bool:
        return attack.eip_id == eip.id and attack.started >= since

    def show(attack: Attack) -> AttackRecordView:
        is_under_way = attack.is_under_way(now)
        return {
            "ip": eip.address,
            "startTime": iso(attack.started),
            "endTime": "" if is_under_way or attack.ended is None else iso(attack.ended),
            "attackType": list(attack.types),
            "attackPeakMbps": attack.peak_mbps,
            "attackPeakPps": attack.peak_pps,
            "attackPeakQps": attack.peak_qps,
            "attackStatus": "underway" if is_under_way else "ended",
        }

    return page(
        ListBaseDdosAttackRecordResponse,
        account,
        Attack,
        "attackRecordList",
        show,
        request.marker,
        request.max_keys,
        fits,
    )
