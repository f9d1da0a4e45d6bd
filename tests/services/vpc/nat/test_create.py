"""Making, changing, paying for and releasing NAT gateways."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nat.errors import NoSuchNat, RequestNameEmpty
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease
from tests.network import default_vpc, make_vpc
from tests.services.eip.eip.addresses import DAY, MONTH, eip, new_eip
from tests.services.eip.eip.addresses import status as eip_status
from tests.services.vpc.nat.gateways import (
    BUILT,
    GONE,
    NOBODY,
    POSTPAID,
    PREPAID,
    RESIZED,
    body,
    nat,
    new_nat,
    rules,
    status,
)

SNAT = {"ruleName": "out", "publicIpsAddress": ["203.0.113.1"], "sourceCIDR": "192.168.0.0/24"}
DNAT = {"publicIpAddress": "203.0.113.1", "privateIpAddress": "192.168.0.9", "protocol": "all"}
ON_A_NAT = [
    ("GET", "/v1/nat/{}", None),
    ("DELETE", "/v1/nat/{}", None),
    ("PUT", "/v1/nat/{}", {"name": "other"}),
    ("PUT", "/v1/nat/{}?bind", {"bindEips": ["203.0.113.1"]}),
    ("PUT", "/v1/nat/{}?unbind", {"bindEips": ["203.0.113.1"]}),
    ("PUT", "/v1/nat/{}?resize", {"cuNum": 1}),
    ("PUT", "/v1/nat/{}?purchaseReserved", {"billing": PREPAID}),
    ("PUT", "/v1/nat/{}/deleteProtect", {"deleteProtect": True}),
    ("GET", "/v1/nat/{}/snatRule", None),
    ("POST", "/v1/nat/{}/snatRule", SNAT),
    ("PUT", "/v1/nat/{}/snatRule/rule-1", {"ruleName": "other"}),
    ("DELETE", "/v1/nat/{}/snatRule/rule-1", None),
    ("GET", "/v1/nat/{}/dnatRule", None),
    ("POST", "/v1/nat/{}/dnatRule", DNAT),
    ("POST", "/v1/nat/{}/dnatRule/batchCreate", {"rules": [DNAT]}),
    ("PUT", "/v1/nat/{}/dnatRule/rule-1", {"ruleName": "other"}),
    ("DELETE", "/v1/nat/{}/dnatRule/rule-1", None),
]


def test_what_is_not_there_is_not_found(cloud):
    for method, target, asked in ON_A_NAT:
        cloud.refused(NoSuchNat, method, target.format(NOBODY), asked)
    batch = {"natId": NOBODY, "snatRules": [SNAT]}
    cloud.refused(NoSuchNat, "POST", "/v1/nat/snatRule/batchCreate", batch)
    there = new_nat(cloud)
    for method, target, asked in ON_A_NAT:
        if target.endswith("rule-1"):
            cloud.refused(NoSuchObject, method, target.format(there), asked)


def test_a_new_one_is_building_and_then_waits_for_addresses(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    nat_id = cloud.ok("POST", "/v1/nat", body(cloud, tags=tags, deleteProtect=True))["natId"]

    found = nat(cloud, nat_id)

    assert re.fullmatch(r"nat-[a-z0-9]{12}", found.pop("id"))
    assert found == {
        "name": "way out",
        "natType": "normal",
        "vpcId": default_vpc(cloud),
        "spec": "small",
        "cuNum": 0,
        "status": "building",
        "eips": [],
        "dnatEips": [],
        "bindEips": [],
        "ipVersion": "v4",
        "sessionConfig": {"tcpTimeout": 900, "udpTimeout": 40, "icmpTimeout": 20},
        "paymentTiming": "Postpaid",
        "expiredTime": "",
        "expireTime": "",
        "createTime": "2026-01-01 08:00:00",
        "deleteProtect": True,
        "tags": tags,
    }
    cloud.clock.advance(BUILT)
    assert status(cloud, nat_id) == "unconfigured"


@pytest.mark.parametrize(
    ("members", "then"), [({"eips": 1}, "active"), ({"bindEips": 1}, "active"), ({"dnatEips": 1}, "unconfigured")]
)
def test_it_is_active_with_addresses_unless_they_are_for_dnat_only(cloud, members, then):
    (member,) = members
    address = new_eip(cloud)

    nat_id = cloud.ok("POST", "/v1/nat", body(cloud, **{member: [address]}))["natId"]
    assert (eip(cloud, address)["instanceType"], eip(cloud, address)["instanceId"]) == ("NAT", nat_id)
    cloud.clock.advance(BUILT)

    found = nat(cloud, nat_id)
    assert (found["status"], found["bindEips"]) == (then, [address])
    assert {name: found[name] for name in ("eips", "dnatEips")} == {"eips": [], "dnatEips": []} | (
        {} if member == "bindEips" else {member: [address]}
    )


def test_an_enhanced_one_takes_its_size_as_text_too(cloud):
    nat_id = new_nat(cloud, spec="", cuNum="3", sessionConfig={"tcpTimeout": 60})

    found = nat(cloud, nat_id)
    assert (found["natType"], found["spec"], found["cuNum"]) == ("enhanced", "", 3)
    assert found["sessionConfig"] == {"tcpTimeout": 60, "udpTimeout": 40, "icmpTimeout": 20}
    address = new_eip(cloud)
    cloud.ok("PUT", f"/v1/nat/{nat_id}?resize", {"cuNum": 2})
    assert (status(cloud, nat_id), nat(cloud, nat_id)["cuNum"]) == ("updating", 2)
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?bind", {"bindEips": [address]})
    cloud.clock.advance(RESIZED)
    assert status(cloud, nat_id) == "unconfigured"


def test_what_cannot_be_made_is_refused(cloud):
    unknown = "203.0.113.9"
    bound = new_eip(cloud)
    new_nat(cloud, bindEips=[bound])
    six = [new_eip(cloud) for _ in range(6)]
    for wrong, error in [
        ({"name": ""}, RequestNameEmpty),
        ({"name": "1st"}, BadRequest),
        ({"spec": "huge"}, BadRequest),
        ({"spec": ""}, BadRequest),
        ({"cuNum": 1}, BadRequest),
        ({"spec": "", "cuNum": 101}, BadRequest),
        ({"ipVersion": "v5"}, BadRequest),
        ({"sessionConfig": {"udpTimeout": 0}}, BadRequest),
        ({"billing": PREPAID | {"reservation": {"reservationLength": 10}}}, BadRequest),
        ({"billing": None}, InappropriateJSON),
        ({"vpcId": "vpc-nobody000000"}, NoSuchObject),
        ({"bindEips": [unknown]}, NoSuchObject),
        ({"eips": [bound]}, OperationDenied),
        ({"bindEips": six[:1], "ipVersion": "v6"}, OperationDenied),
        ({"bindEips": six}, LimitExceeded),
        ({"eips": six, "spec": "", "cuNum": 1}, LimitExceeded),
    ]:
        cloud.refused(error, "POST", "/v1/nat", body(cloud) | wrong)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/nat", body(cloud))


def test_a_vpc_has_so_many_and_stays_until_they_are_gone(cloud):
    vpc = make_vpc(cloud)
    made = [new_nat(cloud, vpcId=vpc) for _ in range(3)]

    cloud.refused(LimitExceeded, "POST", "/v1/nat", body(cloud, vpcId=vpc))

    for nat_id in made:
        cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")
        cloud.ok("DELETE", f"/v1/nat/{nat_id}")
        cloud.clock.advance(GONE)
    cloud.ok("DELETE", f"/v1/vpc/{vpc}")


def test_it_is_renamed_and_resized_within_its_rules(cloud):
    nat_id = new_nat(cloud)
    cloud.ok("PUT", f"/v1/nat/{nat_id}", {"name": "other"})
    assert nat(cloud, nat_id)["name"] == "other"
    cloud.refused(RequestNameEmpty, "PUT", f"/v1/nat/{nat_id}", {})
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?resize", {"cuNum": 2})
    cloud.refused(BadRequest, "PUT", f"/v1/nat/{nat_id}?resize", {"cuNum": 0})

    enhanced = new_nat(cloud, spec="", cuNum=2, bindEips=[new_eip(cloud) for _ in range(6)])
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{enhanced}?resize", {"cuNum": 1})


def test_a_released_one_frees_its_addresses_and_takes_its_rules_along(cloud):
    address = new_eip(cloud)
    nat_id = new_nat(cloud, bindEips=[address])
    cloud.ok("POST", f"/v1/nat/{nat_id}/snatRule", SNAT | {"publicIpsAddress": [address]})
    table = cloud.ok("GET", f"/v1/route?vpcId={default_vpc(cloud)}")["routeTableId"]
    ranges = {"sourceAddress": "0.0.0.0/0", "destinationAddress": "0.0.0.0/0", "routeTableId": table}
    route = cloud.ok("POST", "/v1/route/rule", ranges | {"nexthopType": "nat", "nexthopId": nat_id})["routeRuleId"]
    cloud.ok("PUT", f"/v1/nat/{nat_id}/deleteProtect", {"deleteProtect": True})

    cloud.refused(OperationDenied, "DELETE", f"/v1/nat/{nat_id}")
    cloud.ok("PUT", f"/v1/nat/{nat_id}/deleteProtect", {"deleteProtect": False})
    cloud.refused(OperationDenied, "DELETE", f"/v1/nat/{nat_id}")
    cloud.ok("DELETE", f"/v1/route/rule/{route}")
    cloud.ok("DELETE", f"/v1/nat/{nat_id}")

    assert status(cloud, nat_id) == "deleting"
    cloud.refused(OperationDenied, "DELETE", f"/v1/nat/{nat_id}")
    cloud.clock.advance(GONE)
    cloud.refused(NoSuchNat, "GET", f"/v1/nat/{nat_id}")
    assert eip_status(cloud, address) == "available"


def test_what_is_paid_for_ahead_expires_is_renewed_and_ends(cloud):
    address = new_eip(cloud)
    nat_id = new_nat(cloud, billing=PREPAID, bindEips=[address])
    postpaid = new_nat(cloud)
    assert nat(cloud, nat_id)["expiredTime"] == "2026-02-01T00:00:05Z"
    cloud.refused(OperationDenied, "DELETE", f"/v1/nat/{nat_id}")
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{postpaid}?purchaseReserved", {"billing": PREPAID})
    cloud.refused(BadRequest, "PUT", f"/v1/nat/{nat_id}?purchaseReserved", {"billing": POSTPAID})

    cloud.ok("PUT", f"/v1/nat/{nat_id}?purchaseReserved", {"billing": PREPAID})
    assert nat(cloud, nat_id)["expiredTime"] == "2026-03-01T00:00:05Z"
    cloud.clock.advance(2 * MONTH)
    assert status(cloud, nat_id) == "down"
    for action, asked in [("bind", {"bindEips": [new_eip(cloud)]}), ("resize", {"cuNum": 2})]:
        cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?{action}", asked)
    cloud.refused(OperationDenied, "POST", f"/v1/nat/{nat_id}/snatRule", SNAT)
    cloud.refused(
        OperationDenied, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", {"instanceType": "NAT", "instanceId": nat_id}
    )

    cloud.ok("PUT", f"/v1/nat/{nat_id}?purchaseReserved", {"billing": PREPAID})
    assert status(cloud, nat_id) == "active"
    cloud.clock.advance(7 * DAY)
    assert status(cloud, nat_id) == "active"

    cloud.clock.advance(MONTH + 7 * DAY)
    cloud.refused(NoSuchNat, "GET", f"/v1/nat/{nat_id}")
    assert eip_status(cloud, address) == "available"
    assert status(cloud, postpaid) == "unconfigured"


def test_an_expired_one_can_be_released(cloud):
    nat_id = new_nat(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)

    cloud.ok("DELETE", f"/v1/nat/{nat_id}")
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?purchaseReserved", {"billing": PREPAID})
    cloud.clock.advance(GONE)

    cloud.refused(NoSuchNat, "GET", f"/v1/nat/{nat_id}")


def test_one_list_is_of_a_vpc_and_keeps_to_all_filters(cloud):
    address, vpc = new_eip(cloud), default_vpc(cloud)
    first, second = new_nat(cloud, bindEips=[address]), new_nat(cloud, name="other")
    new_nat(cloud, vpcId=make_vpc(cloud))
    for query, found in [
        ("", [second, first]),
        (f"&natId={first}", [first]),
        ("&name=other", [second]),
        ("&name=oth", []),
        (f"&ip={address}", [first]),
        (f"&ip={address}&name=other", []),
        ("&maxKeys=1", [second]),
        (f"&marker={first}", [first]),
    ]:
        page = cloud.ok("GET", f"/v1/nat?vpcId={vpc}{query}")
        assert [each["id"] for each in page["nats"]] == found, query
    assert rules(cloud, first, "snatRule") == rules(cloud, first, "dnatRule") == {}
    cloud.refused(NoSuchObject, "GET", "/v1/nat?vpcId=vpc-nobody000000")
    cloud.refused(BadRequest, "GET", "/v1/nat")
