"""Sets of addresses."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.vpc.enterprise_security_group.esgs import CREATE, HTTPS, esg, new_esg
from tests.services.vpc.ip_set.sets import SET, SIX, addresses, new_group, new_set


def texts(cloud, set_id: str) -> list[str]:
    return [each["ipAddress"] for each in cloud.ok("GET", f"{SET}/{set_id}")["ipAddressInfo"]]


def test_a_set_has_what_was_asked_for(cloud):
    set_id = new_set(cloud, "10.0.0.1", "10.1.0.0/16", description="of a test")
    shown = {
        "ipSetId": set_id,
        "name": "offices",
        "description": "of a test",
        "ipVersion": "IPv4",
        "ipAddressInfo": addresses("10.0.0.1", "10.1.0.0/16"),
    }
    six = new_set(cloud, **SIX)

    assert cloud.ok("GET", f"{SET}/{set_id}") == shown | {"bindedInstances": []}
    assert cloud.ok("GET", f"{SET}?ipVersion=IPv4")["ipSets"] == [shown | {"bindedInstanceNum": 0}]
    page = cloud.ok("GET", f"{SET}?maxKeys=1")
    assert ([each["ipSetId"] for each in page["ipSets"]], page["truncated"]) == ([six], True)


def test_addresses_are_added_and_taken_away_all_or_none(cloud):
    target = f"{SET}/{new_set(cloud, '10.0.0.1')}"
    set_id = target.rpartition("/")[2]

    cloud.ok("POST", f"{target}/ipAddress", {"ipAddressInfo": addresses("10.0.0.2", "10.1.0.0/16")})
    cloud.refused(
        OperationDenied, "POST", f"{target}/ipAddress", {"ipAddressInfo": addresses("10.9.9.9", "10.0.0.2/32")}
    )
    cloud.ok("POST", f"{target}/deleteIpAddress", {"ipAddressInfo": ["10.0.0.1/32", "10.1.0.0/16"]})

    assert texts(cloud, set_id) == ["10.0.0.2"]
    cloud.refused(NoSuchObject, "POST", f"{target}/deleteIpAddress", {"ipAddressInfo": ["10.0.0.2", "10.0.0.1"]})
    for wrong in ([], ["10.0.0.2"] * 11, ["2001:db8::1"]):
        cloud.refused(BadRequest, "POST", f"{target}/deleteIpAddress", {"ipAddressInfo": wrong})
    cloud.set_facts(**{"vpc.ipSetAddressQuota": 1})
    cloud.refused(LimitExceeded, "POST", f"{target}/ipAddress", {"ipAddressInfo": addresses("10.0.0.3")})


def test_a_set_is_renamed_and_described(cloud):
    target = f"{SET}/{new_set(cloud, description='first')}"

    cloud.ok("PUT", f"{target}?modifyAttribute", {"name": "中文-1"})
    cloud.ok("PUT", f"{target}?modifyAttribute", {"name": "", "description": ""})

    shown = cloud.ok("GET", target)
    assert (shown["name"], shown["description"]) == ("中文-1", "")
    cloud.refused(BadRequest, "PUT", f"{target}?modifyAttribute", {"name": "1st"})


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (BadRequest, {"name": "-a"}),
        (BadRequest, {"name": "n" * 66}),
        (BadRequest, {"description": "d" * 256}),
        (BadRequest, {"ipVersion": "4"}),
        (BadRequest, {"ipAddressInfo": []}),
        (BadRequest, {"ipAddressInfo": addresses(*(f"10.0.0.{number}" for number in range(11)))}),
        (BadRequest, {"ipAddressInfo": addresses("2001:db8::1")}),
        (BadRequest, {"ipAddressInfo": addresses("10.0.0.1/8")}),
        (BadRequest, {"ipAddressInfo": addresses("10.0.0.0/255.0.0.0")}),
        (InappropriateJSON, {"ipAddressInfo": [{"description": "which?"}]}),
        (OperationDenied, {"ipAddressInfo": addresses("10.0.0.1", "10.0.0.1/32")}),
        (LimitExceeded, {"ipAddressInfo": addresses("10.0.0.1", "10.0.0.2", "10.0.0.3")}),
    ],
)
def test_what_no_set_can_be_is_refused(cloud, error, members):
    cloud.set_facts(**{"vpc.ipSetAddressQuota": 2})
    good = {"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": addresses("10.0.0.1")}

    cloud.refused(error, "POST", SET, good | members)


def test_a_set_that_is_not_there_is_not_found(cloud):
    target, info = f"{SET}/ips-nothing", addresses("10.0.0.1")
    cloud.refused(NoSuchObject, "GET", target)
    cloud.refused(NoSuchObject, "DELETE", target)
    cloud.refused(NoSuchObject, "PUT", f"{target}?modifyAttribute", {"name": "new"})
    cloud.refused(NoSuchObject, "POST", f"{target}/ipAddress", {"ipAddressInfo": info})
    cloud.refused(NoSuchObject, "POST", f"{target}/deleteIpAddress", {"ipAddressInfo": ["10.0.0.1"]})


def test_what_uses_a_set_keeps_it(cloud):
    set_id, six = new_set(cloud), new_set(cloud, **SIX)
    by_set = HTTPS | {"sourceIp": "", "remoteIpSet": set_id}
    cloud.refused(BadRequest, "POST", CREATE, {"name": "web", "rules": [by_set | {"remoteIpSet": six}]})
    guard = new_esg(cloud, rules=[by_set])
    group = new_group(cloud, set_id)

    bound = cloud.ok("GET", f"{SET}/{set_id}")["bindedInstances"]

    assert bound == [{"instanceId": guard, "instanceType": "ESG"}]
    assert cloud.ok("GET", f"{SET}?ipVersion=IPv4")["ipSets"][0]["bindedInstanceNum"] == 1
    cloud.refused(OperationDenied, "DELETE", f"{SET}/{set_id}")
    rule = esg(cloud, guard)["rules"][0]["enterpriseSecurityGroupRuleId"]
    cloud.ok("PUT", f"{CREATE}/rule/{rule}", {"sourceIp": "10.0.0.0/8"})
    cloud.refused(OperationDenied, "DELETE", f"{SET}/{set_id}")
    cloud.ok("DELETE", f"/v1/ipGroup/{group}")
    cloud.ok("DELETE", f"{SET}/{set_id}")
    assert esg(cloud, guard)["rules"][0]["remoteIpSet"] == ""
