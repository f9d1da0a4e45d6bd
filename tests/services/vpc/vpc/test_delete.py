"""Delete a VPC."""

from __future__ import annotations

from random import Random

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease, SubnetInUse
from bce_emulator.services.vpc.vpc.errors import NotAllowDeleteVpc
from tests.network import default_vpc, make_subnet, make_vpc
from tests.services.vpc.vpn.gateways import new_tunnel, new_vpn


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


def test_a_vpc_goes_with_what_it_was_born_with(cloud, vpc):
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "0.0.0.0/0"}
    cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "defaultGateway"})

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")

    cloud.refused(NoSuchObject, "GET", f"/v1/vpc/{vpc}")
    cloud.refused(NoSuchObject, "GET", f"/v1/route?vpcId={vpc}")
    for kind, member in ((RouteTable, "vpc_id"), (SecurityGroup, "vpc_id")):
        assert cloud.account.where(kind, member, vpc) == []
    assert len(cloud.account.collection(RouteRule)) == 0


def test_the_default_vpc_stays(cloud):
    cloud.refused(NotAllowDeleteVpc, "DELETE", f"/v1/vpc/{default_vpc(cloud)}")


def test_a_vpc_with_a_subnet_stays_until_the_subnet_has_gone(cloud, vpc):
    subnet = make_subnet(cloud, vpc)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")

    cloud.ok("DELETE", f"/v1/subnet/{subnet}")

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")


def test_a_vpc_with_a_security_group_of_its_owner_stays(cloud, vpc):
    cloud.account.add(SecurityGroup(id="g-1", name="web", vpc_id=vpc))

    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")


def test_a_vpc_with_a_subnet_in_other_use_stays(cloud, vpc):
    cloud.set_facts(subnetsInUse=[make_subnet(cloud, vpc)])

    cloud.refused(SubnetInUse, "DELETE", f"/v1/vpc/{vpc}")


@pytest.mark.parametrize("order", range(4))
def test_a_vpc_with_everything_in_it_is_taken_down_in_any_order(cloud, vpc, order):
    """Whatever is refused says what it waits for, and something can always go."""
    subnet, billing = make_subnet(cloud, vpc), {"billing": {"paymentTiming": "Postpaid"}}
    card = {"vpcId": vpc, "subnetId": subnet, "name": "card", "service": "bos.bj.baidubce.com"} | billing
    peer = {"localVpcId": vpc, "peerVpcId": default_vpc(cloud), "peerRegion": "bj", "bandwidthInMbps": 1} | billing
    line = {"etId": "dcphy-1", "channelId": "dedicatedconn-1", "vpcId": vpc, "name": "line", "speed": 100}
    endpoint = cloud.ok("POST", "/v1/endpoint", card)["id"]
    peer_conn = cloud.ok("POST", "/v1/peerconn", peer)["peerConnId"]
    dedicated = cloud.ok("POST", "/v1/etGateway", line)["etGatewayId"]
    gateway = new_vpn(cloud, vpcId=vpc, subnetId=subnet)
    tunnel = new_tunnel(cloud, gateway, localSubnets=["10.0.1.0/24"], remoteSubnets=["10.20.0.0/24"])
    nat = cloud.ok("POST", "/v1/nat", {"name": "nat", "vpcId": vpc, "spec": "small"} | billing)["natId"]
    cloud.clock.advance(60)
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    interface = cloud.ok("GET", f"/v1/peerconn/{peer_conn}")["localIfId"]
    hops = {"vpn": gateway, "nat": nat, "peerConn": interface, "dcGateway": dedicated}
    rules = [
        cloud.ok(
            "POST",
            "/v1/route/rule",
            {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": f"172.16.{number}.0/24"}
            | {"nexthopType": kind, "nexthopId": hop},
        )["routeRuleId"]
        for number, (kind, hop) in enumerate(hops.items())
    ]
    waiting = [
        ("PUT", f"/v1/etGateway/{dedicated}?unbind"),
        *(("DELETE", f"/v1/route/rule/{rule}") for rule in rules),
        *(("DELETE", f"/v1/{kind}/{name}") for kind, name in (("vpn", gateway), ("nat", nat), ("endpoint", endpoint))),
        *(
            ("DELETE", f"/v1/{kind}/{name}")
            for kind, name in (("subnet", subnet), ("vpc", vpc), ("peerconn", peer_conn))
        ),
        ("DELETE", f"/v1/etGateway/{dedicated}"),
        ("DELETE", f"/v1/vpn/vpnconn/{tunnel}"),
    ]
    names = {"dcphy-1", endpoint, peer_conn, dedicated, gateway, tunnel, nat, subnet, interface, *rules}
    Random(order).shuffle(waiting)

    while waiting:
        refused = []
        for method, target in waiting:
            reply = cloud.call(method, target)
            if reply.status == 409:
                explanation = cloud.last_entry.explanation
                assert any(name in explanation and name not in target for name in names), (target, explanation)
                refused.append((method, target))
            else:
                assert reply.status == 200, (target, reply)
                cloud.clock.advance(10)
        assert len(refused) < len(waiting), refused
        waiting = refused


def test_a_vpc_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "DELETE", "/v1/vpc/vpc-nothing")


def test_the_same_token_deletes_once_and_answers_twice(cloud, vpc):
    for _ in range(2):
        assert cloud.ok("DELETE", f"/v1/vpc/{vpc}?clientToken=once") == {}


def test_rules_elsewhere_that_name_its_default_group_go_too(cloud, vpc):
    group = cloud.ok("GET", f"/v2/securityGroup?vpcId={vpc}")["securityGroups"][0]["id"]
    rules = [{"direction": "ingress", "sourceGroupId": group}]
    other = cloud.ok("POST", "/v2/securityGroup", {"name": "web", "rules": rules})["securityGroupId"]

    cloud.ok("DELETE", f"/v1/vpc/{vpc}")

    assert cloud.ok("GET", f"/v2/securityGroup/{other}")["rules"] == []
