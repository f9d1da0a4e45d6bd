"""What a resource group is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class ResourceGroup(Resource):
    """A name under which an account keeps resources of all products and regions; what is in it, each resource says."""

    prefix: ClassVar[str] = "RESG"

    name: str
    extra: str = ""
