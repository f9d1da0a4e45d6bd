"""Repairs, reported as a test has the cloud report them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.control.conftest import control_of


def report(cloud: Cloud, server_id: str, **members: Any) -> dict[str, Any]:
    """What the control API says of a new repair."""
    reply = control_of(cloud)("POST", f"servers/{server_id}/repair", members)
    assert reply.status == 200, reply.body
    return reply.body


def status(cloud: Cloud, task_id: str) -> str:
    """The status of a repair as a client sees it."""
    return cloud.ok("GET", f"/v2/task/{task_id}")["status"]
