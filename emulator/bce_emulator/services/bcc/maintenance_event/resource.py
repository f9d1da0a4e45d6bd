"""What a maintenance event is, and a rule that authorizes events ahead. https://cloud.baidu.com/doc/BCC/s/Umhswls39"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.bcc.maintenance_event.lifecycle import INQUIRING, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

PLANNED, UNPLANNED = "PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"
SYSTEM_FAILURE = "InstanceRepairBySystemFailureEvent"
REBOOT = "Reboot"
OPTIONS = ("Repair", REBOOT, "TamAuthorize")
FAST_REPAIR = "FastRepair"
"""What a user can allow; that a fast repair is called so is proposed."""
MAX_LOGS = MAX_ISSUES = 50
"""How many entries of each kind an event keeps: the latest."""
ENABLED, DISABLED = "ENABLED", "DISABLED"
ALL, TAGGED = "AllInstance", "Tags"
RULE_QUOTA = account_setting("bcc.authorizationRuleQuota", 100, "rules that authorize maintenance events, in a region")


class EventLog(NamedTuple):
    """What was done about an event, by whom and when."""

    name: str
    operator: str
    moment: float


class Issue(NamedTuple):
    """What is wrong with an instance, or may become so."""

    name: str
    alias: str
    effect: str
    description: str
    occurred: float
    source: str


@dataclass(slots=True, kw_only=True, eq=False)
class MaintenanceEvent(Resource):
    """A repair of an instance. ``operation`` is what was allowed, ``executes`` when it may begin at the earliest."""

    prefix: ClassVar[str] = "event"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("instance_id", "bcc.Instance", OnDelete.CASCADE),)

    state: str = INQUIRING
    instance_id: str
    category: str
    type: str = SYSTEM_FAILURE
    operation: str = ""
    executes: float | None = None
    ended: float | None = None
    issues: tuple[Issue, ...] = ()
    disk_serial_number: str = ""
    logs: tuple[EventLog, ...] = ()

    @property
    def has_fast_repair(self) -> bool:
        """Whether the type allows a fast repair."""
        return "FastRepair" in self.type

    @property
    def options(self) -> tuple[str, ...]:
        """What can be allowed."""
        return (*OPTIONS, FAST_REPAIR) if self.has_fast_repair else OPTIONS


@dataclass(slots=True, kw_only=True, eq=False)
class AuthorizationRule(Resource):
    """Authorizes new events of a category with the first of its operations that they allow."""

    prefix: ClassVar[str] = "rule"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=(ENABLED, DISABLED))

    state: str = ENABLED
    name: str
    category: str
    operations: tuple[str, ...]
    scope: str = ALL
    tags: tuple[Tag, ...] = ()
