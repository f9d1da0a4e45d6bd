"""What a user does with several products, through a recorder; and what an account had before anybody recorded."""

from __future__ import annotations

from typing import Any

from tests.cloud import encrypted
from tests.fidelity.network import REAL, World, ask

POSTPAID = {"paymentTiming": "Postpaid"}
ORDER = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "billing": POSTPAID}
RULE = {"direction": "ingress", "protocol": "tcp", "portRange": "443", "sourceIp": "10.20.3.0/24"}


def many_products(world: World) -> None:
    """Networks, instances through their life, a disk, a public address, a load balancer; some calls are refused."""
    ok, later = world.ok, world.later
    for path in ("/v1/vpc", "/v1/subnet", "/v2/securityGroup?maxKeys=10", "/v2/zone", "/v2/image?maxKeys=5"):
        ok("GET", path)
    vpc = ok("POST", "/v1/vpc", {"name": "web", "cidr": "10.20.0.0/16"})["vpcId"]
    place = {"name": "a", "vpcId": vpc, "zoneName": "cn-bj-a", "cidr": "10.20.3.0/24"}
    subnet = ok("POST", "/v1/subnet", place)["subnetId"]
    group = ok("POST", "/v2/securityGroup", {"name": "g", "vpcId": vpc, "rules": [RULE]})["securityGroupId"]
    order = ORDER | {
        "subnetId": subnet,
        "securityGroupId": group,
        "purchaseCount": 2,
        "adminPass": encrypted("Passw0rd!x"),
    }
    one, other = ok("POST", "/v2/instanceBySpec", order)["instanceIds"]
    for _ in range(6):
        later(6)
        ok("GET", f"/v2/instance/{one}")
    assert world.call("DELETE", f"/v1/subnet/{subnet}").status >= 400
    ok("PUT", f"/v2/instance/{one}?stop", {})
    for _ in range(4):
        later(6)
        ok("GET", "/v2/instance?maxKeys=1")
    assert world.call("PUT", f"/v2/instance/{one}?stop", {}).status >= 400
    disk = {"cdsSizeInGB": 50, "zoneName": "cn-bj-a", "billing": POSTPAID}
    volume = ok("POST", "/v2/volume", disk)["volumeIds"][0]
    later(30)
    ok("PUT", f"/v2/volume/{volume}?attach", {"instanceId": other})
    ok("GET", f"/v2/volume/{volume}")
    later(20)
    ok("GET", f"/v2/volume/{volume}")
    bandwidth = {"bandwidthInMbps": 5, "name": "e", "billing": POSTPAID | {"billingMethod": "ByTraffic"}}
    eip = ok("POST", "/v1/eip", bandwidth)["eip"]
    later(10)
    ok("PUT", f"/v1/eip/{eip}?bind", {"instanceType": "BCC", "instanceId": other})
    later(10)
    ok("GET", f"/v1/eip?eip={eip}")
    balancer = ok("POST", "/v1/blb", {"name": "lb", "vpcId": vpc, "subnetId": subnet})["blbId"]
    later(30)
    listener = {"listenerPort": 80, "backendPort": 8080, "scheduler": "RoundRobin"}
    ok("POST", f"/v1/blb/{balancer}/TCPlistener", listener)
    ok("POST", f"/v1/blb/{balancer}/backendserver", {"backendServerList": [{"instanceId": other, "weight": 10}]})
    for path in (f"/v1/blb/{balancer}/backendserver", f"/v1/blb/{balancer}", "/v1/blb", f"/v1/route?vpcId={vpc}"):
        ok("GET", path)
    assert world.call("GET", "/v2/instance/i-nobody00").status == 404
    ok("GET", "/v1/subnet", host="bcc.gz.baidubce.com")  # what a region is born with, in the middle of all
    ok("GET", "/v1/privatezone", host="privatezone.bj.baidubce.com")


def had_before(world: World) -> None:
    """Make what a recording will take for granted, past the recorder."""

    def made(path: str, body: dict[str, Any]) -> Any:
        world.wall.now += 1
        reply = ask(world.deviating.inner, "POST", path, body, now=world.wall.now, keys=REAL[:2])
        assert reply.status == 200, reply
        return reply.body

    vpc = made("/v1/vpc", {"name": "old", "cidr": "172.16.0.0/16"})["vpcId"]
    place = {"name": "a", "vpcId": vpc, "zoneName": "cn-bj-b", "cidr": "172.16.3.0/24"}
    subnet = made("/v1/subnet", place)["subnetId"]
    made("/v2/instanceBySpec", ORDER | {"subnetId": subnet, "name": "before", "createCdsList": [{"cdsSizeInGB": 20}]})
    made("/v2/keypair", {"name": "laptop"})
    made("/v1/eip", {"bandwidthInMbps": 5, "name": "e", "billing": POSTPAID | {"billingMethod": "ByTraffic"}})
    world.later(60)
    made("/v1/blb", {"name": "lb0", "vpcId": vpc, "subnetId": subnet})
    made("/v1/nat", {"name": "nat0", "vpcId": vpc, "spec": "small", "billing": POSTPAID})
    world.later(6_000)


def look_around(world: World) -> None:
    """Read what there is, and stop the instance."""
    ok = world.ok
    for path in ("/v1/vpc", "/v1/subnet", "/v2/volume", "/v2/keypair", "/v1/eip", "/v2/securityGroup"):
        ok("GET", path)
    instance = ok("GET", "/v2/instance")["instances"][0]
    balancer = ok("GET", "/v1/blb")["blbList"][0]["blbId"]
    nat = ok("GET", f"/v1/nat?vpcId={instance['vpcId']}")["nats"][0]["id"]
    ok("PUT", f"/v2/instance/{instance['id']}?stop", {})
    for seconds in (3, 30):
        world.later(seconds)
        ok("GET", f"/v2/instance/{instance['id']}")
    ok("GET", f"/v1/blb/{balancer}")
    ok("GET", f"/v1/nat/{nat}")
