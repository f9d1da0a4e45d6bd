"""What health checks find, on the virtual clock."""

from __future__ import annotations

import pytest

from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.nic.host import MAX_TURNS
from tests.control.conftest import control_of
from tests.services.blb.app import App

CHECK = {"healthCheckIntervalInSecond": 2, "healthCheckDownRetry": 5, "healthCheckUpRetry": 2}
DOWN, UP = 10, 4
"""Seconds until a server that answers no more is dead, and one that answers again alive."""


@pytest.fixture
def checked(full) -> App:
    """One whose server is alive, with a check of its own."""
    full.ok("PUT appservergroupport", sgId="{group}", portId="{http_port}", **CHECK)
    assert status(full) == "Alive"
    return full


def status(app: App) -> str:
    [server] = app.look("blbrs?sgId={group}", "backendServerList")
    [behind] = app.look("backendserver?listenerPort=8080", "backendServerList")
    assert server["portList"][0]["status"] == behind["status"]
    found: str = behind["status"]
    return found


def turn(app: App, action: str) -> None:
    app.cloud.ok("PUT", f"/v2/instance/{app.ids['instance']}?{action}", {})


def after(app: App, seconds: int) -> str:
    app.cloud.clock.advance(seconds)
    return status(app)


def test_a_server_whose_instance_stops_is_dead_when_it_did_not_answer_often_enough(checked):
    turn(checked, "stop")

    assert (status(checked), after(checked, DOWN - 1), after(checked, 1)) == ("Alive", "Alive", "Dead")


def test_a_server_whose_instance_runs_again_is_alive_when_it_answered_often_enough(checked):
    turn(checked, "stop")
    checked.cloud.clock.advance(60)

    turn(checked, "start")

    assert (status(checked), after(checked, UP - 1), after(checked, 1)) == ("Dead", "Dead", "Alive")


def test_an_outage_that_no_check_notices_changes_nothing(checked):
    turn(checked, "stop")
    checked.cloud.clock.advance(DOWN - 1)
    turn(checked, "start")

    assert (status(checked), after(checked, 1)) == ("Alive", "Alive")


def test_a_dead_server_that_answers_too_few_times_stays_dead(checked):
    turn(checked, "stop")
    checked.cloud.clock.advance(60)
    turn(checked, "start")
    checked.cloud.clock.advance(UP - 1)

    turn(checked, "stop")

    assert (status(checked), after(checked, DOWN)) == ("Dead", "Dead")
    turn(checked, "start")
    assert (status(checked), after(checked, UP)) == ("Dead", "Alive")


def test_of_a_server_that_flaps_no_more_is_kept_than_the_latest_turns(checked):
    for _ in range(MAX_TURNS):
        turn(checked, "stop")
        checked.cloud.clock.advance(DOWN)
        turn(checked, "start")
        checked.cloud.clock.advance(UP)

    kept = checked.cloud.account.get(Instance, checked.ids["instance"])
    assert (status(checked), len(kept.turns)) == ("Alive", MAX_TURNS)
    turn(checked, "stop")
    assert (status(checked), after(checked, DOWN)) == ("Alive", "Dead")


def test_an_instance_that_is_stopping_answers_no_more(checked):
    checked.cloud.clock.pace = 1
    turn(checked, "stop")

    checked.cloud.clock.advance(DOWN)

    assert checked.cloud.status(checked.ids["instance"]) == "Stopping"
    assert status(checked) == "Dead"


def test_of_a_new_server_nothing_is_known_until_it_was_checked_often_enough(checked):
    checked.ok("PUT blbrs?batchdelete", sgId="{group}", backendServerIdList=["{instance}"])
    checked.ok("POST blbrs", sgId="{group}", backendServerList=[{"instanceId": "{instance}"}])

    assert (status(checked), after(checked, UP - 1), after(checked, 1)) == ("Unknown", "Unknown", "Alive")


def test_a_server_that_came_in_stopped_is_dead(checked):
    checked.ok("PUT blbrs?batchdelete", sgId="{group}", backendServerIdList=["{instance}"])
    turn(checked, "stop")
    checked.cloud.clock.advance(1)

    checked.ok("POST blbrs", sgId="{group}", backendServerList=[{"instanceId": "{instance}"}])

    assert (status(checked), after(checked, UP)) == ("Unknown", "Dead")


def test_a_test_can_say_what_checks_find_until_it_takes_that_back(checked):
    control, backend = control_of(checked.cloud), f"backends/{checked.ids['instance']}"

    assert control("PUT", backend, {"health": "Dead"}).body == {"id": checked.ids["instance"], "health": "Dead"}
    assert status(checked) == "Dead"
    turn(checked, "stop")
    checked.cloud.clock.advance(60)
    control("PUT", backend, {"health": "Alive"})
    assert status(checked) == "Alive"
    control("PUT", backend, {"health": ""})
    assert status(checked) == "Dead"

    assert control("PUT", backend, {"health": "Unwell"}).status == 400
    assert control("PUT", "backends/i-none", {"health": "Dead"}).status == 404


@pytest.mark.parametrize("path", ["instances/{}", "resources/{}"])
def test_a_status_that_a_test_sets_is_noticed_as_any_other(checked, path):
    control_of(checked.cloud)("PUT", path.format(checked.ids["instance"]), {"status": "Stopped"})

    assert (status(checked), after(checked, DOWN - 1), after(checked, 1)) == ("Alive", "Alive", "Dead")
