"""Client tokens made by the service."""

from __future__ import annotations

from uuid import UUID


def test_each_token_is_another(cloud):
    tokens = [cloud.ok("POST", "/v1/token/create")["token"] for _ in range(3)]

    assert len({UUID(token) for token in tokens}) == 3


def test_a_token_makes_a_call_idempotent(cloud):
    token = cloud.ok("POST", "/v1/token/create", {})["token"]

    first = cloud.ok("POST", f"/v2/securityGroup?clientToken={token}", {"name": "web"})

    assert cloud.ok("POST", f"/v2/securityGroup?clientToken={token}", {"name": "web"}) == first
