"""What a set of addresses is. https://cloud.baidu.com/doc/VPC/s/ylugdfy8f"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.resource import Resource


class ListedAddress(NamedTuple):
    """An address or a range of addresses, as it was written, and what it is."""

    address: str
    desc: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class IpSet(Resource):
    """Addresses of one IP version that rules of enterprise security groups can name together."""

    prefix: ClassVar[str] = "ips"
    id_letters: ClassVar[str] = "lower"

    name: str
    desc: str = ""
    ip_version: str
    addresses: tuple[ListedAddress, ...] = ()
