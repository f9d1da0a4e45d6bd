"""Questions about more than one account, region and product."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from bce_emulator.cli.reach import readable
from bce_emulator.dashboard.pages import STATIC
from bce_emulator.reachability import journey
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.question import CannotAsk, Question, answer
from bce_emulator.reachability.rules import RULES
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from tests.cloud import LINUX, SPEC, Cloud
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.reachability.world import balancer, chained, copied, eip, forget, lead
from tests.services.bbc.servers import new_server
from tests.services.vpc.peerconn.test_ends import act, connect, seen_by

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


class Peered(NamedTuple):
    """A peer connection with another account in another region, and the route that leads there."""

    far: Cloud
    theirs: str
    subnet: str
    instance: str
    end: str

    def lead_back(self) -> None:
        """Add the route that the answer needs."""
        lead(self.far, "192.168.0.0/16", self.end, self.theirs)


@pytest.fixture
def peered(cloud) -> Peered:
    far = seen_by(cloud, "test-other", "gz")
    theirs = make_vpc(far, cidr="10.50.0.0/16")
    subnet = make_subnet(far, theirs, cidr="10.50.1.0/24", zoneName="cn-gz-a")
    target = far.ok("POST", "/v2/instanceBySpec", ORDER | {"subnetId": subnet, "internalIps": ["10.50.1.9"]})
    peer = connect(cloud, default_vpc(cloud), theirs, "gz", peerAccountId="test-other")
    act(far, peer, "accept")
    far.clock.advance(400)
    there = cloud.emulator.accounts.open("test-other").in_region("gz")
    lead(cloud, "10.50.0.0/16", cloud.account.get_by(PeerConn, "peer_conn_id", peer).id, default_vpc(cloud))
    return Peered(far, theirs, subnet, target["instanceIds"][0], there.get_by(PeerConn, "peer_conn_id", peer).id)


def test_a_peer_connection_leads_into_another_account_and_region(cloud, running, peered):
    question = Question(running, "10.50.1.9", "tcp", 80)

    found = answer(cloud.account, question)
    assert found["stoppedBy"]["rule"]["name"] == "route.none"
    assert found["stoppedBy"]["leg"] == "back"

    peered.lead_back()
    found = answer(cloud.account, question)
    assert found["reaches"]
    assert "peer.account" not in {hop["rule"]["name"] for hop in found["path"]}


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_of_an_account_that_one_may_not_see_one_sees_whether_it_passes_and_no_rule(cloud, running, peered, is_open):
    if is_open:
        peered.lead_back()
    question = Question(running, "10.50.1.9", "tcp", 80)

    whole = answer(cloud.account, question, with_unused=True)
    found = answer(cloud.account, question, with_unused=True, may_see=lambda name: name == cloud.account.name)

    assert found["reaches"] == whole["reaches"] == is_open
    hidden = [each for each in found["path"] if each["rule"]["name"] == "peer.account"]
    assert (hidden[0]["leg"], hidden[0]["passes"]) == ("there", True)
    assert hidden[-1]["leg"] == "back"
    assert hidden[-1]["passes"] == is_open
    assert {each["id"] + each["by"] for each in hidden} == {""}
    secret = [peered.instance, peered.subnet]
    assert [each for each in secret if each in str(whole)] == secret
    assert not [each for each in secret if each in str(found)]
    assert is_open or found["stoppedBy"] == hidden[-1] | {
        "remedy": "the other account lets it pass",
        "remedySays": {"text": "the other account lets it pass", "values": []},
    }
    assert [rule for rule in whole["unused"] if rule not in found["unused"]]


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


def test_an_eip_of_another_account_counts_as_the_internet_and_the_path_says_so(cloud, running):
    def bound(where, instance_id):
        billing = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
        eip = where.ok("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": billing})["eip"]
        where.clock.advance(10)
        where.ok("PUT", f"/v1/eip/{eip}?bind", {"instanceType": "BCC", "instanceId": instance_id})
        where.clock.advance(10)
        return eip

    other = seen_by(cloud, "test-other")
    other.host = cloud.host
    instance_id = other.create()
    theirs, ours = bound(other, instance_id), bound(cloud, running)
    other.ok("PUT", f"/v2/instance/{instance_id}?stop", {})
    other.clock.advance(60)

    found = answer(cloud.account, Question(running, theirs, "tcp", 9_999))
    there = answer(other.account, Question(ours, theirs, "tcp", 9_999))

    said = [hop["text"] for hop in found["path"] if hop["rule"]["name"] == "address.outside"]
    assert (found["reaches"], said) == (True, [f"nothing of this account has {theirs}: it counts as the internet"])
    assert "203.0.113.1 is in the internet" in readable(answer(cloud.account, Question(running, "internet", "icmp")))
    assert there["stoppedBy"]["rule"]["name"] == "host.running"


def test_an_address_that_nothing_has_is_not_looked_for_beyond_a_line():
    world = copied("test-held")

    inside = world.ask("10.0.1.99", "{a}", "tcp", 80)
    private, nowhere, public = (
        world.ask("internet", each, "icmp") for each in ("172.20.1.1", "internet", "198.51.100.7")
    )

    assert inside["stoppedBy"]["text"] == f"nothing in {world.ids['home']} has 10.0.1.99"
    assert inside["stoppedBy"]["remedy"] == "ask for an address that something has"
    assert private["stoppedBy"]["remedy"] == nowhere["stoppedBy"]["remedy"] == inside["stoppedBy"]["remedy"]
    assert public["stoppedBy"]["remedy"] == "an EIP 198.51.100.7"
    forget(world)


@pytest.mark.parametrize("target", ["internet", "172.20.1.2", "{ip}"])
def test_what_is_beyond_a_line_asks_for_what_is_in_a_vpc_only(target):
    world = copied("test-beyond")
    world.do(eip("ip", "BCC", "a"))

    with pytest.raises(CannotAsk, match="172.20.1.1 is beyond a tunnel or a line"):
        world.ask("172.20.1.1", target, "tcp", 80)
    forget(world)


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


def test_the_way_by_a_later_backend_is_told_as_if_it_were_the_only_one():
    world = copied("test-later")
    more, none = [{"instanceId": "{mate}", "weight": 1}], [{"instanceId": "{b}", "weight": 0}]
    world.do([*balancer(backend="b"), ("POST /v1/blb/{lb}/backendserver", {"backendServerList": more})])

    later = world.ask("{a}", "{lb}", "tcp", 80)
    world.do([("PUT /v1/blb/{lb}/backendserver?update", {"backendServerList": none})])
    only = world.ask("{a}", "{lb}", "tcp", 80)

    assert later["reaches"]
    assert later == only
    assert "blb.backend" in {hop["rule"]["name"] for hop in later["path"]}
    forget(world)


def test_the_first_backend_that_is_not_reached_is_the_one_that_is_told(monkeypatch):
    world = copied("test-first")
    more = [{"instanceId": "{c}", "weight": 1}]
    world.do([*balancer(backend="b"), ("POST /v1/blb/{lb}/backendserver", {"backendServerList": more})])

    both = world.ask("{a}", "{lb}", "tcp", 80)
    monkeypatch.setattr(journey, "MAX_TRIED", 1)
    first = world.ask("{a}", "{lb}", "tcp", 80)

    assert both["stoppedBy"]["rule"]["name"] == "group.default"
    assert (both["path"], both["untriedBackends"], first["untriedBackends"]) == (first["path"], 0, 1)
    forget(world)


def test_what_was_tried_to_tell_a_way_is_not_counted_twice(monkeypatch):
    """A balancer leads to nothing and to another one, of whose backends the second answers: four are tried."""
    world = copied("test-nested")
    to = {"appIpGroupId": "{ips}", "portType": "TCP", "priority": 1, "ruleList": [{"key": "*", "value": "*"}]}
    members = [{"ip": each, "port": 80, "weight": 1} for each in ("10.0.1.200", "{lb_ip}")]
    world.do([*balancer(backend="b"), ("LB_ADDRESS lb", None), *chained("outer")])
    world.do([("POST /v1/blb/{lb}/backendserver", {"backendServerList": [{"instanceId": "{mate}", "weight": 1}]})])
    world.do(
        [
            ("ips = POST /v1/appblb/{outer}/ipgroup", {"name": "ips", "memberList": members}),
            ("POST /v1/appblb/{outer}/ipgroup/backendpolicy", {"ipGroupId": "{ips}", "type": "TCP", "healthCheckPort": 80}),
            ("POST /v1/appblb/{outer}/policys", {"listenerPort": 80, "appPolicyVos": [to]}),
        ]
    )  # fmt: skip

    asked = {}
    for most in (3, 4):
        monkeypatch.setattr(journey, "MAX_TRIED", most)
        asked[most] = world.ask("{a}", "{outer}", "tcp", 80)

    assert (asked[3]["reaches"], asked[4]["reaches"]) == (False, True)
    assert [asked[most]["untriedBackends"] for most in (3, 4)] == [1, 0]
    assert sum(hop["rule"]["name"] == "blb.backend" for hop in asked[4]["path"]) == 2
    forget(world)


def test_rules_on_the_way_are_worked_out_for_who_wants_them_only():
    """They are most of the work of a question with many backends, each of which comes by the same ones."""
    rules = iter([RuleOnTheWay("ACL", "sbn-1", "ar-1", "all")])

    Walk(notes_rules=False).branch().comes_by(rules)
    walk = Walk()
    walk.branch().once("sbn-1", lambda: walk.comes_by(rules))
    again = iter([RuleOnTheWay("ACL", "sbn-1", "ar-2", "all")])
    walk.branch().once("sbn-1", lambda: walk.comes_by(again))

    assert [rule.id for rule in walk.unused()] == ["ar-1"]
    assert next(again), "the same rules were worked out again"


def sentences() -> set[str]:
    """The texts that hops are made of: what is said, and what has places for values."""
    found = set()
    for path in Path(journey.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
            texts = ast.walk(node.args[0]) if said else [node]
            values = [each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            found |= {value for value in values if said or re.search(r"\{0\}(?!`)", value)}
    return {each for each in found if re.search("[a-z]", each)}


def test_every_sentence_of_a_hop_is_said_in_chinese_too_with_the_same_values():
    text = (STATIC / "reach_zh.js").read_text(encoding="utf-8").partition("SENTENCES = ")[2]
    table = dict(re.findall(r"^  '(.*)': '(.*)',$", text, re.MULTILINE))

    assert table.keys() == sentences()
    assert all({*re.findall(r"\{\d\}", key)} == {*re.findall(r"\{\d\}", value)} for key, value in table.items())


def test_every_rule_of_evaluation_is_said_in_chinese_too():
    text = (STATIC / "reach_zh.js").read_text(encoding="utf-8")

    assert re.findall(r"^  '([a-z0-9_]+[.][a-z0-9_]+)': '", text, re.MULTILINE) == list(RULES)
    assert all(rule.page.startswith("https://") for rule in RULES.values() if rule.basis == "documented")
