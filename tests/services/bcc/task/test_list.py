"""Tasks as a client sees them, for seven days."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON
from bce_emulator.services.bcc.task.resource import SHOWN_FOR, Task

DETAIL, LIST = "/v2/task/detail", "/v2/task/list"
FIRST_MINUTE = "2026-01-01T00:01:00Z"


def start(cloud, instance):
    return cloud.ok("POST", "/v2/instance/deployset/updateRelation", {"instanceId": instance})["taskId"]


def listed(cloud, **members):
    return [task["taskId"] for task in cloud.ok("POST", LIST, members)["tasks"]]


def rendered(cloud, *task_ids):
    return cloud.ok("POST", DETAIL, {"taskIds": list(task_ids)})["tasks"]


def test_a_task_tells_how_far_it_is(cloud, running):
    task = start(cloud, running)

    (seen,) = rendered(cloud, task)
    assert seen == {
        "taskId": task,
        "taskAction": "AttachDeploymentSets",
        "taskStatus": "Processing",
        "createdTime": FIRST_MINUTE,
        "finishedTime": "",
        "totalCount": 1,
        "successCount": 0,
        "failedCount": 0,
        "operationProgressSet": [
            {"resourceId": running, "operationStatus": "Processing", "code": "", "errorMessage": ""}
        ],
    }
    cloud.clock.advance(60)
    (seen,) = rendered(cloud, task)
    assert (seen["taskStatus"], seen["finishedTime"], seen["successCount"]) == (
        "Finished",
        "2026-01-01T00:01:10Z",
        1,
    )
    assert cloud.ok("POST", LIST)["tasks"] == [seen]


def test_the_detail_leaves_out_what_is_unknown_and_keeps_the_order(cloud, running):
    first, second = start(cloud, running), start(cloud, running)

    assert [task["taskId"] for task in rendered(cloud, first, "task-nowhere", second, first)] == [first, second]
    assert len(cloud.ok("POST", DETAIL, {"taskIds": [first, second], "maxKeys": 1})["tasks"]) == 1


def test_filters_keep_what_fits_all_of_them(cloud, running):
    other = cloud.create()
    first = start(cloud, running)
    cloud.clock.advance(60)
    second = start(cloud, other)

    assert listed(cloud) == [second, first]
    assert listed(cloud, taskIds=[first]) == [first]
    assert listed(cloud, taskAction="AttachDeploymentSets", taskStatus="Processing") == [second]
    assert listed(cloud, taskStatus="Finished") == [first]
    assert listed(cloud, taskStatus="Failed") == []
    assert listed(cloud, resourceIds=[other, "i-nobody00"]) == [second]
    assert listed(cloud, startTime="2026-01-01T00:02:30Z") == [second]
    assert listed(cloud, endTime="2026-01-01T00:02:30Z", taskStatus="", taskAction=None) == [first]


@pytest.mark.parametrize("members", [{}, {"maxKeys": 0, "marker": "-1"}, {"maxKeys": 10}])
def test_a_page_holds_ten_tasks(cloud, running, members):
    tasks = [start(cloud, running) for _ in range(11)]

    response = cloud.ok("POST", LIST, members)

    assert [task["taskId"] for task in response["tasks"]] == tasks[:0:-1]
    assert (response["isTruncated"], response["maxKeys"]) == (True, 10)
    assert listed(cloud, marker=response["nextMarker"]) == tasks[:1]


def test_a_page_holds_at_most_a_hundred_tasks(cloud):
    assert cloud.ok("POST", LIST, {"maxKeys": 1000})["maxKeys"] == 100


def test_tasks_are_shown_for_seven_days(cloud, running):
    task = start(cloud, running)

    cloud.clock.advance(SHOWN_FOR - 1)
    assert (listed(cloud), len(rendered(cloud, task))) == ([task], 1)
    cloud.clock.advance(1)
    assert (listed(cloud), len(rendered(cloud, task))) == ([], 0)
    later = start(cloud, running)
    assert [each.id for each in cloud.account.all(Task)] == [later]


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (DETAIL, {}, InappropriateJSON),
        (DETAIL, {"taskIds": None}, InappropriateJSON),
        (DETAIL, {"taskIds": ["task-x"] * 101}, BadRequest),
        (DETAIL, {"taskIds": [], "maxKeys": -1}, BadRequest),
        (LIST, {"taskIds": ["task-x"] * 101}, BadRequest),
        (LIST, {"resourceIds": ["i-x"] * 101}, BadRequest),
        (LIST, {"maxKeys": -1}, BadRequest),
        (LIST, {"marker": "task-never"}, BadRequest),
        (LIST, {"taskAction": "Dance"}, BadRequest),
        (LIST, {"taskStatus": "Tired"}, BadRequest),
        (LIST, {"startTime": "yesterday"}, BadRequest),
        (LIST, {"endTime": "2026-13-01T00:00:00Z"}, BadRequest),
    ],
)
def test_what_breaks_a_rule_is_refused(cloud, running, target, body, error):
    start(cloud, running)

    cloud.refused(error, "POST", target, body)
