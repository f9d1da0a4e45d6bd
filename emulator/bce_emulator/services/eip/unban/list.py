"""Show the addresses that are or were banned."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.eip.eip.resource import address_of
from bce_emulator.services.eip.unban.resource import Ban


class ListUnbanRequest(Model):
    """Whose records: those of one address, or all."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    ip: str = ""


class UnbanRecordView(TypedDict):
    """A record; ``protectType`` is 1 for the protection of a package, ``status`` 1 while the address is banned."""

    ip: str
    protectType: int
    startTime: str
    expectEndTime: str
    status: int


class ListUnbanResponse(Page):
    """One page of the records."""

    unbanRecords: list[UnbanRecordView]


@operation("GET /v1/unban/record", basis="client")
def list_unban(account: AccountRegion, request: ListUnbanRequest) -> ListUnbanResponse:
    """List the bans of addresses, newest first."""

    def show(ban: Ban) -> UnbanRecordView:
        return {
            "ip": address_of(account, ban.eip_id),
            "protectType": int(ban.by_package),
            "startTime": iso(ban.started),
            "expectEndTime": iso(ban.ends),
            "status": int(account.clock.now() < ban.ends),
        }

    def fits(ban: Ban) -> bool:
        return request.ip.lower() in {"", address_of(account, ban.eip_id)}

    return page(ListUnbanResponse, account, Ban, "unbanRecords", show, request.marker, request.max_keys, fits)
