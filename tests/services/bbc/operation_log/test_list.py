"""What was done to servers, as the log tells it."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.operation_log.errors import EndTimeInvalid, StartTimeInvalid
from bce_emulator.services.bbc.operation_log.resource import MAX_ENTRIES, ServerOperation, note
from tests.services.bbc.image.images import creating
from tests.services.bbc.servers import NOBODY, new_server

LOG, DAY = "/v1/operationLog", 24 * 3600


def told(cloud, query=""):
    return [each["operationDesc"] for each in cloud.ok("GET", f"{LOG}{query}")["operationLogs"]]


def test_what_succeeded_is_told_for_a_day_or_a_period(cloud):
    servers = [new_server(cloud), new_server(cloud)]
    made = creating(cloud, servers[0])
    cloud.ok("PUT", f"/v1/instance/{servers[0]}?stop")
    cloud.refused(OperationDenied, "PUT", f"/v1/instance/{servers[0]}?start")
    cloud.refused(NoSuchObject, "PUT", f"/v1/instance/{NOBODY}?start")

    stopped = {
        "operationStatus": True,
        "operationTime": "2026-01-01T00:20:00Z",
        "operationDesc": f"StopInstance {servers[0]}",
        "operationIp": "",
    }
    shown = cloud.ok("GET", f"{LOG}?maxKeys=1")
    assert shown["operationLogs"] == [stopped]
    rest = [f"CreateImageFromInstanceId {made}", f"CreateInstance {servers[1]}", f"CreateInstance {servers[0]}"]
    assert told(cloud, f"?marker={shown['nextMarker']}") == rest
    cloud.clock.advance(DAY)
    assert told(cloud) == []
    period = "?startTime=2026-01-01T00:10:00Z&endTime=2026-01-01T00:10:00Z"
    assert told(cloud, period) == [f"CreateInstance {servers[1]}"]
    cloud.refused(StartTimeInvalid, "GET", f"{LOG}?startTime=today&endTime=now")
    cloud.refused(EndTimeInvalid, "GET", f"{LOG}?endTime=2026-01-01")
    cloud.refused(BadRequest, "GET", f"{LOG}?marker=log-nobody00")


def test_the_log_keeps_its_latest_entries(cloud):
    note(cloud.account, "StartInstance", *map(str, range(MAX_ENTRIES + 2)))

    kept = list(cloud.account.all(ServerOperation))

    assert (len(kept), kept[0].subject) == (MAX_ENTRIES, "2")
