"""SNAT rules."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from tests.services.eip.eip.addresses import new_eip
from tests.services.vpc.nat.gateways import NOBODY, body, new_nat, rules


def test_rules_are_made_one_by_one_or_several_at_once_changed_and_removed(cloud):
    one, two = new_eip(cloud), new_eip(cloud)
    nat_id, other = new_nat(cloud, bindEips=[one, two]), new_nat(cloud)
    path = f"/v1/nat/{nat_id}/snatRule"
    rule = {"ruleName": "out", "publicIpsAddress": [one], "sourceCIDR": "192.168.0.0/24"}

    made = cloud.ok("POST", path, rule)["ruleId"]
    unnamed = {"publicIpsAddress": [one, two], "sourceCIDR": "192.168.1.7"}
    batch = {"natId": nat_id, "snatRules": [rule | {"ruleName": "in-batch"}, unnamed]}
    named, second = cloud.ok("POST", "/v1/nat/snatRule/batchCreate", batch)["snatRuleIds"]

    assert re.fullmatch(r"rule-[a-z0-9]{12}", made)
    assert rules(cloud, nat_id, "snatRule") == {
        second: unnamed | {"ruleId": second, "ruleName": "", "status": "active"},
        named: rule | {"ruleId": named, "ruleName": "in-batch", "status": "active"},
        made: rule | {"ruleId": made, "status": "active"},
    }
    page = cloud.ok("GET", f"{path}?maxKeys=1&marker={named}")
    assert ([each["ruleId"] for each in page["rules"]], page["nextMarker"]) == ([named], made)

    cloud.ok("PUT", f"{path}/{made}", {"publicIpsAddress": [two]})
    cloud.ok("PUT", f"{path}/{made}", {"ruleName": "anew", "sourceCIDR": "192.168.2.0/24"})
    changed = {"ruleName": "anew", "publicIpsAddress": [two], "sourceCIDR": "192.168.2.0/24"}
    assert rules(cloud, nat_id, "snatRule")[made] == changed | {"ruleId": made, "status": "active"}
    for method in ("PUT", "DELETE"):
        cloud.refused(NoSuchObject, method, f"/v1/nat/{other}/snatRule/{made}", {} if method == "PUT" else None)
    cloud.ok("DELETE", f"{path}/{made}")
    assert rules(cloud, nat_id, "snatRule").keys() == {named, second}


def test_what_no_rule_can_be_is_refused(cloud):
    address = new_eip(cloud)
    nat_id = new_nat(cloud, bindEips=[address])
    path = f"/v1/nat/{nat_id}/snatRule"
    rule = {"ruleName": "out", "publicIpsAddress": [address], "sourceCIDR": "192.168.0.0/24"}
    made = cloud.ok("POST", path, rule)["ruleId"]
    for wrong, error in [
        ({"ruleName": "1st"}, BadRequest),
        ({"sourceCIDR": "192.168.0.7/24"}, BadRequest),
        ({"sourceCIDR": "anywhere"}, BadRequest),
        ({"sourceCIDR": "192.168.0.0/255.255.255.0"}, BadRequest),
        ({"sourceCIDR": "2001:db8::/64"}, BadRequest),
        ({"publicIpsAddress": [address, address]}, BadRequest),
        ({"publicIpsAddress": [address, "203.0.113.9"]}, OperationDenied),
    ]:
        cloud.refused(error, "POST", path, rule | wrong)
        batch = {"natId": nat_id, "snatRules": [rule, rule | wrong]}
        cloud.refused(error, "POST", "/v1/nat/snatRule/batchCreate", batch)
        cloud.refused(error, "PUT", f"{path}/{made}", wrong)
    for missing in rule:
        cloud.refused(InappropriateJSON, "POST", path, {name: rule[name] for name in rule if name != missing})
    cloud.refused(BadRequest, "POST", path, rule | {"ruleName": ""})
    cloud.refused(BadRequest, "POST", path, rule | {"publicIpsAddress": []})
    cloud.refused(BadRequest, "POST", "/v1/nat/snatRule/batchCreate", {"natId": nat_id, "snatRules": []})

    cloud.set_facts(**{"vpc.snatRuleQuota": 2})
    batch = {"natId": nat_id, "snatRules": [rule, rule]}
    cloud.refused(LimitExceeded, "POST", "/v1/nat/snatRule/batchCreate", batch)
    cloud.ok("POST", path, rule)
    cloud.refused(LimitExceeded, "POST", path, rule)


def test_rules_wait_until_the_gateway_is_built_and_go_with_it(cloud):
    address = new_eip(cloud)
    nat_id = cloud.ok("POST", "/v1/nat", body(cloud, bindEips=[address]))["natId"]
    path = f"/v1/nat/{nat_id}/snatRule"
    rule = {"ruleName": "out", "publicIpsAddress": [address], "sourceCIDR": "192.168.0.0/24"}
    cloud.refused(OperationDenied, "POST", path, rule)
    cloud.clock.advance(10)
    made = cloud.ok("POST", path, rule)["ruleId"]
    cloud.ok("DELETE", f"/v1/nat/{nat_id}")

    cloud.refused(OperationDenied, "PUT", f"{path}/{made}", {"ruleName": "late"})
    cloud.refused(OperationDenied, "DELETE", f"{path}/{made}")


def test_an_address_that_is_on_its_way_out_gets_no_rule(cloud):
    stays, leaves = new_eip(cloud), new_eip(cloud)
    nat_id = new_nat(cloud, bindEips=[stays, leaves])
    rule = {"ruleName": "out", "publicIpsAddress": [leaves], "sourceCIDR": "192.168.0.0/24"}

    cloud.ok("PUT", f"/v1/nat/{nat_id}?unbind", {"bindEips": [leaves]})

    for path in ("snatRule", "dnatRule"):
        web = {"publicIpAddress": leaves, "privateIpAddress": "192.168.0.9", "protocol": "all"}
        cloud.refused(OperationDenied, "POST", f"/v1/nat/{nat_id}/{path}", rule if path == "snatRule" else web)
    cloud.ok("POST", f"/v1/nat/{nat_id}/snatRule", rule | {"publicIpsAddress": [stays]})


def test_what_is_not_there_is_not_found_whatever_else_is_wrong(cloud):
    for path, asked in (
        ("snatRule", {"ruleName": "1st", "publicIpsAddress": [], "sourceCIDR": ""}),
        ("dnatRule", {"ruleName": "1st", "publicIpAddress": "", "privateIpAddress": "", "protocol": "all"}),
        ("dnatRule/batchCreate", {"rules": []}),
    ):
        cloud.refused(NoSuchNat, "POST", f"/v1/nat/{NOBODY}/{path}", asked)
    cloud.refused(NoSuchNat, "POST", "/v1/nat/snatRule/batchCreate", {"natId": NOBODY, "snatRules": []})
