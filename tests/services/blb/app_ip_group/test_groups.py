"""Making, changing and deleting IP groups."""

from __future__ import annotations

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.blb.errors import InvalidParameter, QuotaExceeded
from tests.services.blb.app import TO_ADDRESSES, App

MEMBER = {"ip": "10.0.0.9", "port": 80}


def group(app: App, name: str) -> dict[str, object]:
    [found] = app.look(f"ipgroup?exactlyMatch=true&name={name}", "appIpGroupList")
    return found


def test_a_group_shows_what_it_was_made_with(app):
    made = app.ok(
        "POST ipgroup",
        name="made",
        desc="of a test",
        groupTargetType="sameVpc",
        preserveClientIpEnabled=False,
        memberList=[MEMBER],
    )

    assert made == {"id": made["id"], "name": "made", "desc": "of a test", "backendPolicyList": []}
    assert group(app, "made") == made | {"groupTargetType": "sameVpc", "preserveClientIpEnabled": False}
    assert len(app.look(f"ipgroup/member?ipGroupId={made['id']}", "memberList")) == 1


def test_a_group_without_a_name_is_called_by_its_id(app):
    made = app.ok("POST ipgroup")

    assert made["name"] == made["id"]
    assert group(app, made["id"])["groupTargetType"] == "customized"


def test_a_group_is_renamed_and_what_is_not_said_stays(full):
    before = group(full, "addresses")

    full.ok("PUT ipgroup", ipGroupId="{ip_group}", name="renamed")
    full.ok("PUT ipgroup", ipGroupId="{ip_group}", desc="anew")

    assert group(full, "renamed") == before | {"name": "renamed", "desc": "anew"}


def test_a_group_that_a_policy_leads_to_stays(full):
    full.ids["to_addresses"] = full.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_ADDRESSES])["idList"][0]

    full.refused(OperationDenied, "PUT ipgroup?delete", ipGroupId="{ip_group}")
    full.ok("PUT policys?batchdelete", port=8080, policyIdList=["{to_addresses}"])
    full.ok("PUT ipgroup?delete", ipGroupId="{ip_group}")

    assert full.look("ipgroup", "appIpGroupList") == []


def test_what_a_group_cannot_have_is_refused(full):
    for wrong in ({"name": "1st"}, {"desc": "x" * 201}, {"preserveClientIpEnabled": False}):
        full.refused(InvalidParameter, "POST ipgroup", **wrong)
        full.refused(InvalidParameter, "PUT ipgroup", ipGroupId="{ip_group}", **wrong)
    full.refused(InvalidParameter, "POST ipgroup", groupTargetType="elsewhere")


def test_there_are_only_so_many_groups_and_members(full):
    full.cloud.set_facts(**{"blb.ipGroupMemberQuota": 0})
    full.refused(QuotaExceeded, "POST ipgroup", memberList=[MEMBER])
    full.cloud.set_facts(**{"blb.ipGroupQuota": 1})
    full.refused(QuotaExceeded, "POST ipgroup")
