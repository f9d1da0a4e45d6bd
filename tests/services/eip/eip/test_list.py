"""Looking at EIPs."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.services.eip.eip.addresses import BODY, BOUND, addresses, bind, eip, new_eip


@pytest.fixture
def eips(cloud) -> dict[str, str]:
    """The address of one EIP of each sort, by what the tests call it."""
    return {
        "web": new_eip(cloud, name="web-1"),
        "data": new_eip(cloud, name="data"),
        "six": new_eip(cloud, name="web-6", ipVersion="ipv6"),
        "new": cloud.ok("POST", "/v1/eip", BODY | {"name": "new"})["eip"],
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", {"web", "data", "new"}),
        ("ipVersion=ipv6", {"six"}),
        ("name=web", {"web"}),
        ("name=web&ipVersion=ipv6", {"six"}),
        ("eip={data}", {"data"}),
        ("eip={six}", set()),
        ("eip={six}&ipVersion=ipv6", {"six"}),
        ("eip=203.0.113.1", set()),
        ("status=available", {"web", "data"}),
        ("status=AVAILABLE&name=a", {"data"}),
        ("status=binded", set()),
        ("status=paused", set()),
        ("instanceType=BCC", set()),
        ("instanceType=BCC&instanceId=i-nobody00", set()),
        ("eipIds=ip-nobody00", set()),
    ],
)
def test_all_filters_hold_together(cloud, eips, filters, expected):
    found = addresses(cloud, filters.format(**eips))

    assert set(found) == {eips[name] for name in expected}


def test_eips_are_found_by_their_ids(cloud, eips):
    chosen = [eip(cloud, eips[name])["eipId"] for name in ("web", "data")]

    assert set(addresses(cloud, f"eipIds={','.join(chosen)}")) == {eips["web"], eips["data"]}


def test_pages_hold_every_eip_once_newest_first(cloud):
    created = [new_eip(cloud) for _ in range(3)]

    first = cloud.ok("GET", "/v1/eip?maxKeys=2")
    second = cloud.ok("GET", f"/v1/eip?maxKeys=2&marker={first['nextMarker']}")

    assert [each["eip"] for each in first["eipList"] + second["eipList"]] == created[::-1]
    assert (first["isTruncated"], second["isTruncated"], "nextMarker" in second) == (True, False, False)
    assert (first["maxKeys"], second["marker"]) == (2, first["nextMarker"])


@pytest.mark.parametrize(
    "query",
    [
        "maxKeys=0",
        "marker=ip-nobody00",
        "status=creating",
        "status=lost",
        "instanceId=i-nobody00",
        "ipVersion=ipv5",
        "instanceType=CDS",
    ],
)
def test_a_filter_that_means_nothing_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/eip?{query}")


def test_eips_are_found_by_what_they_are_bound_to(cloud, eips):
    first, second = cloud.create(), cloud.create()
    for name, instance in (("web", first), ("data", second)):
        bind(cloud, eips[name], instance)

    assert set(addresses(cloud, "instanceType=bcc")) == {eips["web"], eips["data"]}
    assert addresses(cloud, f"instanceType=BCC&instanceId={second}") == [eips["data"]]
    assert addresses(cloud, f"instanceType=ENI&instanceId={second}") == addresses(cloud, "status=binded") == []

    cloud.clock.advance(BOUND)
    assert set(addresses(cloud, "status=binded")) == {eips["web"], eips["data"]}
