"""What a customer gateway is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class CustomerGateway(Resource):
    """The address at which somebody else's end of tunnels is."""

    prefix: ClassVar[str] = "cgw"
    id_letters: ClassVar[str] = "lower"

    name: str
    desc: str = ""
    ip: str
    updated: float
