"""How load balancers check their backends: one rule for listeners, server groups and IP groups."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from bce_emulator.engine.declare.models import LenientBool, LenientInt, Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.ports import MAX_PORT

NORMAL = "http_2xx|http_3xx"
NORMAL_STATUS = re.compile(r"http_[1-5]xx(\|http_[1-5]xx){0,4}")
UDP_STRING = re.compile(r"(?:[ -\[\]-~]|\\[0-9A-Fa-f]{2}){1,1299}")
MAX_UDP_STRING = 1_299

Port = Annotated[LenientInt, Field(ge=1, le=MAX_PORT)]
Timeout = Annotated[LenientInt, Field(ge=1, le=60)]
Interval = Annotated[LenientInt, Field(ge=1, le=10)]
Threshold = Annotated[LenientInt, Field(ge=2, le=5)]


class HealthCheck(NamedTuple):
    """How the health of backends is checked; seconds, and how many checks in a row count.

    The port 0 is that of whatever is checked.
    """

    type: str
    port: int
    timeout: int = 3
    interval: int = 3
    unhealthy: int = 3
    healthy: int = 3
    uri: str = ""
    normal_status: str = ""
    host: str = ""
    string: str = ""
    is_enabled: bool = True


class HealthCheckMembers(Model):
    """How backends are to be checked; what is absent has its default, or stays."""

    enable_health_check: LenientBool | None = None
    health_check: str | None = None
    health_check_port: Port | None = None
    health_check_url_path: str | None = None
    health_check_timeout_in_second: Timeout | None = None
    health_check_interval_in_second: Interval | None = None
    health_check_down_retry: Threshold | None = None
    health_check_up_retry: Threshold | None = None
    health_check_normal_status: str | None = None
    health_check_host: str | None = None
    udp_health_check_string: str | None = None


def new_health_check(type_: str, port: int = 0) -> HealthCheck:
    """The check of which nothing else is said."""
    return HealthCheck(type_, port, uri="/", normal_status=NORMAL)


def health_check(members: HealthCheckMembers, allowed: tuple[str, ...], before: HealthCheck) -> HealthCheck:
    """The check that a request asks for, changed from the one before; what cannot be is refused.

    ``allowed`` are the checks that go with what is checked.
    """
    wanted: dict[str, Any] = {
        "type": members.health_check or None,
        "port": members.health_check_port,
        "is_enabled": members.enable_health_check,
        "uri": members.health_check_url_path or None,
        "timeout": members.health_check_timeout_in_second,
        "interval": members.health_check_interval_in_second,
        "unhealthy": members.health_check_down_retry,
        "healthy": members.health_check_up_retry,
        "normal_status": members.health_check_normal_status or None,
        "host": members.health_check_host,
        "string": members.udp_health_check_string or None,
    }
    check = before._replace(**{name: value for name, value in wanted.items() if value is not None})
    check_health_check(check, allowed)
    return check


def check_health_check(check: HealthCheck, allowed: tuple[str, ...]) -> None:
    """Refuse a check that cannot be."""
    if check.type not in allowed:
        raise BadRequest(f"the health check is {' or '.join(allowed)}")
    is_sent = check.type == "UDP" and check.is_enabled
    if (is_sent or check.string) and UDP_STRING.fullmatch(check.string) is None:
        raise BadRequest(f"a UDP health check sends 1 to {MAX_UDP_STRING} characters of ASCII")
    if not check.uri.startswith("/"):
        raise BadRequest("the path of a health check begins with /")
    if NORMAL_STATUS.fullmatch(check.normal_status) is None:
        raise BadRequest("the normal status is http_1xx to http_5xx, joined by |")
