"""Listing server groups and their servers."""

from __future__ import annotations

from bce_emulator.services.blb.errors import ListenerNotFound
from bce_emulator.services.vpc.nic.resource import Nic


def test_groups_are_found_by_a_part_of_their_name_or_by_the_whole(full):
    def named(query: str) -> list[str]:
        return [each["name"] for each in full.look(f"appservergroup?{query}", "appServerGroupList")]

    assert named("") == ["empty", "servers"]
    assert named("name=e") == ["empty", "servers"]
    assert named("name=erv") == ["servers"]
    assert named("name=erv&exactlyMatch=true") == []
    assert named("name=servers&exactlyMatch=true&maxKeys=1") == ["servers"]


def test_a_server_shows_its_ports_where_policies_lead_to_it(full):
    [server] = full.look("blbrs?sgId={group}", "backendServerList")
    [mounted] = full.look("blbrsmount?sgId={group}", "backendServerList")

    assert mounted == server
    assert server["portList"] == [
        {
            "listenerPort": 8080,
            "backendPort": "8080",
            "portType": "HTTP",
            "healthCheckPortType": "HTTP",
            "status": "Alive",
            "portId": full.ids["http_port"],
            "policyId": full.ids["policy"],
        }
    ]
    full.ok("PUT policys?batchdelete", port=8080, policyIdList=["{policy}"])
    assert "portList" not in full.look("blbrs?sgId={group}", "backendServerList")[0]


def test_the_others_in_the_vpc_are_those_that_could_come_in(full):
    ip = {nic.device_id: nic.private_ip for nic in full.cloud.account.all(Nic)}[full.ids["other_instance"]]

    found = full.look("blbrsunmount?sgId={group}", "backendServerList")

    assert found == [{"instanceId": full.ids["other_instance"], "privateIp": ip}]
    assert len(full.look("blbrsunmount?sgId={empty_group}", "backendServerList")) == 2


def test_the_servers_behind_a_listener_are_those_of_its_policies(full):
    shown = full.ok("GET backendserver?listenerPort=8080")

    assert (shown["type"], shown["listenerPort"], shown["backendPort"]) == ("HTTP", 8080, 8080)
    assert shown["backendServerList"] == [{"instanceId": full.ids["instance"], "weight": 50, "status": "Alive"}]
    assert full.look("backendserver?listenerPort=80", "backendServerList") == []
    full.refused(ListenerNotFound, "GET backendserver?listenerPort=1")


def test_what_gets_no_traffic_or_is_not_checked_is_unknown(full):
    def status() -> tuple[str, str]:
        [server] = full.look("blbrs?sgId={group}", "backendServerList")
        [behind] = full.look("backendserver?listenerPort=8080", "backendServerList")
        return server["portList"][0]["status"], behind["status"]

    full.ok("PUT appservergroupport", sgId="{group}", portId="{http_port}", enableHealthCheck=False)
    assert status() == ("Unknown", "Unknown")
    full.ok("PUT appservergroupport", sgId="{group}", portId="{http_port}", enableHealthCheck=True)
    assert status() == ("Alive", "Alive")
    full.ok("PUT blbrs", sgId="{group}", backendServerList=[{"instanceId": "{instance}", "weight": 0}])
    assert status() == ("Unknown", "Unknown")
