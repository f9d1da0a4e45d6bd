"""The servers of server groups."""

from __future__ import annotations

from bce_emulator.services.blb.errors import BackendServerAlreadyExist, InvalidParameter, QuotaExceeded
from bce_emulator.services.vpc.nic.resource import Nic
from tests.services.blb.app import App


def servers(app: App, group: str = "{group}") -> dict[str, dict[str, object]]:
    return {each["instanceId"]: each for each in app.look(f"blbrs?sgId={group}", "backendServerList")}


def test_servers_come_in_with_a_weight_or_all_of_it(full):
    full.ok(
        "POST blbrs",
        sgId="{empty_group}",
        backendServerList=[{"instanceId": "{instance}", "weight": 0, "desc": "d"}, {"instanceId": "{other_instance}"}],
    )

    shown = servers(full, "{empty_group}")
    nics = {nic.device_id: nic.private_ip for nic in full.cloud.account.all(Nic)}
    assert [(each["weight"], each["desc"]) for each in shown.values()] == [(100, ""), (0, "d")]
    assert {each: shown[each]["privateIp"] for each in shown} == {each: nics[each] for each in shown}


def test_servers_get_other_weights_and_what_is_not_said_stays(full):
    full.ok("PUT blbrs", sgId="{group}", backendServerList=[{"instanceId": "{instance}", "desc": "mine"}])
    full.ok("PUT blbrs", sgId="{group}", backendServerList=[{"instanceId": "{instance}", "weight": 1}])

    shown = servers(full)[full.ids["instance"]]
    assert (shown["weight"], shown["desc"]) == (1, "mine")


def test_servers_go(full):
    full.ok("PUT blbrs?batchdelete", sgId="{group}", backendServerIdList=["{instance}", "{instance}"])

    assert servers(full) == {}


def test_an_instance_that_is_released_leaves_the_groups(full):
    full.ok("POST blbrs", sgId="{empty_group}", backendServerList=[{"instanceId": "{instance}"}])

    full.cloud.ok("DELETE", f"/v2/instance/{full.ids['instance']}")

    assert (servers(full), servers(full, "{empty_group}")) == ({}, {})


def test_a_server_is_in_a_group_once(full):
    there, new = {"instanceId": "{instance}"}, {"instanceId": "{other_instance}"}
    for wanted in ([new, there], [new, new]):
        full.refused(BackendServerAlreadyExist, "POST blbrs", sgId="{group}", backendServerList=wanted)


def test_there_are_only_so_many_servers(full):
    full.cloud.set_facts(**{"blb.serverGroupServerQuota": 1})

    new = [{"instanceId": "{other_instance}"}]
    full.refused(QuotaExceeded, "POST blbrs", sgId="{group}", backendServerList=new)


def test_what_a_server_cannot_have_is_refused(full):
    for wrong in ({"weight": 101}, {"weight": -1}, {"desc": "x" * 451}):
        for call, instance in (("POST blbrs", "{other_instance}"), ("PUT blbrs", "{instance}")):
            body = {"sgId": "{group}", "backendServerList": [{"instanceId": instance, **wrong}]}
            full.refused(InvalidParameter, call, **body)
    for call in ("POST blbrs", "PUT blbrs"):
        full.refused(InvalidParameter, call, sgId="{group}", backendServerList=[])
    full.refused(InvalidParameter, "PUT blbrs?batchdelete", sgId="{group}", backendServerIdList=[])


def test_an_instance_of_another_vpc_is_refused(full, other_vpc):
    account = full.cloud.account
    next(nic for nic in account.all(Nic) if nic.device_id == full.ids["other_instance"]).vpc_id = other_vpc

    new = [{"instanceId": "{other_instance}"}]
    full.refused(InvalidParameter, "POST blbrs", sgId="{group}", backendServerList=new)


def test_a_load_balancer_is_found_by_an_instance_in_one_of_its_groups(full):
    App(full.cloud)

    def found(instance: str) -> list[str]:
        shown = full.cloud.ok("GET", f"/v1/appblb?bccId={full.ids[instance]}")["blbList"]
        return [each["blbId"] for each in shown]

    assert (found("instance"), found("other_instance")) == ([full.blb], [])
