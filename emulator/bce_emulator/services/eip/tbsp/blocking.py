"""Block traffic to protected EIPs by area or protocol."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.resource import address_of
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.eip.tbsp.protected import ProtectedRef, changeable, protected_of
from bce_emulator.services.eip.tbsp.resource import AreaBlock, ProtectedEip, ProtocolBlock, Tbsp

FIXED, BY_SYSTEM = "fixedDuration", "systemDetermines"
AREA = "overseas"
"""What is blocked: everything outside the mainland."""
BLOCK_MINUTES = range(30, 1_441)
PORTS = range(1, 65_536)
ERRORS = [NoSuchObject, OperationDenied]


class ListBlockingRequest(Model):
    """Which package, and a part of the address."""

    id: str
    ip: str = ""


class AddTbspAreaBlockingRequest(ProtectedRef):
    """The type of the block, and for a fixed one its minutes."""

    block_time: int = 0
    block_type: str = FIXED


class RemoveTbspAreaBlockingRequest(ProtectedRef):
    """Which of two blocks, if there are two."""

    block_type: str = ""


class ProtocolPort(Model):
    """A protocol and its ports."""

    type: str = ""
    port_begin: int = 0
    port_end: int = 0


class AddTbspProtocolBlockingRequest(ProtectedRef):
    """Protocols and their ports."""

    protocol_port_list: tuple[ProtocolPort, ...] = ()


class AreaBlockingView(TypedDict):
    """A block of an area; one that the system ends has no end."""

    ip: str
    blockArea: str
    blockBeginTime: str
    blockEndTime: str
    blockType: str


class ListTbspAreaBlockingResponse(TypedDict):
    """The blocks of areas of a package."""

    id: str
    areaBlockingList: list[AreaBlockingView]


class ProtocolPortView(TypedDict):
    """A blocked protocol with its ports, 0 where it has none."""

    type: str
    portBegin: int
    portEnd: int


class ProtocolBlockingView(TypedDict):
    """The blocked protocols of an EIP."""

    ip: str
    protocolPortList: list[ProtocolPortView]


class ListTbspProtocolBlockingResponse(TypedDict):
    """The blocked protocols of a package's EIPs."""

    id: str
    protocolBlockingList: list[ProtocolBlockingView]


@operation("GET /v1/tbsp/{id}/areaBlocking", errors=[NoSuchObject], basis="client")
def list_tbsp_area_blocking(account: AccountRegion, request: ListBlockingRequest) -> ListTbspAreaBlockingResponse:
    """List the area blocks of a package's EIPs."""
    found = _chosen(account, request)
    return {
        "id": request.id,
        "areaBlockingList": [
            {
                "ip": address_of(account, protected.eip_id),
                "blockArea": AREA,
                "blockBeginTime": iso(block.begins),
                "blockEndTime": "" if block.ends is None else iso(block.ends),
                "blockType": block.type,
            }
            for protected in found
            for block in protected.area_blocks
        ],
    }


@operation("POST /v1/tbsp/{id}/areaBlocking", errors=ERRORS, basis="client")
def add_tbsp_area_blocking(account: AccountRegion, request: AddTbspAreaBlockingRequest) -> None:
    """Block traffic to a protected EIP from other areas."""
    type_ = spelled(request.block_type or FIXED, (FIXED, BY_SYSTEM), "blockType")
    if type_ == FIXED and request.block_time not in BLOCK_MINUTES:
        raise BadRequest(f"blockTime is {BLOCK_MINUTES[0]} to {BLOCK_MINUTES[-1]} minutes")
    protected = changeable(account, request)
    if any(block.type == type_ for block in protected.area_blocks):
        raise OperationDenied(f"{request.ip} has such a block already")
    now = account.clock.now()
    ends = now + request.block_time * 60 if type_ == FIXED else None
    protected.area_blocks = (*protected.area_blocks, AreaBlock(type_, now, ends))
    if ends is not None:
        account.schedule(protected, "end_block", ends)


@operation("DELETE /v1/tbsp/{id}/areaBlocking", errors=ERRORS, basis="client")
def remove_tbsp_area_blocking(account: AccountRegion, request: RemoveTbspAreaBlockingRequest) -> None:
    """Remove an area block: the one that is named, the only one, or of two the one for a fixed time."""
    wanted = spelled(request.block_type, (FIXED, BY_SYSTEM), "blockType") if request.block_type else ""
    protected = changeable(account, request)
    types = [block.type for block in protected.area_blocks]
    type_ = wanted or (types[0] if len(types) == 1 else FIXED)
    if type_ not in types:
        raise NoSuchObject(f"{request.ip} has no such block")
    _end_block(account, protected, type_)


@operation("GET /v1/tbsp/{id}/protocolBlocking", errors=[NoSuchObject], basis="client")
def list_tbsp_protocol_blocking(
    account: AccountRegion, request: ListBlockingRequest
) -> ListTbspProtocolBlockingResponse:
    """List the blocked protocols of a package's EIPs."""
    return {
        "id": request.id,
        "protocolBlockingList": [
            {
                "ip": address_of(account, protected.eip_id),
                "protocolPortList": [
                    {"type": block.protocol, "portBegin": block.first_port, "portEnd": block.last_port}
                    for block in protected.protocol_blocks
                ],
            }
            for protected in _chosen(account, request)
            if protected.protocol_blocks
        ],
    }


@operation("POST /v1/tbsp/{id}/protocolBlocking", errors=ERRORS, basis="client")
def add_tbsp_protocol_blocking(account: AccountRegion, request: AddTbspProtocolBlockingRequest) -> None:
    """Block protocols of a protected EIP, all or none."""
    blocks = tuple(map(_protocol_block, request.protocol_port_list))
    if not blocks or len(set(blocks)) < len(blocks):
        raise BadRequest("protocolPortList names one protocol at least, each range of ports once")
    protected = changeable(account, request)
    if not set(blocks).isdisjoint(protected.protocol_blocks):
        raise OperationDenied(f"{request.ip} has such a block already")
    protected.protocol_blocks = (*protected.protocol_blocks, *blocks)


@operation("DELETE /v1/tbsp/{id}/protocolBlocking", errors=ERRORS, basis="client")
def remove_tbsp_protocol_blocking(account: AccountRegion, request: ProtectedRef) -> None:
    """Remove all blocks of protocols of a protected EIP."""
    protected = changeable(account, request)
    if not protected.protocol_blocks:
        raise NoSuchObject(f"{request.ip} has no such block")
    protected.protocol_blocks = ()


@on_timer(ProtectedEip, "end_block")
def end_block(account: AccountRegion, protected: ProtectedEip) -> None:
    """End the block for a fixed time."""
    _end_block(account, protected, FIXED)


def _end_block(account: AccountRegion, protected: ProtectedEip, type_: str) -> None:
    protected.area_blocks = tuple(block for block in protected.area_blocks if block.type != type_)
    if type_ == FIXED:
        account.schedule(protected, "end_block", None)


def _chosen(account: AccountRegion, request: ListBlockingRequest) -> list[ProtectedEip]:
    """The EIPs of a package that a list is about, oldest first."""
    found = protected_of(account, account.get(Tbsp, request.id))
    return [protected for protected in found if request.ip.lower() in address_of(account, protected.eip_id)]


def _protocol_block(port: ProtocolPort) -> ProtocolBlock:
    protocol = spelled(port.type, ("icmp", "tcp", "udp"), "protocolPortList.type")
    if protocol == "icmp":
        return ProtocolBlock(protocol)
    if port.port_begin not in PORTS or port.port_end not in PORTS or port.port_begin > port.port_end:
        raise BadRequest(f"the ports of protocolPortList are {PORTS[0]} to {PORTS[-1]}, the first not after the last")
    return ProtocolBlock(protocol, port.port_begin, port.port_end)
