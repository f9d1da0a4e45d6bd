"""How listeners of ordinary load balancers check their backends."""

from __future__ import annotations

from typing import Any

from bce_emulator.services.blb.health import HealthCheck, check_health_check, new_health_check
from bce_emulator.services.blb.listener.ordinary_members import CheckMembers

TYPES = {
    "TCP": ("TCP",),
    "UDP": ("UDP", "ICMP"),
    "HTTP": ("HTTP", "TCP"),
    "HTTPS": ("HTTP", "TCP"),
    "SSL": ("TCP",),
}
"""The checks that a listener of a protocol can have, the default one first."""
FIELDS = {
    "type": "health_check_type",
    "port": "health_check_port",
    "timeout": "health_check_timeout_in_second",
    "interval": "health_check_interval",
    "unhealthy": "unhealthy_threshold",
    "healthy": "healthy_threshold",
    "uri": "health_check_uri",
    "normal_status": "health_check_normal_status",
    "host": "health_check_host",
    "string": "health_check_string",
}
"""The members that say what a check has."""


def check_of(protocol: str, members: CheckMembers, before: HealthCheck | None) -> HealthCheck:
    """The check that a request asks for, changed from the one before; what cannot be is refused."""
    wanted: dict[str, Any] = {field: getattr(members, name, None) for field, name in FIELDS.items()}
    given = {field: value for field, value in wanted.items() if value or (field == "host" and value is not None)}
    allowed = TYPES[protocol]
    check = (before or new_health_check(allowed[0]))._replace(**given)
    check_health_check(check, allowed)
    return check
