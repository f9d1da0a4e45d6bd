"""The members of IP groups."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InvalidParameter, QuotaExceeded
from tests.services.blb.app import App


def members(app: App) -> list[tuple[object, ...]]:
    found = app.look("ipgroup/member?ipGroupId={ip_group}", "memberList")
    return [(each["ip"], each["port"], each["weight"], each["desc"]) for each in reversed(found)]


def test_members_come_in_with_a_weight_or_all_of_it(full):
    new = [{"ip": "10.0.0.1", "port": 81, "weight": 0, "desc": "d"}, {"ip": "2001:DB8::1", "port": "80"}]

    full.ok("POST ipgroup/member", ipGroupId="{ip_group}", memberList=new)

    assert members(full)[1:] == [("10.0.0.2", 80, 100, ""), ("10.0.0.1", 81, 0, "d"), ("2001:db8::1", 80, 100, "")]


def test_members_change_and_what_is_not_said_stays(full):
    changes = [{"memberId": "{member}", "weight": 5}, {"memberId": "{other_member}", "port": 82, "desc": "d"}]

    full.ok("PUT ipgroup/member", ipGroupId="{ip_group}", memberList=changes)

    assert members(full) == [("10.0.0.1", 80, 5, ""), ("10.0.0.2", 82, 100, "d")]


def test_members_go(full):
    full.ok("PUT ipgroup/member?delete", ipGroupId="{ip_group}", memberIdList=["{member}", "{member}"])

    assert members(full) == [("10.0.0.2", 80, 100, "")]


def test_what_a_member_cannot_have_is_refused(full):
    new = {"ip": "10.0.0.3", "port": 80}
    for wrong in (
        [new, new],
        [new | {"ip": "10.0.0.1"}],
        [new | {"ip": "10.0.0"}],
        [new | {"ip": ":"}],
        [new | {"port": 0}],
        [new | {"weight": 101}],
        [new | {"desc": "x" * 201}],
        [],
    ):
        full.refused(InvalidParameter, "POST ipgroup/member", ipGroupId="{ip_group}", memberList=wrong)
    for change in ({"port": 0}, {"weight": -1}, {"desc": "x" * 201}):
        changes = [{"memberId": "{member}", **change}]
        full.refused(InvalidParameter, "PUT ipgroup/member", ipGroupId="{ip_group}", memberList=changes)
    full.refused(InvalidParameter, "PUT ipgroup/member", ipGroupId="{ip_group}", memberList=[])
    full.refused(InvalidParameter, "PUT ipgroup/member?delete", ipGroupId="{ip_group}", memberIdList=[])


def test_an_address_and_a_port_stay_in_a_group_once(full):
    full.ok("POST ipgroup/member", ipGroupId="{ip_group}", memberList=[{"ip": "10.0.0.1", "port": 81}])

    change = [{"memberId": "{member}", "port": 81}]
    full.refused(InvalidParameter, "PUT ipgroup/member", ipGroupId="{ip_group}", memberList=change)


def test_there_are_only_so_many_members(full):
    full.cloud.set_facts(**{"blb.ipGroupMemberQuota": 2})

    new = [{"ip": "10.0.0.3", "port": 80}]
    full.refused(QuotaExceeded, "POST ipgroup/member", ipGroupId="{ip_group}", memberList=new)


def test_a_member_of_another_group_is_not_there(full):
    full.ids["other"] = full.ok("POST ipgroup")["id"]

    full.refused(NoSuchObject, "PUT ipgroup/member?delete", ipGroupId="{other}", memberIdList=["{member}"])
