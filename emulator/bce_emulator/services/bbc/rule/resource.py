"""What a rule that allows repairs ahead is. https://cloud.baidu.com/doc/BCC/s/Dlwkevmd9"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.shared.tags import Tag

ENABLED, DISABLED = "enabled", "disabled"
RULE_QUOTA = account_setting("bbc.repairRuleQuota", 100, "rules that allow repairs of servers, in a region")


@dataclass(slots=True, kw_only=True, eq=False)
class RepairRule(Resource):
    """Allows repairs of servers with one of its tags, up to so many at a time."""

    prefix: ClassVar[str] = "rule"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=(ENABLED, DISABLED))

    state: str = ENABLED
    name: str
    limit: int
    tags: tuple[Tag, ...]
    extra: str = ""

    def covers(self, tags: tuple[Tag, ...]) -> bool:
        """Whether it is enabled, and about a server with these tags."""
        return self.state == ENABLED and self.is_about(tags)

    def is_about(self, tags: tuple[Tag, ...]) -> bool:
        """Whether it is about a server with these tags, be it enabled or not."""
        return not set(self.tags).isdisjoint(tags)
