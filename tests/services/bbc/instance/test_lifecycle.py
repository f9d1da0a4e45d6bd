"""Which operation is allowed in which status, and what follows."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bbc.instance.resource import Server
from tests.cloud import PASSWORD, encrypted
from tests.services.bbc.servers import LINUX, NOBODY, elsewhere, new_server, server, status

RUNNING, STOPPED = "Running", "Stopped"
STATUSES = [
    "Creating",
    "Starting",
    "Running",
    "Stopping",
    "Stopped",
    "ImageProcessing",
    "ChangeVpc",
    "Recharging",
    "Expired",
    "Recycled",
    "Error",
]
REBUILD = {"imageId": LINUX, "raidId": "raid-w5Kd0RxP"}
LEAVING = {"Starting", RUNNING, "Stopping", STOPPED, "Error", "Expired"}
LIVE = {*STATUSES} - {"Expired", "Recycled"}
PASS = {"adminPass": encrypted(PASSWORD)}
RULE = {"instanceId": "ID", "renewTimeUnit": "month", "renewTime": 1}
ACROSS = {"instanceId": "ID", "singleEniAndSubentIps": [{"subnetId": "SUBNET", "secondaryPrivateIpAddressCount": 1}]}
# fmt: off
CALLS = [
    # call                                       body                             allowed in            then
    ("PUT /v1/instance/ID?start",                {},                              {STOPPED},            "Starting"),
    ("PUT /v1/instance/ID?stop",                 {"forceStop": True},             {RUNNING},            "Stopping"),
    ("PUT /v1/instance/ID?reboot",               {"forceStop": True},             {RUNNING},            "Starting"),
    ("PUT /v1/instance/ID?rebuild",              REBUILD,                         {RUNNING, STOPPED},   "ImageProcessing"),
    ("PUT /v1/instance/ID?rename",               {"name": "other"},               {RUNNING, STOPPED},   ""),
    ("PUT /v1/instance/ID?updateDesc",           {"desc": "other"},               {RUNNING, STOPPED},   ""),
    ("PUT /v1/instance/ID?changePass",           PASS,                            {RUNNING, STOPPED},   ...),
    ("PUT /v1/instance/ID?purchaseReserved",     {"billing": {"reservation": {"reservationLength": 1}}},
                                      {RUNNING, STOPPED, "Starting", "Stopping", "Expired"},            ...),
    ("POST /v1/instance/batchCreateAutoRenewRules", RULE,                         LIVE | {"Expired"},   ""),
    ("POST /v1/instance/batchDeleteAutoRenewRules", {"instanceId": "ID"},         LIVE | {"Expired"},   ""),
    ("PUT /v1/instance/batchAddIp", {"instanceId": "ID", "secondaryPrivateIpAddressCount": 1}, {RUNNING, STOPPED}, ""),
    ("PUT /v1/instance/batchAddIpCrossSubnet", ACROSS, {RUNNING, STOPPED}, ""),
    ("PUT /v1/instance/batchDelIp",    {"instanceId": "ID", "privateIps": ["IP"]}, {RUNNING, STOPPED},  ""),
    ("PUT /v1/subnet/changeSubnet",              {"instanceId": "ID", "subnetId": "SUBNET", "reboot": True},
                                                                                  {RUNNING, STOPPED},   "ChangeVpc"),
    ("PUT /v1/vpc/changeVpc",                    {"instanceId": "ID", "subnetId": "THERE"}, {RUNNING, STOPPED}, "ChangeVpc"),
    ("POST /v1/instance/securitygroup?bind",     {"instanceIds": ["ID"], "securityGroups": ["GROUP"]}, LIVE, ""),
    ("DELETE /v2/instance/ID",                   None,                            {"Expired"},          "gone"),
    ("POST /v1/instance/batchDelete",            {"instanceIds": ["ID"]},         {"Expired"},          "gone"),
    ("POST /v1/instance/delete",                 {"instanceId": "ID", "deleteImmediate": True}, LEAVING, "gone"),
    ("POST /v1/instance/delete",                 {"instanceId": "ID"},            LEAVING,              "Recycled"),
    ("DELETE /v1/recycle/instance/ID",           None,                            {"Recycled"},         "gone"),
]
# fmt: on
HIDDEN = {"/v2/instance/ID", "/v1/instance/batchDelete", "/v1/instance/delete"}
"""Calls to which a server in the bin is not there."""


@pytest.fixture
def names(cloud):
    """A prepaid server, and what the calls name."""
    server_id = new_server(cloud)
    view = server(cloud, server_id)
    card = cloud.ok("GET", f"/v1/vpcPort/{server_id}")
    added = cloud.ok("PUT", "/v1/instance/batchAddIp", {"instanceId": server_id, "secondaryPrivateIpAddressCount": 1})
    with elsewhere(cloud):
        order = {"name": "more", "cidr": "192.168.200.0/24", "vpcId": card["vpcId"], "zoneName": view["zone"]}
        subnet = cloud.ok("POST", "/v1/subnet", order)["subnetId"]
        vpc = cloud.ok("POST", "/v1/vpc", {"name": "there", "cidr": "10.0.0.0/16"})["vpcId"]
        there = cloud.ok("POST", "/v1/subnet", order | {"cidr": "10.0.1.0/24", "vpcId": vpc})["subnetId"]
        group = cloud.ok("POST", "/v2/securityGroup", {"name": "more", "rules": []})["securityGroupId"]
    kept = cloud.account.get(Server, server_id)
    kept.payment, kept.expires = "Prepaid", cloud.clock.now() + 1e6
    return {"ID": server_id, "SUBNET": subnet, "THERE": there, "GROUP": group, "IP": added["privateIps"][0]}


def filled(value, names):
    if isinstance(value, dict):
        return {name: filled(each, names) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, names) for each in value]
    for name, known in names.items():
        value = value.replace(name, known) if isinstance(value, str) else value
    return value


@pytest.mark.parametrize(("call", "body", "allowed", "then"), CALLS, ids=[row[0] for row in CALLS])
def test_what_a_status_allows(cloud, names, call, body, allowed, then):
    method, target = filled(call, names).split()
    if "change" in target and "Pass" not in target:
        cloud.ok("PUT", "/v1/instance/batchDelIp", {"instanceId": names["ID"], "privateIps": [names["IP"]]})
    body = filled(body, names)
    kept = cloud.account.get(Server, names["ID"])
    refused = NoSuchObject if call.startswith("DELETE /v1/recycle") else OperationDenied
    for state in (each for each in STATUSES if each not in allowed):
        kept.state = state
        gone = state == "Recycled" and call.split()[1] in HIDDEN
        cloud.refused(NoSuchObject if gone else refused, method, target, body)
    kept.state = max(allowed)
    cloud.ok(method, target, body)
    if then == "gone":
        cloud.refused(NoSuchObject, "GET", f"/v1/instance/{names['ID']}")
    elif then is not ...:
        assert status(cloud, names["ID"]) == (then or kept.state)


def test_every_status_is_walked():
    assert {*STATUSES} == {*LIFECYCLE.states}


@pytest.mark.parametrize("call", [call for call, *_ in CALLS if "DELETE /v1/recycle" not in call])
def test_an_unknown_server_is_not_found(cloud, call):
    method, target = call.replace("ID", NOBODY).split()
    names = {"ID": NOBODY, "SUBNET": "sbn-1", "THERE": "sbn-1", "GROUP": "g-1", "IP": "192.168.0.9"}
    body = next(filled(row[1], names) for row in CALLS if row[0] == call)

    cloud.refused(NoSuchObject, method, target, body)


def test_what_takes_time_takes_virtual_time(cloud):
    server_id = new_server(cloud)
    walked = []
    for action in ("stop", "start", "reboot", "rebuild"):
        cloud.ok("PUT", f"/v1/instance/{server_id}?{action}", REBUILD if action == "rebuild" else {})
        walked.append(status(cloud, server_id))
        cloud.clock.advance(300)
        walked.append(status(cloud, server_id))

    assert walked == ["Stopping", STOPPED, "Starting", RUNNING, "Starting", RUNNING, "ImageProcessing", RUNNING]
