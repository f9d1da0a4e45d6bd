"""A world with something of everything, made as a client makes it, and all of it as a client sees it."""

from __future__ import annotations

from typing import Any

from emulator.engine.operations import OPERATIONS
from tests.cloud import LINUX, SPEC, Cloud
from tests.network import make_subnet, make_vpc

BILLING = {"paymentTiming": "Postpaid"}
RULE = {"direction": "ingress", "protocol": "tcp", "portRange": "22", "sourceIp": "10.0.0.0/8"}


def make_world(cloud: Cloud) -> None:
    """Something of every kind, at rest and on its way, released too, and a client token."""
    vpc = make_vpc(cloud, tags=[{"tagKey": "team", "tagValue": "one"}])
    subnet = make_subnet(cloud, vpc)
    cloud.ok("POST", "/v2/securityGroup", {"name": "web", "vpcId": vpc, "rules": [RULE]})
    cloud.ok("POST", "/v2/keypair", {"name": "mine"})
    deploy_set = cloud.ok("POST", "/v2/instance/deployset/create", {"name": "apart"})["deploySetIds"][0]
    order = {"spec": SPEC, "imageId": LINUX, "billing": BILLING}
    running = cloud.create(subnetId=subnet, deployIdList=[deploy_set])
    stopping = cloud.create(name="stopping")
    gone = cloud.create()
    cloud.create(billing={"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}})
    cloud.ok("DELETE", f"/v2/instance/{gone}")
    cloud.ok("POST", "/v2/image", {"imageName": "of-mine", "instanceId": running})
    cloud.clock.advance(7.5)
    cloud.ok("PUT", f"/v2/instance/{stopping}?stop", {})
    cloud.ok("POST", "/v2/instanceBySpec?clientToken=once", order | {"purchaseCount": 2})
    cloud.ok("PUT", f"/v2/instance/{stopping}/tag?bind", {"changeTags": [{"tagKey": "a", "tagValue": "b"}]})


LISTS = sorted(
    route.path
    for operation in OPERATIONS.values()
    for route in operation.routes[:1]
    if route.method == "GET" and not route.variables and operation.name.startswith("List")
)


def seen(cloud: Cloud) -> dict[str, Any]:
    """What every list answers, byte for byte, with the ids of requests left out."""
    answers = {}
    for path in LISTS:
        reply = cloud.call("GET", path)
        reply.body.pop("requestId", None)
        answers[path] = (reply.status, reply.body)
    return answers
