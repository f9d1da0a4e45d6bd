"""Questions about more than one account, region and product."""

from __future__ import annotations

import re

import pytest

from bce_emulator.cli.reach import readable
from bce_emulator.dashboard.pages import STATIC
from bce_emulator.reachability import journey
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.question import Question, answer
from bce_emulator.reachability.rules import RULES
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from tests.cloud import LINUX, SPEC
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.reachability.world import balancer, copied, forget
from tests.services.bbc.servers import new_server
from tests.services.vpc.peerconn.test_ends import act, connect, seen_by

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


def route(cloud, destination: str, end: str, vpc: str) -> None:
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": destination}
    cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "peerConn", "nexthopId": end})


def test_a_peer_connection_leads_into_another_account_and_region(cloud, running):
    far = seen_by(cloud, "test-other", "gz")
    theirs = make_vpc(far, cidr="10.50.0.0/16")
    subnet = make_subnet(far, theirs, cidr="10.50.1.0/24", zoneName="cn-gz-a")
    target = far.ok("POST", "/v2/instanceBySpec", ORDER | {"subnetId": subnet, "internalIps": ["10.50.1.9"]})
    peer = connect(cloud, default_vpc(cloud), theirs, "gz", peerAccountId="test-other")
    act(far, peer, "accept")
    far.clock.advance(400)
    ours = cloud.account
    there = cloud.emulator.accounts.open("test-other").in_region("gz")
    route(cloud, "10.50.0.0/16", ours.get_by(PeerConn, "peer_conn_id", peer).id, default_vpc(cloud))
    question = Question(running, "10.50.1.9", "tcp", 80)
    assert target["instanceIds"]

    found = answer(ours, question)
    assert found["stoppedBy"]["rule"]["name"] == "route.none"
    assert found["stoppedBy"]["leg"] == "back"

    route(far, "192.168.0.0/16", there.get_by(PeerConn, "peer_conn_id", peer).id, theirs)
    assert answer(ours, question)["reaches"]


def test_bare_metal_is_an_end_like_any_other(cloud, running):
    server = new_server(cloud)

    found = answer(cloud.account, Question(running, server, "icmp"))

    assert found["reaches"]
    assert found["target"]["kind"] == "bbc.Server"


@pytest.mark.parametrize("by", ["id", "address"])
def test_what_an_eip_is_bound_to_asks_by_it(cloud, running, by):
    billing = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
    eip = cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": billing})["eip"]
    cloud.clock.advance(10)
    cloud.ok("PUT", f"/v1/eip/{eip}?bind", {"instanceType": "BCC", "instanceId": running})
    other = cloud.create(subnetId=default_subnet(cloud))

    early = answer(cloud.account, Question(eip if by == "address" else running, "internet", "tcp", 80))
    cloud.clock.advance(10)
    found = answer(cloud.account, Question(eip if by == "address" else running, "internet", "tcp", 80))

    assert early["source"]["id"] == found["source"]["id"] == running
    assert found["reaches"]
    assert answer(cloud.account, Question(other, eip, "tcp", 80))["stoppedBy"]["rule"]["name"] == "route.none"


def test_a_question_tries_so_many_backends_and_no_more(monkeypatch):
    world = copied("test-many")
    more = [{"instanceId": "{mate}", "weight": 1}]
    world.do([*balancer(backend="b"), ("POST /v1/blb/{lb}/backendserver", {"backendServerList": more})])

    all_of_them = world.ask("{a}", "{lb}", "tcp", 80)
    monkeypatch.setattr(journey, "MAX_TRIED", 1)
    one = world.ask("{a}", "{lb}", "tcp", 80)
    monkeypatch.setattr(journey, "MAX_TRIED", 0)
    none = world.ask("{a}", "{lb}", "tcp", 80)

    assert (all_of_them["reaches"], all_of_them["untriedBackends"]) == (True, 0)
    assert (one["stoppedBy"]["rule"]["name"], one["untriedBackends"]) == ("group.default", 1)
    assert "0 backends were tried" in none["stoppedBy"]["text"]
    assert none["untriedBackends"] == 2
    assert "not looked at: 2 more backends" in readable(none)
    assert "not looked at" not in readable(all_of_them)
    forget(world)


def test_rules_on_the_way_are_worked_out_for_who_wants_them_only():
    """They are most of the work of a question with many backends, each of which comes by the same ones."""
    rules = iter([RuleOnTheWay("ACL", "sbn-1", "ar-1", "all")])

    Walk(notes_rules=False).branch().comes_by("sbn-1", rules)
    walk = Walk()
    walk.branch().comes_by("sbn-1", rules)
    again = iter([RuleOnTheWay("ACL", "sbn-1", "ar-2", "all")])
    walk.branch().comes_by("sbn-1", again)

    assert [rule.id for rule in walk.unused()] == ["ar-1"]
    assert next(again), "the same rules were worked out again"


def test_every_rule_of_evaluation_is_said_in_chinese_too():
    text = (STATIC / "reach_zh.js").read_text(encoding="utf-8")

    assert re.findall(r"^  '([a-z0-9_.]+)': '", text, re.MULTILINE) == list(RULES)
    assert all(rule.page.startswith("https://") for rule in RULES.values() if rule.basis == "documented")
