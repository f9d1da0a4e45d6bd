"""Making, changing and deleting server groups."""

from __future__ import annotations

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.blb.errors import BackendServerAlreadyExist, InvalidParameter, QuotaExceeded
from tests.services.blb.app import App

TWICE = [{"instanceId": "{instance}"}, {"instanceId": "{instance}"}]


def group(app: App, name: str) -> dict[str, object]:
    [found] = app.look(f"appservergroup?exactlyMatch=true&name={name}", "appServerGroupList")
    return found


def test_a_group_shows_what_it_was_made_with(full):
    made = full.ok(
        "POST appservergroup",
        name="made",
        desc="of a test",
        preserveClientIpEnabled=False,
        backendServerList=[{"instanceId": "{instance}", "weight": "7", "desc": "first"}],
    )

    assert made == {"id": made["id"], "name": "made", "desc": "of a test", "status": "available", "portList": []}
    assert group(full, "made") == made | {"preserveClientIpEnabled": False}
    [server] = full.look(f"blbrs?sgId={made['id']}", "backendServerList")
    assert (server["instanceId"], server["weight"], server["desc"]) == (full.ids["instance"], 7, "first")


def test_a_group_without_a_name_is_called_by_its_id(app):
    made = app.ok("POST appservergroup")

    assert made["name"] == made["id"]


def test_a_group_is_renamed_and_what_is_not_said_stays(full):
    before = group(full, "servers")

    full.ok("PUT appservergroup", sgId="{group}", name="renamed")
    full.ok("PUT appservergroup", sgId="{group}", desc="anew", preserveClientIpEnabled=False)

    assert group(full, "renamed") == before | {"name": "renamed", "desc": "anew", "preserveClientIpEnabled": False}


def test_a_group_and_its_ports_are_being_changed_with_their_load_balancer(full):
    full.cloud.clock.pace = 1

    full.ok("PUT appservergroup", sgId="{group}", name="renamed")

    shown = group(full, "renamed")
    assert {shown["status"], *(port["status"] for port in shown["portList"])} == {"updating"}


def test_a_group_that_a_policy_leads_to_stays(full):
    full.refused(OperationDenied, "PUT appservergroup?delete", sgId="{group}")

    full.ok("PUT policys?batchdelete", port=8080, policyIdList=["{policy}"])
    full.ok("PUT appservergroup?delete", sgId="{group}")

    assert [each["name"] for each in full.look("appservergroup", "appServerGroupList")] == ["empty"]


def test_names_and_descriptions_keep_the_rules(full):
    for wrong in ({"name": "1st"}, {"name": "a" * 66}, {"desc": "x" * 451}):
        full.refused(InvalidParameter, "POST appservergroup", **wrong)
        full.refused(InvalidParameter, "PUT appservergroup", sgId="{group}", **wrong)


def test_there_are_only_so_many_groups_and_servers(full):
    full.refused(BackendServerAlreadyExist, "POST appservergroup", backendServerList=TWICE)
    full.cloud.set_facts(**{"blb.serverGroupServerQuota": 0})
    full.refused(QuotaExceeded, "POST appservergroup", backendServerList=TWICE[:1])
    full.cloud.set_facts(**{"blb.serverGroupQuota": 2})
    full.refused(QuotaExceeded, "POST appservergroup")
