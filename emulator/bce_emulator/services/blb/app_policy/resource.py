"""What a policy is, and what leads where. https://cloud.baidu.com/doc/BLB/s/Ammvwpgol"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource

POLICIES = account_setting("blb.policyQuota", 10, "policies of an application load balancer")
RULES = account_setting("blb.ruleQuota", 5, "rules of a policy")

PORT_TYPES = {"TCP": ("TCP",), "SSL": ("TCP",), "UDP": ("UDP",), "HTTP": ("HTTP",), "HTTPS": ("HTTP", "HTTPS")}
"""Which ports a listener of a protocol can lead to; the first is the default."""
SEVEN_LAYER = frozenset({"HTTP", "HTTPS"})
"""Listeners that look at what is asked, so that they can have several policies."""


class Rule(NamedTuple):
    """What a request has to have: in its host, in its path, or nothing in particular."""

    key: str
    value: str


FULL_MATCH = Rule("*", "*")


@dataclass(slots=True, kw_only=True, eq=False)
class AppPolicy(Resource):
    """Leads what a listener gets, and all rules fit, to a server group at a port or to an IP group."""

    prefix: ClassVar[str] = "policy"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("listener_id", "blb.Listener", OnDelete.CASCADE),
        ForeignKey("group_id", "blb.AppServerGroup"),
        ForeignKey("port_id", "blb.AppServerGroupPort"),
        ForeignKey("ip_group_id", "blb.AppIpGroup"),
        ForeignKey("protocol_id", "blb.AppIpGroupProtocol"),
    )

    blb_id: str
    listener_id: str
    group_id: str = ""
    port_id: str = ""
    ip_group_id: str = ""
    protocol_id: str = ""
    backend_port: int = 0
    port_type: str
    priority: int
    rules: tuple[Rule, ...] = (FULL_MATCH,)
    desc: str = ""
