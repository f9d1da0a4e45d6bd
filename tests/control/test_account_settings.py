"""Facts that no request can change, and how long transitions last."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import QualifyNotPass
from bce_emulator.services.bcc.instance.errors import ZoneSoldOut
from bce_emulator.services.bcc.instance.resource import Instance
from tests.cloud import LINUX, SPEC


def test_facts_are_shown_with_their_defaults_and_what_they_decide(control):
    facts = control("GET", "facts").body

    assert facts["realNameVerified"] == {
        "value": True,
        "default": True,
        "help": "false: creating anything is refused with QualifyNotPass",
    }


def test_a_fact_that_was_made_true_decides(cloud, control):
    changed = control("PUT", "facts", {"realNameVerified": False}).body

    assert changed["realNameVerified"]["value"] is False
    cloud.refused(QualifyNotPass, "POST", "/v2/instanceBySpec", {"spec": SPEC, "imageId": LINUX})


def test_stock_that_ran_out_is_met_and_null_brings_plenty_back(cloud, control):
    body = {"spec": SPEC, "imageId": LINUX}
    control("PUT", "facts", {"stock": {SPEC: 0}})
    cloud.refused(ZoneSoldOut, "POST", "/v2/instanceBySpec", body)

    control("PUT", "facts", {"stock": None})

    assert cloud.call("POST", "/v2/instanceBySpec", body).status == 200
    assert control("GET", "facts").body["bcc.stock"]["value"] == {}


def test_facts_are_those_of_one_account_and_a_reset_brings_the_defaults_back(control):
    control("PUT", "facts", {"realNameVerified": False})
    assert control("GET", "facts?account=test-other").body["realNameVerified"]["value"] is True

    control("POST", "reset")

    assert control("GET", "facts").body["realNameVerified"]["value"] is True


@pytest.mark.parametrize(
    ("facts", "hint"),
    [
        ({"realName": True}, "realNameVerified"),
        ({"realName": None}, "realNameVerified"),
        ({"realNameVerified": "no"}, "bool"),
        ({"realNameVerified": 0}, "bool"),
        ({"stock": 3}, "dict"),
        ({"stock": {"bj-a": "3"}}, "whole numbers"),
        ({"stock": {"bj-a": -1}}, "negative"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_and_none_is_changed(control, facts, hint):
    reply = control("PUT", "facts", {"realNameVerified": False} | facts)

    assert reply.status == 400
    assert hint in reply.body["error"]
    assert control("GET", "facts").body["realNameVerified"]["value"] is True


def test_facts_are_read_of_one_account_only(control):
    assert control("GET", "facts?account=*").status == 400


def test_a_row_lasts_as_long_as_it_is_set_to(cloud, control, running):
    assert control("PUT", "lifecycles/Instance/stop", {"seconds": 3600}).body["seconds"] == 3600
    cloud.ok("PUT", f"/v2/instance/{running}?stop")

    cloud.clock.advance(3599)
    assert cloud.status(running) == "Stopping"
    cloud.clock.advance(1)

    assert cloud.status(running) == "Stopped"


def test_a_changed_row_shows_in_the_table_of_its_account_until_null_brings_it_back(control):
    def stop(query: str = "") -> float:
        return next(
            row["seconds"]
            for row in control("GET", f"lifecycles{query}").body["bcc.Instance"]
            if row["action"] == "stop"
        )

    control("PUT", "lifecycles/Instance/stop", {"seconds": 0.5})
    assert (stop(), stop("?account=test-other")) == (0.5, 20)

    assert control("PUT", "lifecycles/Instance/stop", {"seconds": None}).body["seconds"] == 20

    assert stop() == 20


def test_a_transition_under_way_keeps_its_end(cloud, control, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")

    control("PUT", "lifecycles/Instance/stop", {"seconds": 3600})

    cloud.clock.advance(20)
    assert cloud.account.get(Instance, running).state == "Stopped"


@pytest.mark.parametrize(
    ("path", "body", "status", "hint"),
    [
        ("Instanc/stop", {"seconds": 1}, 404, "did you mean bcc.Instance"),
        ("Zone/stop", {"seconds": 1}, 404, "no type of resource"),
        ("Instance/halt", {"seconds": 1}, 404, "reboot"),
        ("Instance/stop", {"seconds": -1}, 400, "seconds"),
        ("Instance/stop", {"minutes": 1}, 400, ""),
        ("Instance/stop", {}, 400, "seconds"),
        ("Instance/stop", None, 400, ""),
    ],
)
def test_a_row_that_is_not_there_is_not_changed(control, path, body, status, hint):
    reply = control("PUT", f"lifecycles/{path}", body)

    assert reply.status == status
    assert hint in reply.body["error"]
