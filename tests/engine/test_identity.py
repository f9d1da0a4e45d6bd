"""Whose request it is, where the vectors of signatures do not reach."""

from __future__ import annotations

from dataclasses import replace

from tests.cloud import Cloud


def test_accounts_that_are_open_stay_so_when_no_more_can_be_opened():
    cloud = Cloud("test-one")
    cloud.ok("GET", "/v2/zone")
    cloud.emulator.identity.policy = replace(cloud.emulator.identity.policy, most_accounts=1)

    assert cloud.call("GET", "/v2/zone").status == 200

    cloud.access_key = "test-two"
    assert cloud.call("GET", "/v2/zone").code == "InvalidAccessKeyId"
