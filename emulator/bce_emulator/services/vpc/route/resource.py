"""What a route table and its rules are. https://cloud.baidu.com/doc/VPC/s/jjwvyuh0v"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource

SINGLE, BALANCED, ACTIVE, STANDBY = "normal", "ecmp", "ha:active", "ha:standby"
"""How the rules of one pair of ranges share the traffic."""


@dataclass(slots=True, kw_only=True, eq=False)
class RouteTable(Resource):
    """The one route table of a VPC."""

    prefix: ClassVar[str] = "rt"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc", OnDelete.CASCADE),)

    name: str
    vpc_id: str


@dataclass(slots=True, kw_only=True, eq=False)
class RouteRule(Resource):
    """Where traffic from one range to another goes next; the rules of a multi-line route share the ranges."""

    prefix: ClassVar[str] = "rr"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("route_table_id", "vpc.RouteTable", OnDelete.CASCADE),)

    route_table_id: str
    source: str
    destination: str
    next_hop_id: str
    next_hop_type: str
    path_type: str = SINGLE
    desc: str = ""
