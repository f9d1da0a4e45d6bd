"""The recycle bin of EIPs."""

from __future__ import annotations

import pytest

from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.lifecycle import LIFECYCLE
from bce_emulator.services.eip.eip.resource import Eip
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


def recycle(cloud, address: str) -> None:
    cloud.ok("DELETE", f"/v1/eip/{address}?releaseToRecycle=true")


def test_the_bin_shows_what_is_in_it_and_for_how_long(cloud):
    address = new_eip(cloud, name="web")
    eip_id = eip(cloud, address)["eipId"]

    recycle(cloud, address)

    assert addresses(cloud) == []
    assert cloud.ok("GET", "/v1/eip/recycle")["eipList"] == [
        {
            "name": "web",
            "eip": address,
            "eipId": eip_id,
            "status": "paused",
            "routeType": "BGP",
            "bandwidthInMbps": 100,
            "paymentTiming": "Postpaid",
            "billingMethod": "ByTraffic",
            "recycleTime": "2026-01-01T00:00:05Z",
            "scheduledDeleteTime": "2026-01-08T00:00:05Z",
        }
    ]


def test_the_bin_is_searched_by_parts(cloud):
    web, other = new_eip(cloud, name="web"), new_eip(cloud, name="other")
    for address in (web, other):
        recycle(cloud, address)

    assert in_bin(cloud, "name=we") == in_bin(cloud, f"eip={web[1:]}") == [web]
    assert in_bin(cloud) == [other, web]


def test_the_bin_takes_a_bound_eip_and_gives_it_back_unbound(cloud, running):
    address = bound_eip(cloud, running)

    recycle(cloud, address)
    assert cloud.instance(running)["publicIp"] == ""

    cloud.ok("PUT", f"/v1/eip/recycle/{address}?restore")
    found = eip(cloud, address)
    assert (found["status"], found["instanceId"], in_bin(cloud)) == ("available", "", [])


def test_a_restored_eip_is_not_deleted_any_more(cloud):
    address = new_eip(cloud)
    recycle(cloud, address)
    cloud.ok("PUT", f"/v1/eip/recycle/{address}?restore")

    cloud.clock.advance(30 * DAY)

    assert status(cloud, address) == "available"


def test_a_prepaid_eip_is_restored_for_a_month(cloud):
    address = new_eip(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)
    recycle(cloud, address)

    cloud.ok("PUT", f"/v1/eip/recycle/{address}?restore")
    assert eip(cloud, address)["expireTime"] == "2026-03-01T00:00:05Z"

    cloud.clock.advance(MONTH)
    assert status(cloud, address) == "paused"


def test_the_bin_keeps_an_eip_for_seven_days(cloud):
    address = new_eip(cloud)
    recycle(cloud, address)

    cloud.clock.advance(7 * DAY - 1)
    assert in_bin(cloud) == [address]

    cloud.clock.advance(1)
    assert in_bin(cloud) == []


def test_a_full_bin_lets_go_of_what_was_there_longest(cloud):
    cloud.set_facts(**{"eip.recycleQuota": 2})
    made = [new_eip(cloud) for _ in range(3)]

    for address in (made[2], made[0], made[1]):
        recycle(cloud, address)
        cloud.clock.advance(1)

    assert sorted(in_bin(cloud)) == sorted(made[:2])


def test_what_is_paid_by_use_and_in_arrears_is_not_kept(cloud):
    address = new_eip(cloud)
    cloud.account.find_by(Eip, "address", address).state = "paused"

    recycle(cloud, address)

    assert in_bin(cloud) == []


def test_an_eip_of_the_bin_is_released_for_good(cloud):
    address = new_eip(cloud)
    recycle(cloud, address)

    cloud.ok("DELETE", f"/v1/eip/recycle/{address}")

    assert in_bin(cloud) == []


@pytest.mark.parametrize(("method", "query"), [("DELETE", ""), ("PUT", "?restore")])
def test_what_is_not_in_the_bin_is_not_found_there(cloud, method, query):
    for address in (new_eip(cloud), "203.0.113.9"):
        cloud.refused(EipNotFound, method, f"/v1/eip/recycle/{address}{query}")


def test_the_bin_does_not_count_but_coming_out_of_it_does(cloud):
    cloud.set_facts(**{"eip.eipQuota": 1})
    address = new_eip(cloud)
    recycle(cloud, address)
    new_eip(cloud)

    cloud.refused(LimitExceeded, "PUT", f"/v1/eip/recycle/{address}?restore")


@pytest.mark.parametrize("end", LIFECYCLE.states)
def test_time_passes_over_an_eip_whose_way_into_the_bin_a_fault_ended_elsewhere(cloud, end):
    address = new_eip(cloud)
    control_of(cloud)("POST", "faults", {"operation": "eip.ReleaseEip", "endIn": end})
    cloud.ok("DELETE", f"/v1/eip/{address}?releaseToRecycle=true")

    cloud.clock.advance(8 * DAY)

    assert addresses(cloud) == ([] if end == "recycled" else [address])
