"""What a security group is. https://cloud.baidu.com/doc/BCC/s/pjwvynxvl"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.resources import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class SecurityGroup(Resource):
    """What instances of one VPC let in and out."""

    prefix: ClassVar[str] = "g"
    id_letters: ClassVar[str] = "lower"

    name: str
    desc: str = ""
    vpc_id: str
    is_default: bool = False
