"""What becomes of an EIP whose time is over."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.eip.eip.lifecycle import LIFECYCLE
from tests.control.conftest import control_of
from tests.services.eip.eip.addresses import (
    DAY,
    MONTH,
    PREPAID,
    addresses,
    bound_eip,
    eip,
    in_bin,
    new_eip,
    status,
)


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


@pytest.mark.parametrize("end", LIFECYCLE.states)
def test_the_time_of_an_eip_is_over_in_whatever_status_a_fault_left_it(cloud, end):
    address = new_eip(cloud, billing=PREPAID)
    control_of(cloud)("POST", "faults", {"operation": "eip.EipBandwidthScalingCapacity", "endIn": end})
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 200})

    cloud.clock.advance(MONTH + 8 * DAY)

    assert addresses(cloud) == in_bin(cloud) == []


def test_what_is_unbound_after_its_time_is_over_is_unbound_at_once(cloud, running):
    address = bound_eip(cloud, running, billing=PREPAID)
    cloud.clock.advance(MONTH)

    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.ok("PUT", f"/v1/eip/{address}?purchaseReserved", {"billing": PREPAID})

    assert (status(cloud, address), cloud.instance(running)["publicIp"]) == ("available", "")
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?unbind")
