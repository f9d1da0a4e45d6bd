"""What a protection package is, and what it protects. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.eip.threshold import SMALLEST, Threshold
from bce_emulator.services.shared.tags import Tag

RUNNING, STOPPED = "RUNNING", "STOPPED"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action      allowed in          meanwhile  then     s  refused with
    row("expire",    (RUNNING,),         STOPPED,   STOPPED, 0, OperationDenied),
    row("renew",     (RUNNING,),         SAME,      SAME,    0, OperationDenied),
    row("renew",     (STOPPED,),         RUNNING,   RUNNING, 0, OperationDenied),
    row("release",   (STOPPED,),         GONE,      GONE,    0, OperationDenied),
    permissions=(
        #      action    allowed in  refused with
        permit("change", (RUNNING,), OperationDenied),
    ),
    states=(RUNNING, STOPPED),
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Tbsp(Resource):
    """A package that protects up to ``capacity`` EIPs of one line, until it expires."""

    prefix: ClassVar[str] = "ipDdos"
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = RUNNING
    name: str
    line: str
    capacity: int
    expires: float
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()


class AreaBlock(NamedTuple):
    """A block of an area, in Unix seconds; one that the system ends has no end."""

    type: str
    begins: float
    ends: float | None = None


class ProtocolBlock(NamedTuple):
    """A blocked protocol and its ports; ICMP has none."""

    protocol: str
    first_port: int = 0
    last_port: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class ProtectedEip(Resource):
    """An EIP that a package protects, and its settings; cleaning is off from ``off_since`` to ``off_until``."""

    prefix: ClassVar[str] = "ipDdosEip"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("tbsp_id", "eip.Tbsp", OnDelete.CASCADE),
        ForeignKey("eip_id", "eip.Eip", OnDelete.CASCADE),
    )

    tbsp_id: str
    eip_id: str
    threshold: Threshold = SMALLEST
    level: int = 2
    off_since: float | None = None
    off_until: float | None = None
    area_blocks: tuple[AreaBlock, ...] = ()
    protocol_blocks: tuple[ProtocolBlock, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class WhitelistEntry(Resource):
    """A range of addresses whose traffic to a protected EIP is never cleaned."""

    prefix: ClassVar[str] = "wl"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("protected_id", "eip.ProtectedEip", OnDelete.CASCADE),)

    protected_id: str
    cidr: str
