"""What a VPC is. https://cloud.baidu.com/doc/VPC/s/yjwvyuaeo"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.resources import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class Vpc(Resource):
    """A private network."""

    prefix: ClassVar[str] = "vpc"
    id_letters: ClassVar[str] = "lower"

    name: str
    cidr: str
    desc: str = ""
    is_default: bool = False
