"""Listing IP groups and their members."""

from __future__ import annotations

from bce_emulator.services.vpc.nic.resource import Nic


def test_a_member_answers_as_what_has_its_address(full):
    account = full.cloud.account
    ip = next(nic.private_ip for nic in account.all(Nic) if nic.device_id == full.ids["instance"])
    new = [{"ip": ip, "port": 80}, {"ip": ip, "port": 81, "weight": 0}]
    full.ok("POST ipgroup/member", ipGroupId="{ip_group}", memberList=new)
    full.ok("PUT ipgroup/backendpolicy", ipGroupId="{ip_group}", id="{tcp_protocol}", enableHealthCheck=False)

    full.cloud.clock.advance(9)

    idle, mine, outside, _ = full.look("ipgroup/member?ipGroupId={ip_group}", "memberList")

    assert mine["portList"] == [
        {"healthCheckPortType": "TCP", "status": "Unknown"},
        {"healthCheckPortType": "HTTP", "status": "Alive"},
    ]
    assert {each["status"] for each in (*idle["portList"], *outside["portList"])} == {"Unknown"}


def test_groups_are_found_by_a_part_of_their_name_or_by_the_whole(full):
    full.ok("POST ipgroup", name="others")

    def named(query: str) -> list[str]:
        return [each["name"] for each in full.look(f"ipgroup?{query}", "appIpGroupList")]

    assert named("") == ["others", "addresses"]
    assert named("name=ad") == ["addresses"]
    assert named("name=ad&exactlyMatch=true") == []
    assert named("name=others&exactlyMatch=true") == ["others"]
