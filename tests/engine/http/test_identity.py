"""Whose request it is, where the vectors of signatures do not reach."""

from __future__ import annotations

from dataclasses import replace

from tests.cloud import Cloud
from tests.control.conftest import control_of


def test_accounts_that_are_open_stay_so_when_no_more_can_be_opened():
    cloud = Cloud("test-one")
    cloud.ok("GET", "/v2/zone")
    cloud.emulator.identity.policy = replace(cloud.emulator.identity.policy, max_accounts=1)

    assert cloud.call("GET", "/v2/zone").status == 200

    cloud.access_key = "test-two"
    assert cloud.call("GET", "/v2/zone").code == "InvalidAccessKeyId"


def test_an_access_key_with_a_blank_opens_no_account_and_the_refusal_says_why():
    cloud = Cloud()
    cloud.access_key = "test-one two"

    refusal = cloud.call("GET", "/v2/zone")

    assert refusal.code == "InvalidAccessKeyId"
    explanation = control_of(cloud)("GET", f"requests/{refusal.body['requestId']}/explain").body
    assert explanation["detail"] == "an access key is at most 128 printable ASCII characters without blanks and slashes"
