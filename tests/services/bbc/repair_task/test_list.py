"""The lists of repairs, with their filters."""

from __future__ import annotations

from urllib.parse import quote

from bce_emulator.engine.errors import BadRequest
from tests.services.bbc.repair_task.repairs import report
from tests.services.bbc.servers import new_server, server


def found(cloud, path="task", **filters):
    query = "&".join(f"{name}={quote(value)}" for name, value in filters.items())
    return [each["taskId"] for each in cloud.ok("GET", f"/v2/{path}?{query}")["RepairTask"]]


def test_the_filters_of_both_lists(cloud):
    first, second = new_server(cloud), new_server(cloud)
    old = report(cloud, first, errResult="DiskFailure")["id"]
    cloud.clock.advance(3_600)
    new = report(cloud, second)["id"]
    cloud.ok("POST", "/v2/task/authorize", {"taskId": new})

    assert found(cloud) == [new, old]
    assert found(cloud, maxKeys="1") == [new]
    assert found(cloud, marker=old) == [old]
    for filters in (
        {"instanceId": first},
        {"internalIp": server(cloud, first)["internalIp"]},
        {"errResult": "DiskFailure"},
        {"status": "newTask"},
        {"timeRangeEnd": "2026-01-01 09:00:00"},
        {"timeRangeType": "errStart", "timeRangeEnd": "2026-01-01 08:20:00"},
    ):
        assert found(cloud, **filters) == [old], filters
    assert found(cloud, timeRangeType="authorizeTask", timeRangeStart="2026-01-01 09:00:00") == [new]
    assert found(cloud, timeRangeType="unAuthorizeTask", timeRangeStart="2026-01-01 00:00:00") == []
    cloud.clock.advance(3_600)
    cloud.ok("POST", "/v2/task/confirm", {"taskId": new})
    cloud.clock.advance(1)
    assert (found(cloud), found(cloud, "closedTask")) == ([old], [new])
    assert found(cloud, "closedTask", taskId=new, startTime="2026-01-01 10:00:00") == [new]
    assert found(cloud, "closedTask", timeRangeType="confirmTask", timeRangeStart="2026-01-01 10:00:00") == [new]
    assert found(cloud, "closedTask", endTime="2026-01-01 10:00:00") == found(cloud, "closedTask", taskId=old) == []
    for path in (
        "/v2/task?timeRangeStart=now",
        "/v2/closedTask?endTime=2026-01-01T00:00:00Z",
        "/v2/task?timeRangeType=x",
    ):
        cloud.refused(BadRequest, "GET", path)
