"""Regions."""

from __future__ import annotations

from bce_emulator.engine.errors import InappropriateJSON, OperationDenied


def test_a_region_is_reached_at_the_host_of_bare_metal(cloud):
    def ask(region):
        return cloud.ok("POST", "/v2/region/describeRegions", {"region": region})["regions"]

    gz = {"regionId": "gz", "regionName": "Guangzhou", "regionEndpoint": "bbc.gz.baidubce.com"}
    assert ask("gz") == [gz]
    assert gz in ask("")
    cloud.refused(OperationDenied, "POST", "/v2/region/describeRegions", {"region": "moon"})
    cloud.refused(InappropriateJSON, "POST", "/v2/region/describeRegions", {})
