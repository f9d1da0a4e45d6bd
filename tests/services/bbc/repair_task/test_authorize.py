"""The course of a repair, from its report to its end."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.repair_task.lifecycle import LIFECYCLE
from tests.control.conftest import control_of
from tests.services.bbc.repair_task.repairs import report, status
from tests.services.bbc.servers import NOBODY, new_server

HOUR = 3_600
CALLS = {"authorize": "authorize", "unauthorize": "unauthorize", "confirm": "confirm", "disconfirm": "disconfirm"}


def test_a_repair_is_put_off_allowed_made_rejected_made_again_and_closed(cloud):
    server_id = new_server(cloud, name="db")
    task = report(cloud, server_id, errResult="DiskFailure")

    assert (task["kind"], task["status"]) == ("bbc.RepairTask", "newTask")
    cloud.ok("POST", "/v2/task/unauthorize", {"taskId": task["id"]})
    cloud.clock.advance(60)
    assert status(cloud, task["id"]) == "unAuthorizeTask"
    cloud.ok("POST", "/v2/task/authorize", {"taskId": task["id"], "retainDataDisk": 1})
    (shown,) = cloud.ok("GET", "/v2/task")["RepairTask"]
    assert shown == {
        "taskId": task["id"],
        "instanceId": server_id,
        "errResult": "DiskFailure",
        "status": "authorizeTask",
        "errStartTime": "2026-01-01 08:10:00",
        "newTaskTime": "2026-01-01 08:10:00",
        "authorizeTaskTime": "2026-01-01 08:11:00",
        "unAuthorizeTaskTime": "2026-01-01 08:10:00",
        "simCompletionTime": "2026-01-01 09:11:00",
        "checkTaskTime": "",
        "firstConfirmedTime": "",
    }
    cloud.clock.advance(HOUR)
    assert status(cloud, task["id"]) == "checkTask"
    cloud.ok("POST", "/v2/task/disconfirm", {"taskId": task["id"], "newErrResult": "MemoryFailure"})
    assert cloud.ok("GET", f"/v2/task/{task['id']}") == {
        "taskId": task["id"],
        "instanceId": server_id,
        "instanceName": "db",
        "errResult": "MemoryFailure",
        "status": "authorizeTask",
        "serverStatus": "Running",
        "region": "bj",
        "internalIp": cloud.ok("GET", f"/v1/instance/{server_id}")["internalIp"],
        "floatingIp": "",
    }
    cloud.clock.advance(HOUR)
    cloud.ok("POST", "/v2/task/confirm", {"taskId": task["id"]})

    cloud.clock.advance(1)
    assert cloud.ok("GET", "/v2/task")["RepairTask"] == []
    (closed,) = cloud.ok("GET", "/v2/closedTask")["RepairTask"]
    assert (closed["endTime"], closed["firstConfirmedTime"]) == ("2026-01-01 10:11:00", "2026-01-01 10:11:00")
    assert closed["createTime"] == "2026-01-01 08:10:00"
    records = cloud.ok("POST", "/v2/task/record", {"taskId": task["id"]})["RepairRecord"]
    assert records[0] == {"name": "newTask", "operator": "system", "operateTime": "2026-01-01 08:10:00"}
    assert [(each["name"], each["operator"]) for each in records[1:]] == [
        ("unAuthorizeTask", "user"),
        ("authorizeTask", "user"),
        ("checkTask", "system"),
        ("disConfirmTask", "user"),
        ("checkTask", "system"),
        ("confirmTask", "user"),
    ]


def test_a_call_out_of_turn_is_refused(cloud):
    server_id = new_server(cloud)
    task = report(cloud, server_id)["id"]
    for state in LIFECYCLE.states:
        assert control_of(cloud)("PUT", f"resources/{task}", {"status": state}).status == 200
        for action, path in CALLS.items():
            if LIFECYCLE.find(action, state) is None:
                cloud.refused(OperationDenied, "POST", f"/v2/task/{path}", {"taskId": task})
    for path in (*CALLS, "record"):
        cloud.refused(NoSuchObject, "POST", f"/v2/task/{path}", {"taskId": "task-nobody00"})
    cloud.refused(NoSuchObject, "GET", "/v2/task/task-nobody00")
    cloud.refused(BadRequest, "POST", "/v2/task/authorize", {"taskId": task, "retainDataDisk": 2})


def test_repairs_are_of_servers_and_go_with_them(cloud):
    call, server_id = control_of(cloud), new_server(cloud)
    assert "no server i-nobody00" in call("POST", f"servers/{NOBODY}/repair", {}).body["error"]
    assert call("POST", f"servers/{server_id}/repair", {"errResult": ""}).status == 400
    task = report(cloud, server_id)["id"]

    cloud.ok("DELETE", f"/v2/instance/{server_id}")

    cloud.refused(NoSuchObject, "GET", f"/v2/task/{task}")
