"""Records of private zones: added, changed, paused, listed and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.localdns.record.resource import RECORD_QUOTA, TTL, Record
from bce_emulator.services.localdns.zone.names import is_domain, is_rr
from bce_emulator.services.localdns.zone.resource import PrivateZone
from bce_emulator.services.shared.regions import home_of
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.quotas import check_quota

RecordType = Literal["A", "AAAA", "CNAME", "TXT", "MX", "PTR", "SRV"]
MX, MAX_TEXT = "MX", 255
SRV = re.compile(r"(\d{1,5}) (\d{1,5}) (\d{1,5}) (\S+)")
ENABLED, PAUSED = "enable", "pause"


class RecordModel(Model):
    """What a name resolves to."""

    client_token: ClientToken = ""
    rr: str
    value: str
    type: RecordType
    ttl: Annotated[int, Field(ge=5, le=24 * 3600)] = TTL
    priority: Annotated[int, Field(ge=0, le=100)] | None = None
    description: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class AddRecordRequest(RecordModel):
    """The record, and the zone it comes into."""

    zone_id: str


class UpdateRecordRequest(RecordModel):
    """What the record says from now on."""

    record_id: str


class RecordRef(Model):
    """Which record."""

    client_token: ClientToken = ""
    record_id: str


class ListRecordRequest(Model):
    """Which records of a zone: those with this type, and with these texts in name and value."""

    zone_id: str
    marker: str = ""
    max_keys: int = MAX_KEYS
    rr: str = ""
    type: str = ""
    value: str = ""
    search_mode: str = ""


class AddRecordResponse(TypedDict):
    """The record that was added."""

    recordId: str


class RecordView(TypedDict):
    """A record."""

    recordId: str
    rr: str
    value: str
    status: str
    type: str
    ttl: int
    priority: int
    description: str


class ListRecordResponse(Page):
    """One page of the records."""

    records: list[RecordView]


@operation(
    "POST /v1/privatezone/{zoneId}/record",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, LimitExceeded],
    basis="client",
)
def add_record(account: AccountRegion, request: AddRecordRequest) -> AddRecordResponse:
    """Add a record to a zone."""
    home = home_of(account)
    zone = home.get(PrivateZone, request.zone_id)
    require_real_name(account)
    _check(home, zone, request)
    check_quota(home, RECORD_QUOTA, len(home.where(Record, "zone_id", zone.id)) + 1)
    zone.updated = account.clock.now()
    record = Record(
        id=home.new_id(Record),
        zone_id=zone.id,
        rr=request.rr,
        type=request.type,
        value=request.value,
        ttl=request.ttl,
        priority=request.priority or 0,
        desc=request.description,
    )
    return {"recordId": home.add(record).id}


@operation(
    "PUT /v1/privatezone/record/{recordId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/DNS/s/Dkk6lu5ds",
)
def update_record(account: AccountRegion, request: UpdateRecordRequest) -> None:
    """Change what a record says."""
    home = home_of(account)
    record = home.get(Record, request.record_id)
    zone = home.get(PrivateZone, record.zone_id)
    _check(home, zone, request, record)
    record.rr, record.type, record.value = request.rr, request.type, request.value
    record.ttl, record.priority, record.desc = request.ttl, request.priority or 0, request.description
    zone.updated = account.clock.now()


@operation("DELETE /v1/privatezone/record/{recordId}", errors=[NoSuchObject], basis="client")
def delete_record(account: AccountRegion, request: RecordRef) -> None:
    """Delete a record."""
    home = home_of(account)
    record = home.get(Record, request.record_id)
    home.get(PrivateZone, record.zone_id).updated = account.clock.now()
    home.remove(record)


@operation("PUT /v1/privatezone/record/{recordId}?enable", errors=[NoSuchObject], basis="client")
def enable_record(account: AccountRegion, request: RecordRef) -> None:
    """Have a record resolve again."""
    home_of(account).get(Record, request.record_id).enabled = True


@operation("PUT /v1/privatezone/record/{recordId}?disable", errors=[NoSuchObject], basis="client")
def disable_record(account: AccountRegion, request: RecordRef) -> None:
    """Pause a record."""
    home_of(account).get(Record, request.record_id).enabled = False


@operation(
    "GET /v1/privatezone/{zoneId}/record", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/DNS/s/Ckk6m3d7a"
)
def list_record(account: AccountRegion, request: ListRecordRequest) -> ListRecordResponse:
    """List the records of a zone, newest first."""
    home = home_of(account)
    zone = home.get(PrivateZone, request.zone_id)
    mode = request.search_mode.lower() or "like"
    if mode not in {"like", "exact"}:
        raise BadRequest("searchMode is like or exact")

    def fits(wanted: str, text: str) -> bool:
        return not wanted or (wanted == text if mode == "exact" else wanted in text)

    def where(record: Record) -> bool:
        same_type = request.type in {"", record.type}
        return same_type and fits(request.rr, record.rr) and fits(request.value, record.value)

    return page(
        ListRecordResponse,
        home,
        Record,
        "records",
        _show,
        request.marker,
        request.max_keys,
        where=where,
        of=("zone_id", zone.id),
    )


def _check(home: AccountRegion, zone: PrivateZone, request: RecordModel, changed: Record | None = None) -> None:
    if not is_rr(request.rr, zone.name):
        raise BadRequest("rr is @, * or a name of labels")
    if not CHECKS[request.type](request.value):
        raise BadRequest(f"value is none of a record of the type {request.type}")
    if request.type == MX and request.priority is None:
        raise BadRequest("a record of the type MX has a priority")
    said = (request.rr, request.type, request.value)
    for record in home.where(Record, "zone_id", zone.id):
        if record is not changed and (record.rr, record.type, record.value) == said:
            raise OperationDenied(f"{record.id} says the same")


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _is_text(text: str) -> bool:
    return 1 <= len(text) <= MAX_TEXT


def _is_srv(text: str) -> bool:
    found = SRV.fullmatch(text)
    return found is not None and max(map(int, found.groups()[:3])) <= 65_535 and is_domain(found[4])


CHECKS: dict[str, Callable[[str], bool]] = {
    "A": _is_ipv4,
    "AAAA": _is_ipv6,
    "CNAME": is_domain,
    "TXT": _is_text,
    MX: is_domain,
    "PTR": is_domain,
    "SRV": _is_srv,
}


def _show(record: Record) -> RecordView:
    return {
        "recordId": record.id,
        "rr": record.rr,
        "value": record.value,
        "status": ENABLED if record.enabled else PAUSED,
        "type": record.type,
        "ttl": record.ttl,
        "priority": record.priority,
        "description": record.desc,
    }
