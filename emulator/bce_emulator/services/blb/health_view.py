"""How the health check of a port or a protocol is shown."""

from __future__ import annotations

from typing import NotRequired

from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.health import HealthCheck


class HealthCheckView(TypedDict):
    """How backends are checked; the port is absent where each is checked at its own."""

    enableHealthCheck: bool
    healthCheck: str
    healthCheckPort: NotRequired[int]
    healthCheckHost: str
    healthCheckTimeoutInSecond: int
    healthCheckIntervalInSecond: int
    healthCheckDownRetry: int
    healthCheckUpRetry: int
    healthCheckNormalStatus: str
    healthCheckUrlPath: str
    udpHealthCheckString: str


def show_health_check(check: HealthCheck) -> HealthCheckView:
    """A health check by the API's member names."""
    shown: HealthCheckView = {
        "enableHealthCheck": check.is_enabled,
        "healthCheck": check.type,
        "healthCheckHost": check.host,
        "healthCheckTimeoutInSecond": check.timeout,
        "healthCheckIntervalInSecond": check.interval,
        "healthCheckDownRetry": check.unhealthy,
        "healthCheckUpRetry": check.healthy,
        "healthCheckNormalStatus": check.normal_status,
        "healthCheckUrlPath": check.uri,
        "udpHealthCheckString": check.string,
    }
    if check.port:
        shown["healthCheckPort"] = check.port
    return shown
