"""What a probe is. https://cloud.baidu.com/doc/VPC/s/5l6lt3w4d"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, Resource

PROBE_QUOTA = account_setting("vpc.probeQuota", 50, "probes in a VPC")


@dataclass(slots=True, kw_only=True, eq=False)
class Probe(Resource):
    """What asks an address again and again, every ``frequency`` seconds, from addresses of a subnet; 0 is no port."""

    prefix: ClassVar[str] = "probe"
    id_letters: ClassVar[str] = "lower16"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("subnet_id", "vpc.Subnet"),)

    name: str
    desc: str = ""
    vpc_id: str
    subnet_id: str
    protocol: str
    frequency: int
    source_ips: tuple[str, ...]
    dest_ip: str
    dest_port: int = 0
    payload: str = ""
