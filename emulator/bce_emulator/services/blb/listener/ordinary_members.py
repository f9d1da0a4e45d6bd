"""What requests say of listeners of ordinary load balancers; what is absent has its default, or stays."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.declare.models import LenientBool, LenientInt, Model
from bce_emulator.services.blb.health import Interval, Port, Threshold, Timeout
from bce_emulator.services.blb.listener.members import (
    AnyMembers,
    HttpMembers,
    HttpsMembers,
    SslMembers,
    TcpMembers,
    UdpMembers,
)


class CheckMembers(Model):
    """Where traffic goes to, and how backends are checked there."""

    backend_port: Port | None = None
    health_check_type: str | None = None
    health_check_timeout_in_second: Timeout | None = None
    health_check_interval: Interval | None = None
    unhealthy_threshold: Threshold | None = None
    healthy_threshold: Threshold | None = None


class PageCheckMembers(CheckMembers):
    """A check that can ask for a page."""

    health_check_port: Port | None = None
    health_check_uri: Annotated[str | None, Field(alias="healthCheckURI")] = None
    health_check_normal_status: str | None = None
    health_check_host: str | None = None


class FamilySpelling(Model):
    """What listeners of ordinary load balancers call differently."""

    keep_session_duration: Annotated[LenientInt, Field(ge=1, le=15_552_000)] | None = None
    x_forward_for: LenientBool | None = None


class AnyBlbMembers(PageCheckMembers, AnyMembers):
    """What one client sends of a listener of any protocol, in the spelling of the other family."""

    health_check_string: str | None = None


class BlbTcpMembers(CheckMembers, TcpMembers):
    """What a TCP listener has."""


class BlbUdpMembers(CheckMembers, UdpMembers):
    """What a UDP listener has."""

    health_check_port: Port | None = None
    health_check_string: str | None = None


class BlbHttpMembers(FamilySpelling, PageCheckMembers, HttpMembers):
    """What an HTTP listener has."""


class BlbHttpsMembers(FamilySpelling, PageCheckMembers, HttpsMembers):
    """What an HTTPS listener has."""


class BlbSslMembers(CheckMembers, SslMembers):
    """What an SSL listener has; its timeout can only be said when it is made."""
