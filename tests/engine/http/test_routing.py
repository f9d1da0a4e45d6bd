"""What is said of a path that no operation has."""

from __future__ import annotations

import pytest

from bce_emulator.engine.http.routing import Routes


@pytest.mark.parametrize(
    ("method", "path", "near"),
    [
        ("GET", "/v2/instance/i-1/disk", "GET /v2/instance/{instanceId}/vnc"),
        ("POST", "/v2/keypairs", "POST /v2/image, POST /v2/instanceBySpec"),
        ("DELETE", "/v2/volume/v-1" + "/x" * 2_000, "DELETE /v2/volume/cluster/{clusterId}"),
    ],
)
def test_operations_that_are_near_are_named(cloud, method, path, near):
    reply = cloud.call(method, path)

    told = reply.headers["x-bce-emulator-explain"]
    assert (reply.status, reply.code) == (404, "InvalidURI")
    assert told.startswith("no such operation; the nearest are ")
    assert near in told


def test_nothing_is_compared_for_who_has_not_signed(cloud, monkeypatch):
    monkeypatch.setattr(Routes, "nearest", lambda *_: pytest.fail("compared"))

    assert cloud.call("GET", "/v2/instances/i-1", sign=False).code == "AccessDenied"
