"""Servers for tests, made as a client makes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.cloud import Cloud

HOST = "bbc.bj.localhost:8080"
LINUX, WINDOWS = "m-d6RzP1eT", "m-f8LhC5yQ"
MONTH = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
POSTPAID = {"paymentTiming": "Postpaid"}
ORDER = {"flavorId": "BBC-I1-01", "raidId": "raid-c7Tq2WnB", "imageId": LINUX, "billing": POSTPAID}
NOBODY = "i-nobody00"
BUILT = 600


@contextmanager
def elsewhere(cloud: Cloud) -> Iterator[Cloud]:
    """The same cloud at the host of no product in particular."""
    cloud.host = "127.0.0.1:8080"
    yield cloud
    cloud.host = HOST


def new_server(cloud: Cloud, **members: Any) -> str:
    """The id of a running server."""
    made: str = cloud.ok("POST", "/v1/instance", ORDER | members)["instanceIds"][0]
    cloud.clock.advance(BUILT)
    return made


def server(cloud: Cloud, server_id: str) -> dict[str, Any]:
    """A server as a client sees it."""
    return cloud.ok("GET", f"/v1/instance/{server_id}")


def status(cloud: Cloud, server_id: str) -> str:
    """The status of a server as a client sees it."""
    return server(cloud, server_id)["status"]
