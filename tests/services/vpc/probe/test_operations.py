"""Probes."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, ResourceNeedRelease, SubnetHasNoMoreIp
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc

NOBODY = "/v1/probe/probe-nobody0000000000"
TWO = ["192.168.0.77", "192.168.0.78"]


def body(cloud, **members) -> dict:
    return {
        "name": "pinger",
        "vpcId": default_vpc(cloud),
        "subnetId": default_subnet(cloud),
        "protocol": "TCP",
        "frequency": 20,
        "sourceIps": TWO,
        "destIp": "10.1.2.3",
        "destPort": 80,
    } | members


def new_probe(cloud, **members) -> str:
    return cloud.ok("POST", "/v1/probe", body(cloud, **members))["probeId"]


def test_a_probe_shows_what_was_asked_for_and_holds_its_addresses(cloud):
    probe_id = new_probe(cloud, description="of mine")

    found = cloud.ok("GET", f"/v1/probe/{probe_id}")

    assert re.fullmatch(r"probe-[a-z0-9]{16}", probe_id)
    assert found == {
        "probeId": probe_id,
        "name": "pinger",
        "description": "of mine",
        "vpcId": default_vpc(cloud),
        "subnetId": default_subnet(cloud),
        "protocol": "TCP",
        "frequency": 20,
        "sourceIps": TWO,
        "sourceIpNum": 2,
        "destIp": "10.1.2.3",
        "destPort": "80",
        "payload": "",
        "status": "active",
    }
    card = {"name": "card", "subnetId": default_subnet(cloud), "privateIpSet": [{"privateIpAddress": TWO[1]}]}
    cloud.refused(PrivateIpInUse, "POST", "/v1/eni", card)
    cloud.ok("DELETE", f"/v1/probe/{probe_id}")
    cloud.ok("POST", "/v1/eni", card)


def test_addresses_are_assigned_and_icmp_has_no_port(cloud):
    probe_id = new_probe(cloud, protocol="ICMP", sourceIps=None, sourceIpNum=3, destPort=0)

    found = cloud.ok("GET", f"/v1/probe/{probe_id}")

    assert (len(set(found["sourceIps"])), found["sourceIpNum"], found["destPort"]) == (3, 3, "")
    assert [each["probeId"] for each in cloud.ok("GET", "/v1/probe?maxKeys=1")["probes"]] == [probe_id]


def test_what_cannot_be_made_is_refused(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud), cidr="10.0.1.0/29")
    new_probe(cloud)
    free = {"sourceIps": [], "sourceIpNum": 1}
    for wrong, error in [
        ({}, OperationDenied),
        ({"sourceIps": []}, BadRequest),
        ({"sourceIps": ["10.9.9.9"]}, BadRequest),
        ({"sourceIps": ["192.168.0.90"] * 2}, BadRequest),
        (free | {"sourceIpNum": 5_000}, SubnetHasNoMoreIp),
        (free | {"name": "default"}, BadRequest),
        (free | {"description": "d" * 201}, BadRequest),
        (free | {"frequency": 15}, BadRequest),
        (free | {"protocol": "HTTP"}, BadRequest),
        (free | {"destIp": "somewhere"}, BadRequest),
        (free | {"destPort": 0}, BadRequest),
        (free | {"destPort": 65_536}, BadRequest),
        (free | {"protocol": "ICMP", "destPort": -1}, BadRequest),
        (free | {"protocol": "ICMP", "destPort": 80}, BadRequest),
        (free | {"protocol": "ICMP", "destPort": 0, "payload": "x"}, BadRequest),
        (free | {"destIp": "fe80::1%eth0"}, BadRequest),
        (free | {"protocol": "UDP"}, BadRequest),
        (free | {"protocol": "DNS"}, BadRequest),
        (free | {"subnetId": subnet}, BadRequest),
        (free | {"subnetId": "sbn-nobody000000"}, NoSuchObject),
        (free | {"vpcId": "vpc-nobody000000"}, NoSuchObject),
        (free | {"subnetId": None}, InappropriateJSON),
        (free | {"destIp": None}, InappropriateJSON),
    ]:
        cloud.refused(error, "POST", "/v1/probe", body(cloud) | wrong)
    cloud.set_facts(**{"vpc.probeQuota": 1})
    cloud.refused(LimitExceeded, "POST", "/v1/probe", body(cloud) | free)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/probe", body(cloud) | free)


def test_a_probe_is_changed_by_both_forms_of_the_call_and_what_is_left_out_stays(cloud):
    probe_id = new_probe(cloud, protocol="DNS", destPort="53", payload="a.example")

    cloud.ok("PUT", f"/v1/probe/{probe_id}", {"name": "other", "destIp": "10.1.2.4", "frequency": 30})
    cloud.ok(
        "PUT", f"/v1/probe/{probe_id}?modifyAttribute", {"description": "x", "destPort": 5353, "payload": "b.example"}
    )

    found = cloud.ok("GET", f"/v1/probe/{probe_id}")
    assert [found[name] for name in ("name", "destIp", "frequency", "description", "destPort", "payload")] == [
        "other",
        "10.1.2.4",
        30,
        "x",
        "5353",
        "b.example",
    ]
    for wrong in ({"name": "default"}, {"description": "d" * 201}, {"destIp": "x"}, {"destPort": -1}, {"frequency": 1}):
        cloud.refused(BadRequest, "PUT", f"/v1/probe/{probe_id}", wrong)
    for method, asked in [("GET", None), ("PUT", {"name": "other"}), ("DELETE", None)]:
        cloud.refused(NoSuchObject, method, NOBODY, asked)


def test_a_probe_keeps_its_subnet(cloud):
    vpc = make_vpc(cloud)
    subnet = make_subnet(cloud, vpc)
    probe_id = new_probe(cloud, vpcId=vpc, subnetId=subnet, sourceIps=[], sourceIpNum=1)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{subnet}")

    cloud.ok("DELETE", f"/v1/probe/{probe_id}")

    cloud.ok("DELETE", f"/v1/subnet/{subnet}")
