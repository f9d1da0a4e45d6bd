"""The policies of listeners."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InvalidParameter, ListenerNotFound, QuotaExceeded
from tests.services.blb.app import TO_ADDRESSES, TO_SERVERS, App

TO_TCP = {"appServerGroupId": "{group}", "backendPort": 80, "priority": 1}


def policies(app: App, port: int = 8080) -> list[dict[str, object]]:
    return app.look(f"policys?port={port}", "policyList")


def test_a_policy_shows_where_it_leads(full):
    to_addresses, to_servers = (
        full.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_ADDRESSES])["idList"][0],
        full.ids["policy"],
    )

    newest, oldest = policies(full)

    assert newest == {
        "id": to_addresses,
        "desc": "",
        "groupType": "IP",
        "appIpGroupId": full.ids["ip_group"],
        "appIpGroupName": "addresses",
        "frontendPort": 8080,
        "type": "HTTP",
        "backendPort": 0,
        "portType": "HTTP",
        "priority": 200,
        "ruleList": [{"key": "*", "value": "*"}],
    }
    assert oldest == {
        "id": to_servers,
        "desc": "pages",
        "groupType": "Server",
        "appServerGroupId": full.ids["group"],
        "appServerGroupName": "servers",
        "frontendPort": 8080,
        "type": "HTTP",
        "backendPort": 8080,
        "portType": "HTTP",
        "priority": 100,
        "ruleList": TO_SERVERS["ruleList"],
    }


@pytest.mark.parametrize("port", [80, 9443])
def test_a_listener_that_looks_at_nothing_has_one_policy_that_fits_everything(full, port):
    full.ok("POST policys", listenerPort=port, appPolicyVos=[TO_TCP])

    [policy] = policies(full, port)
    assert (policy["portType"], policy["ruleList"]) == ("TCP", [{"key": "*", "value": "*"}])
    full.refused(QuotaExceeded, "POST policys", listenerPort=port, appPolicyVos=[TO_TCP | {"priority": 2}])


def test_policies_without_a_priority_come_after_the_others(full):
    plain = {name: value for name, value in TO_SERVERS.items() if name != "priority"}

    full.ok("POST policys", listenerPort=8080, appPolicyVos=[plain, plain | {"priority": 0}])

    assert [each["priority"] for each in policies(full)] == [102, 101, 100]


def test_priorities_and_descriptions_change_and_priorities_can_be_exchanged(full):
    full.ids["second"] = full.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_ADDRESSES])["idList"][0]
    changes = [{"policyId": "{policy}", "priority": 200}, {"policyId": "{second}", "priority": 100, "description": "d"}]

    full.ok("PUT policys?batchupdate", port=8080, type="HTTP", policyList=changes)

    assert [(each["priority"], each["desc"]) for each in policies(full)] == [(100, "d"), (200, "pages")]


def test_policies_are_deleted(full):
    full.ok("PUT policys?batchdelete", port=8080, type="HTTP", policyIdList=["{policy}", "{policy}"])

    assert policies(full) == []


def test_the_type_of_the_listener_has_to_fit(full):
    full.refused(ListenerNotFound, "GET policys?port=8080&type=TCP")
    full.refused(ListenerNotFound, "POST policys", listenerPort=8080, type="TCP", appPolicyVos=[TO_ADDRESSES])
    full.refused(ListenerNotFound, "PUT policys?batchdelete", port=8080, type="TCP", policyIdList=["{policy}"])


def test_a_policy_of_another_listener_is_not_there(full):
    full.refused(NoSuchObject, "PUT policys?batchdelete", port=443, policyIdList=["{policy}"])
    change = {"policyId": "{policy}", "priority": 1}
    full.refused(NoSuchObject, "PUT policys?batchupdate", port=443, type="HTTPS", policyList=[change])


def test_changes_that_cannot_be_are_refused(full):
    full.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_ADDRESSES])
    for change in ({"priority": 200}, {"priority": 0}, {"priority": 32_769}, {"description": "x" * 451}, {}):
        policy = {"policyId": "{policy}", **change}
        full.refused(InvalidParameter, "PUT policys?batchupdate", port=8080, type="HTTP", policyList=[policy])
    full.refused(InvalidParameter, "PUT policys?batchupdate", port=8080, type="HTTP", policyList=[])
    full.refused(InvalidParameter, "PUT policys?batchdelete", port=8080, policyIdList=[])
