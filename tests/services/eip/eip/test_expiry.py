"""What becomes of an EIP whose time is over."""

from __future__ import annotations

import pytest

from tests.services.eip.eip.addresses import PREPAID, addresses, eip, new_eip

DAY = 86_400
MONTH = 31 * DAY


def test_a_prepaid_eip_whose_time_is_over_is_paused(cloud):
    address = new_eip(cloud, billing=PREPAID)

    cloud.clock.advance(MONTH)

    assert addresses(cloud, "status=paused") == [address]


def test_the_address_of_a_paused_eip_is_kept_for_seven_days(cloud):
    address = new_eip(cloud, billing=PREPAID)

    cloud.clock.advance(MONTH + 6 * DAY)
    assert addresses(cloud) == [address]

    cloud.clock.advance(DAY)
    assert addresses(cloud) == []


@pytest.mark.parametrize(
    ("unit", "number", "end"),
    [("month", 2, "2026-04-01T00:00:00Z"), ("year", 1, "2027-02-01T00:00:00Z")],
)
def test_an_eip_that_renews_itself_stays_available(cloud, unit, number, end):
    address = new_eip(cloud, billing=PREPAID, autoRenewTime=number, autoRenewTimeUnit=unit)

    cloud.clock.advance(MONTH)

    found = eip(cloud, address)
    assert (found["status"], found["expireTime"]) == ("available", end)


def test_a_postpaid_eip_never_expires(cloud):
    address = new_eip(cloud, autoRenewTime=1)

    cloud.clock.advance(12 * MONTH)

    assert eip(cloud, address)["status"] == "available"
