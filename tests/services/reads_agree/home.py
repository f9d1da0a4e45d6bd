"""Where a call of the tables goes: ``//bbc/v1/instance`` to the host of that product, and the others to no host of one."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud, Reply


def host_and_path(target: str) -> tuple[str, str]:
    """The product whose host a target names, if it names one, and what is asked for there."""
    if not target.startswith("//"):
        return "", target
    product, _, path = target[2:].partition("/")
    return product, f"/{path}"


def call_at_home(cloud: Cloud, method: str, target: str, body: Any = None) -> Reply:
    """The answer to a call, made where it goes."""
    product, path = host_and_path(target)
    before, cloud.host = cloud.host, f"{product}.bj.localhost:8080" if product else cloud.host
    reply = cloud.call(method, path, body)
    cloud.host = before
    return reply


def ask_at_home(cloud: Cloud, method: str, target: str, body: Any = None) -> dict[str, Any]:
    """The body of a call that must succeed, made where it goes."""
    reply = call_at_home(cloud, method, target, body)
    assert reply.status == 200, reply
    return reply.body
