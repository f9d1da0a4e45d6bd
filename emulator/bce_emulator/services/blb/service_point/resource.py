"""What a service publishing point is. https://cloud.baidu.com/doc/BLB/s/6mrlvoz6g"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.blb.service_point.lifecycle import AVAILABLE, FREE, LIFECYCLE, NORMAL

POINT_QUOTA = account_setting("blb.servicePointQuota", 10, "service publishing points in a region")
AUTH_QUOTA = account_setting("blb.servicePointAuthQuota", 50, "entries of the authList of a service publishing point")


class Auth(NamedTuple):
    """Whether an account, or everybody, may lead a card to a point."""

    uid: str
    auth: str


@dataclass(slots=True, kw_only=True, eq=False)
class ServicePoint(Resource):
    """A load balancer, if it has one, under a name that service cards are made for.

    ``service`` is that name in full, and the one that requests know it by.
    """

    prefix: ClassVar[str] = "uservice"
    id_letters: ClassVar[str] = "hex"
    other_ids: ClassVar[tuple[str, ...]] = ("service",)
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = NORMAL
    name: str
    desc: str = ""
    service_name: str
    service: str
    balancer_id: str = ""
    auths: tuple[Auth, ...]

    @property
    def status(self) -> str:
        """The status, as far as it depends on no service card."""
        if self.state != NORMAL:
            return self.state
        return AVAILABLE if self.balancer_id else FREE
