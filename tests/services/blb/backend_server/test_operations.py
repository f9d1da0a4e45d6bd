"""Backend servers of ordinary load balancers, and their health."""

from __future__ import annotations

from bce_emulator.services.blb.balancer.lifecycle import UNAVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    BackendServerAlreadyExist,
    BackendServerNotFound,
    InstanceNotFound,
    InvalidParameter,
    LastOperationNotFinished,
    ListenerNotFound,
    MissingParameter,
    QuotaExceeded,
    ServiceBlocked,
)
from tests.network import make_subnet, make_vpc
from tests.services.blb.balancer.balancers import NOBODY, listed, new_balancer


def servers(cloud, made, query=""):
    return cloud.ok("GET", f"/v1/blb/{made}/backendserver{query}")["backendServerList"]


def test_instances_come_behind_it_are_weighed_and_leave(cloud):
    cloud.clock.pace = 0
    made, one, two = new_balancer(cloud), cloud.create(), cloud.create()
    target = f"/v1/blb/{made}/backendserver"
    cloud.ok("POST", target, {"backendServerList": [{"instanceId": one, "weight": "50"}, {"instanceId": two}]})
    assert {each["instanceId"]: each["weight"] for each in servers(cloud, made)} == {one: 50, two: 100}
    assert servers(cloud, made)[0]["privateIp"] == cloud.instance(two)["internalIp"]
    assert listed(cloud, f"bccId={one}") == [made]

    cloud.ok("PUT", f"{target}?update", {"backendServerList": [{"instanceId": one, "weight": 0, "desc": "old"}]})
    assert {each["instanceId"]: (each["weight"], each["desc"]) for each in servers(cloud, made)} == {
        one: (0, "old"),
        two: (100, ""),
    }
    cloud.ok("PUT", target, {"backendServerList": [one]})
    cloud.ok("DELETE", f"/v2/instance/{two}")
    cloud.clock.advance(60)
    assert servers(cloud, made) == []
    assert listed(cloud, f"bccId={two}") == []
    for port in (-1, 0):
        cloud.refused(InvalidParameter, "GET", f"{target}?listenerPort={port}")


def test_health_is_known_after_enough_checks_and_follows_the_instance(cloud):
    cloud.clock.pace = 0
    made, one, idle = new_balancer(cloud), cloud.create(), cloud.create()
    new = {"listenerPort": 80, "backendPort": 8080, "scheduler": "RoundRobin", "healthyThreshold": 2}
    cloud.ok("POST", f"/v1/blb/{made}/TCPlistener", new)
    added = [{"instanceId": one}, {"instanceId": idle, "weight": 0}]
    cloud.ok("POST", f"/v1/blb/{made}/backendserver", {"backendServerList": added})

    def statuses():
        return {each["instanceId"]: each["status"] for each in servers(cloud, made, "?listenerPort=80")}

    assert statuses() == {one: "Unknown", idle: "Unknown"}
    cloud.clock.advance(6)
    assert statuses() == {one: "Alive", idle: "Unknown"}
    cloud.ok("PUT", f"/v2/instance/{one}?stop")
    cloud.clock.advance(60)
    assert statuses() == {one: "Dead", idle: "Unknown"}
    found = cloud.ok("GET", f"/v1/blb/{made}/backendserver?listenerPort=80")
    assert (found["type"], found["listenerPort"], found["backendPort"]) == ("TCP", 80, 8080)
    cloud.refused(ListenerNotFound, "GET", f"/v1/blb/{made}/backendserver?listenerPort=81")


def test_what_cannot_be_is_refused(cloud):
    made, one = new_balancer(cloud), cloud.create()
    target = f"/v1/blb/{made}/backendserver"
    vpc = make_vpc(cloud)
    far = cloud.create(subnetId=make_subnet(cloud, vpc))
    there = {"backendServerList": [{"instanceId": one}]}
    cloud.ok("POST", target, there)
    calls = (
        ("POST", "", {"backendServerList": [{"instanceId": far}]}),
        ("PUT", "?update", there),
        ("PUT", "", {"backendServerList": [one]}),
    )
    fresh = {"backendServerList": [{"instanceId": cloud.create()}]}
    cloud.ok("PUT", f"{target}?update", there)
    for method, key, asked in calls:
        cloud.refused(LastOperationNotFinished, method, target + key, fresh if method == "POST" else asked)
        cloud.refused(InstanceNotFound, method, f"/v1/blb/{NOBODY}/backendserver{key}", asked)
    cloud.refused(InstanceNotFound, "GET", f"/v1/blb/{NOBODY}/backendserver")
    cloud.clock.advance(9)
    for key in ("", "?update"):
        method = "PUT" if key else "POST"
        for wrong in ({"weight": 101}, {"desc": "d" * 201}):
            servers_ = fresh if not key else there
            asked = {"backendServerList": [servers_["backendServerList"][0] | wrong]}
            cloud.refused(InvalidParameter, method, target + key, asked)
        cloud.refused(MissingParameter, method, target + key, {})
        cloud.refused(InvalidParameter, method, target + key, {"backendServerList": []})
        cloud.refused(
            BackendServerNotFound, method, target + key, {"backendServerList": [{"instanceId": "i-nobody00"}]}
        )
    cloud.refused(BackendServerNotFound, "PUT", target, {"backendServerList": [one, "i-nobody00"]})
    cloud.refused(BackendServerAlreadyExist, "POST", target, there)
    cloud.refused(InvalidParameter, "POST", target, calls[0][2])
    cloud.set_facts(**{"blb.backendServerQuota": 1})
    cloud.refused(QuotaExceeded, "POST", target, fresh)
    cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
    for method, key, asked in calls:
        cloud.refused(ServiceBlocked, method, target + key, fresh if method == "POST" else asked)
