"""DNAT rules."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.eip.eip.addresses import new_eip
from tests.services.vpc.nat.gateways import new_nat, rules

WEB = {"privateIpAddress": "192.168.0.9", "protocol": "TCP", "publicPort": 80, "privatePort": 8080}
NO_PORTS = {"publicPort": 0, "privatePort": 0, "publicPortRange": "", "privatePortRange": ""}
RANGE = {"publicPortRange": "90-99", "privatePortRange": "190-199"}


@pytest.fixture
def one(cloud) -> str:
    return new_eip(cloud)


@pytest.fixture
def path(cloud, one) -> str:
    return f"/v1/nat/{new_nat(cloud, bindEips=[one])}/dnatRule"


def test_rules_are_made_one_by_one_or_several_at_once_changed_and_removed(cloud, one, path):
    nat_id = path.split("/")[3]
    web = WEB | {"publicIpAddress": one}
    texts = {"publicPort": "80", "privatePort": "8080", "publicPortRange": "", "privatePortRange": ""}

    made = cloud.ok("POST", path, web | texts)["ruleId"]
    batch = [
        {"ruleName": "range", "publicIpAddress": one, "privateIpAddress": "192.168.0.9", "protocol": "TCP"} | RANGE,
        web | {"protocol": "UDP"},
    ]
    ranged, udp = cloud.ok("POST", f"{path}/batchCreate", {"rules": batch})["ruleIds"]

    shown = {"ruleName": "", "status": "active", **NO_PORTS}
    assert rules(cloud, nat_id, "dnatRule") == {
        udp: shown | web | {"ruleId": udp, "protocol": "UDP"},
        ranged: shown | batch[0] | {"ruleId": ranged},
        made: shown | web | {"ruleId": made},
    }
    assert [each["ruleId"] for each in cloud.ok("GET", f"{path}?maxKeys=1")["rules"]] == [udp]

    cloud.ok("PUT", f"{path}/{made}", {"ruleName": "anew", "publicPort": 81})
    cloud.ok("POST", f"{path}/{made}", {"privateIpAddress": "192.168.0.10"})
    assert rules(cloud, nat_id, "dnatRule")[made] == shown | web | {
        "ruleId": made,
        "ruleName": "anew",
        "publicPort": 81,
        "privateIpAddress": "192.168.0.10",
    }
    for each in (ranged, udp):
        cloud.ok("DELETE", f"{path}/{each}")
    cloud.ok("PUT", f"{path}/{made}", {"protocol": "all"})
    assert rules(cloud, nat_id, "dnatRule")[made] | NO_PORTS == rules(cloud, nat_id, "dnatRule")[made]
    other = new_nat(cloud)
    for method in ("PUT", "DELETE"):
        cloud.refused(NoSuchObject, method, f"/v1/nat/{other}/dnatRule/{made}", {} if method == "PUT" else None)


def test_what_no_rule_can_be_is_refused(cloud, one, path):
    web = WEB | {"publicIpAddress": one}
    made = cloud.ok("POST", path, web)["ruleId"]
    no_port = {name: web[name] for name in web if not name.endswith("Port")}
    new = web | {"publicPort": 81}
    for wrong, error in [
        (new | {"ruleName": "1st"}, BadRequest),
        (new | {"protocol": "ICMP"}, BadRequest),
        (new | {"protocol": "all"}, BadRequest),
        (new | {"publicPort": 65_536}, BadRequest),
        (new | {"publicPort": -1}, BadRequest),
        (new | {"publicPortRange": "90-99"}, BadRequest),
        (no_port, BadRequest),
        (no_port | RANGE | {"publicPortRange": "99-90"}, BadRequest),
        (no_port | RANGE | {"publicPortRange": "90"}, BadRequest),
        (no_port | RANGE | {"publicPortRange": "90-98"}, BadRequest),
        (new | {"privateIpAddress": "nine"}, BadRequest),
        (new | {"privateIpAddress": "2001:db8::9"}, BadRequest),
        (new | {"publicIpAddress": "203.0.113.9"}, OperationDenied),
        (web, OperationDenied),
        (no_port | {"publicPortRange": "80-82", "privatePortRange": "80-82"}, OperationDenied),
        (no_port | {"protocol": "all"}, OperationDenied),
    ]:
        cloud.refused(error, "POST", path, wrong)
        cloud.refused(error, "POST", f"{path}/batchCreate", {"rules": [wrong]})
    cloud.refused(OperationDenied, "POST", f"{path}/batchCreate", {"rules": [new, new]})
    cloud.refused(BadRequest, "POST", f"{path}/batchCreate", {"rules": []})
    cloud.refused(BadRequest, "POST", f"{path}/batchCreate", {"rules": [{"publicIpAddress": one}]})
    for missing in ("publicIpAddress", "privateIpAddress", "protocol"):
        cloud.refused(InappropriateJSON, "POST", path, {name: new[name] for name in new if name != missing})

    second = cloud.ok("POST", path, new)["ruleId"]
    for wrong, error in [({"publicPort": 80}, OperationDenied), ({"privatePortRange": "1-2"}, BadRequest)]:
        cloud.refused(error, "PUT", f"{path}/{second}", wrong)
    cloud.ok("PUT", f"{path}/{made}", {"publicPort": 80})

    cloud.set_facts(**{"vpc.dnatRuleQuota": 2})
    cloud.refused(LimitExceeded, "POST", path, web | {"publicPort": 82})
    cloud.refused(LimitExceeded, "POST", f"{path}/batchCreate", {"rules": [web | {"publicPort": 82}]})
    cloud.ok("DELETE", path.rpartition("/")[0])
    cloud.refused(OperationDenied, "DELETE", f"{path}/{made}")
