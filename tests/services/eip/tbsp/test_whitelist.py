"""Whitelists of protected EIPs."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.cloud import Cloud
from tests.services.eip.eip.addresses import DAY, new_eip
from tests.services.eip.tbsp.packages import protect, protected_eip

CIDRS = ["192.0.2.0/24", "198.51.100.7", "2001:db8::/64"]


def entries(cloud: Cloud, tbsp_id: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipWhitelist?{query}")["ipWhitelistList"]
    return found


def cidrs(cloud: Cloud, tbsp_id: str, query: str = "") -> list[str]:
    return [each["ipCidr"] for each in entries(cloud, tbsp_id, query)]


def add(cloud: Cloud, tbsp_id: str, address: str, *more: str) -> None:
    cloud.ok("POST", f"/v1/tbsp/{tbsp_id}/ipWhitelist", {"ip": address, "ipCidrList": more})


def test_entries_are_listed_as_they_were_written_newest_first(cloud):
    tbsp_id, address = protected_eip(cloud)

    add(cloud, tbsp_id, address, *CIDRS)

    found = entries(cloud, tbsp_id)
    assert [(each["ip"], each["ipCidr"]) for each in found] == [(address, cidr) for cidr in reversed(CIDRS)]
    assert len({each["whitelistId"] for each in found}) == 3


def test_the_list_is_of_parts_of_the_address_and_the_range_or_comes_in_pages(cloud):
    tbsp_id, first = protected_eip(cloud)
    second = new_eip(cloud)
    protect(cloud, tbsp_id, second)
    add(cloud, tbsp_id, first, *CIDRS)
    add(cloud, tbsp_id, second, CIDRS[0])
    other_id, other = protected_eip(cloud)
    add(cloud, other_id, other, CIDRS[0])

    assert cidrs(cloud, tbsp_id, f"ip={second}") == cidrs(cloud, other_id) == [CIDRS[0]]
    assert cidrs(cloud, tbsp_id, "ipCidr=192.0.2") == [CIDRS[0]] * 2
    assert cidrs(cloud, tbsp_id, f"ip={first}&ipCidr=2001:DB8") == [CIDRS[2]]
    marker = cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipWhitelist?maxKeys=1")["nextMarker"]
    assert cidrs(cloud, tbsp_id, f"marker={marker}") == [*reversed(CIDRS)]


def test_an_entry_that_is_removed_is_gone(cloud):
    tbsp_id, address = protected_eip(cloud)
    add(cloud, tbsp_id, address, *CIDRS)
    entry = entries(cloud, tbsp_id)[0]["whitelistId"]
    target = f"/v1/tbsp/{tbsp_id}/ipWhitelist?ip={address}&whitelistId={entry}"

    cloud.ok("DELETE", target)

    assert cidrs(cloud, tbsp_id) == [CIDRS[1], CIDRS[0]]
    cloud.refused(NoSuchObject, "DELETE", target)


def test_an_entry_is_removed_from_its_own_eip_only(cloud):
    tbsp_id, address = protected_eip(cloud)
    other_id, other = protected_eip(cloud)
    add(cloud, tbsp_id, address, CIDRS[0])
    entry = entries(cloud, tbsp_id)[0]["whitelistId"]

    cloud.refused(NoSuchObject, "DELETE", f"/v1/tbsp/{other_id}/ipWhitelist?ip={other}&whitelistId={entry}")
    cloud.refused(BadRequest, "DELETE", f"/v1/tbsp/{tbsp_id}/ipWhitelist?ip={other}&whitelistId={entry}")
    cloud.refused(BadRequest, "DELETE", f"/v1/tbsp/{tbsp_id}/ipWhitelist?ip={address}")


def test_a_range_is_there_once_however_it_is_written(cloud):
    tbsp_id, address = protected_eip(cloud)
    add(cloud, tbsp_id, address, *CIDRS)

    body = {"ip": address, "ipCidrList": ["203.0.113.0/24", "198.51.100.7/32"]}
    cloud.refused(OperationDenied, "POST", f"/v1/tbsp/{tbsp_id}/ipWhitelist", body)


@pytest.mark.parametrize("wrong", [[], ["192.0.2.1/24"], ["everybody"], ["192.0.2.1", "192.0.2.1/32"]])
def test_what_is_no_list_of_ranges_is_refused(cloud, wrong):
    tbsp_id, address = protected_eip(cloud)

    cloud.refused(BadRequest, "POST", f"/v1/tbsp/{tbsp_id}/ipWhitelist", {"ip": address, "ipCidrList": wrong})


def test_what_the_package_does_not_protect_has_no_whitelist(cloud):
    tbsp_id, _ = protected_eip(cloud)

    for ip in ({}, {"ip": new_eip(cloud)}):
        cloud.refused(BadRequest, "POST", f"/v1/tbsp/{tbsp_id}/ipWhitelist", {"ipCidrList": CIDRS} | ip)


def test_a_package_that_has_expired_changes_nothing(cloud):
    tbsp_id, address = protected_eip(cloud)
    add(cloud, tbsp_id, address, CIDRS[0])
    entry = entries(cloud, tbsp_id)[0]["whitelistId"]
    cloud.clock.advance(10 * DAY)

    target = f"/v1/tbsp/{tbsp_id}/ipWhitelist"
    cloud.refused(OperationDenied, "POST", target, {"ip": address, "ipCidrList": [CIDRS[1]]})
    cloud.refused(OperationDenied, "DELETE", f"{target}?ip={address}&whitelistId={entry}")
