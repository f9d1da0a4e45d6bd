"""Looking at bandwidth packages."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.services.eip.bandwidth_package.packages import new_package, package, package_names
from tests.services.eip.eip.addresses import new_eip
from tests.services.eip.group.groups import new_group


def test_all_filters_hold_together(cloud):
    of_an_eip = new_package(cloud, eip=new_eip(cloud), name="web")
    new_package(cloud, eipGroupId=new_group(cloud), name="data")

    assert package_names(cloud) == package_names(cloud, "type=BandwidthPackage") == ["data", "web"]
    assert package_names(cloud, f"id={of_an_eip}") == package_names(cloud, "name=we") == ["web"]
    assert (package_names(cloud, "bindType=eip"), package_names(cloud, "bindType=eipgroup")) == (["web"], ["data"])
    assert package_names(cloud, "type=AccelerationPackage") == package_names(cloud, "name=we&bindType=eipgroup") == []


def test_an_entry_of_the_list_says_less_than_the_detail(cloud):
    found = package(cloud, new_package(cloud, eip=new_eip(cloud)))

    (entry,) = cloud.ok("GET", "/v1/eipbp")["bpList"]

    assert set(found) - set(entry) == {"instanceBandwidthInMbps", "tags"}
    assert found.items() >= {name: value for name, value in entry.items() if name != "eips"}.items()


@pytest.mark.parametrize("query", ["bindType=bcc", "type=LuckPackage", "maxKeys=0"])
def test_a_filter_that_means_nothing_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/eipbp?{query}")
