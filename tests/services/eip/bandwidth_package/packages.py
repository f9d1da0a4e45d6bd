"""Bandwidth packages for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

NOBODY = "bw-nobody00"


def new_package(cloud: Cloud, **members: Any) -> str:
    """The id of a bandwidth package."""
    package_id: str = cloud.ok("POST", "/v1/eipbp", {"bandwidthInMbps": 10, **members})["id"]
    return package_id


def package(cloud: Cloud, package_id: str) -> dict[str, Any]:
    """A bandwidth package as a client sees it."""
    return cloud.ok("GET", f"/v1/eipbp/{package_id}")


def package_names(cloud: Cloud, query: str = "") -> list[str]:
    """The names of those in the list."""
    return [each["name"] for each in cloud.ok("GET", f"/v1/eipbp?{query}")["bpList"]]
