"""The control call that says whether traffic would pass."""

from __future__ import annotations

import pytest

from tests.network import default_subnet, make_subnet, make_vpc


def test_a_question_is_answered_with_the_path_and_what_stops_it(cloud, control, running):
    group = cloud.ok("POST", "/v2/securityGroup", {"name": "closed", "rules": []})["securityGroupId"]
    egress = {"direction": "egress", "protocol": "udp", "portRange": "53", "destIp": "all"}
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": egress})
    closed = cloud.create(securityGroupId=group, subnetId=default_subnet(cloud))
    question = {"source": running, "target": closed, "port": 443}

    found = control("POST", "reachability", question | {"unused": True}).body

    stop = found["stoppedBy"]
    assert (found["reaches"], found["protocol"], found["port"], found["sourcePort"]) == (False, "tcp", 443, 49152)
    assert found["source"]["id"] == running
    assert found["source"]["kind"] == "bcc.Instance"
    assert (stop["concern"], stop["id"], stop["leg"], stop["by"]) == ("security group", group, "there", "")
    assert stop["rule"]["basis"] == "documented"
    assert stop["rule"]["page"].startswith("https://")
    assert stop["remedy"] == f"a rule of {group} for ingress tcp 443 from {found['source']['address']}"
    assert found["path"][-1] == {name: value for name, value in stop.items() if not name.startswith("remedy")}
    used = {hop["by"] for hop in found["path"]}
    assert found["unused"]
    assert not used & {rule["id"] for rule in found["unused"]}

    rule = {"direction": "ingress", "protocol": "tcp", "portRange": "443", "sourceIp": found["source"]["address"]}
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": rule})

    found = control("POST", "reachability", question).body
    assert found["reaches"]
    assert found["stoppedBy"] is None
    assert "unused" not in found
    assert {hop["leg"] for hop in found["path"]} == {"there", "back"}


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"source": "i-nobody00"}, 404, "no instance, interface, load balancer, address or 'internet'"),
        ({"target": "10.0.0.300"}, 404, "10.0.0.300"),
        ({"port": None}, 400, "tcp needs a port"),
        ({"port": 0}, 400, "port"),
        ({"protocol": "sctp"}, 400, "protocol"),
        ({"ipVersion": 5}, 400, "ipVersion"),
        ({"ipVersion": 6}, 400, "has no IPv6 address"),
        ({"target": "2001:db8::1"}, 400, "IPv"),
        ({"target": "10.1.1.1", "vpcId": "vpc-nobody"}, 404, "there is no VPC"),
        ({"target": "{twice}"}, 400, "say which in vpcId"),
        ({"target": "{blb}:http"}, 400, "port of a listener"),
        ({"sauce": 1}, 400, "no such member"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_is_wrong(cloud, control, running, wrong, status, says):
    for name in ("one", "other") if "{twice}" in wrong.values() else ():
        subnet = make_subnet(cloud, make_vpc(cloud, name=name))
        cloud.create(subnetId=subnet, internalIps=["10.0.1.5"])
    subnet = cloud.ok("GET", "/v1/subnet")["subnets"][-1]
    blb = cloud.ok("POST", "/v1/blb", {"vpcId": subnet["vpcId"], "subnetId": subnet["subnetId"]})["blbId"]
    names = {"{twice}": "10.0.1.5", "{blb}:http": f"{blb}:http"}
    question = {"source": running, "target": running, "port": 80} | wrong

    reply = control(
        "POST", "reachability", {k: names.get(v, v) if isinstance(v, str) else v for k, v in question.items()}
    )

    assert reply.status == status
    assert says in reply.body["error"]


def test_a_question_about_an_account_that_was_never_used_opens_none(cloud, control):
    reply = control(
        "POST", "reachability?account=test-fresh&region=gz", {"source": "8.8.8.8", "target": "internet", "port": 80}
    )

    assert (reply.status, reply.body["reaches"]) == (200, False)
    assert "test-fresh" not in cloud.emulator.accounts


def test_a_question_is_no_change_that_watchers_are_told_of(cloud, control, running, monkeypatch):
    told = []
    monkeypatch.setattr(cloud.emulator.journal, "tell_change", lambda: told.append(1))

    control("POST", "reachability", {"source": running, "target": running, "port": 80})
    assert told == []

    control("POST", "reset")
    assert told == [1]
