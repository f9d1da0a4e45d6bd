"""Looking at shared bandwidths."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.services.eip.group.groups import NOBODY, PREPAID, group, new_group

DAY = 86_400


def names(cloud, query: str = "") -> list[str]:
    return [each["name"] for each in cloud.ok("GET", f"/v1/eipgroup?{query}")["eipgroups"]]


def test_all_filters_hold_together(cloud):
    web = new_group(cloud, name="web")
    new_group(cloud, name="data", billing=PREPAID)
    cloud.clock.advance(31 * DAY)

    assert names(cloud) == ["data", "web"]
    assert names(cloud, f"id={web}") == names(cloud, "name=we") == names(cloud, "status=AVAILABLE") == ["web"]
    assert names(cloud, "status=expired") == ["data"]
    assert (
        names(cloud, "status=deleting") == names(cloud, f"id={NOBODY}") == names(cloud, "name=we&status=expired") == []
    )


def test_an_entry_of_the_list_is_the_whole_group(cloud):
    group_id = new_group(cloud)

    assert cloud.ok("GET", "/v1/eipgroup")["eipgroups"] == [group(cloud, group_id)]


def test_pages_hold_every_group_once(cloud):
    made = [new_group(cloud, eipCount=0) for _ in range(3)]

    first = cloud.ok("GET", "/v1/eipgroup?maxKeys=2")
    second = cloud.ok("GET", f"/v1/eipgroup?maxKeys=2&marker={first['nextMarker']}")

    assert [each["id"] for each in first["eipgroups"] + second["eipgroups"]] == made[::-1]


@pytest.mark.parametrize("query", ["status=lost", "maxKeys=0"])
def test_a_filter_that_means_nothing_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/eipgroup?{query}")


def test_a_group_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", f"/v1/eipgroup/{NOBODY}")
