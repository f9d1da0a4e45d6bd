"""A VPC with everything in it is taken down in any order: a refusal names what hangs on it, and the last order succeeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.services.bbc.operation_log.resource import ServerOperation
from tests.cloud import Cloud, Reply
from tests.network import default_vpc, make_subnet, make_vpc
from tests.services.bbc.servers import HOST, ORDER

BILLING = {"paymentTiming": "Postpaid"}
LOOSE = ("securityGroupId", "enterpriseSecurityGroupId")
PORT = {"listenerPort": 80, "backendPort": 80, "scheduler": "RoundRobin"}


class Stack:
    """A VPC with something of every kind in it, and the call that takes each down, by the id of what it is about."""

    def __init__(self) -> None:
        self.cloud = cloud = Cloud()
        cloud.clock.pace = 0
        self.removals: dict[str, tuple[str, str]] = {}
        default_vpc(cloud)
        self.before = self.left()
        self.vpc = make_vpc(cloud, enableIpv6=True)
        self.removals[self.vpc] = ("DELETE", f"/v1/vpc/{self.vpc}")
        self.subnets = [make_subnet(cloud, self.vpc, cidr=f"10.0.{number}.0/24") for number in (1, 2)]
        self.removals |= {each: ("DELETE", f"/v1/subnet/{each}") for each in self.subnets}
        self.table = cloud.ok("GET", f"/v1/route?vpcId={self.vpc}")["routeTableId"]
        self._add_groups()
        self._add_hosts()
        self._add_gateways()
        self._add_connections()
        self._add_balancers()
        cloud.clock.advance(30)

    def left(self) -> dict[str, int]:
        """How many there are of each kind that has any, but for records of what was done."""
        collections = self.cloud.account.collections.items()
        return {kind.type_key(): len(each) for kind, each in collections if len(each) and kind is not ServerOperation}

    def make(self, target: str, body: dict[str, Any], member: str, removal: str = "", **more: Any) -> str:
        """Make something that a DELETE of its own path takes down, or of another one."""
        found = self.cloud.ok("POST", target, body | more)[member]
        made: str = found[0] if isinstance(found, list) else found
        self.removals[made] = ("DELETE", (removal or target + "/{}").format(made))
        return made

    def _add_groups(self) -> None:
        near = self.make("/v2/securityGroup", {"name": "near", "vpcId": self.vpc, "rules": []}, "securityGroupId")
        rule = {"direction": "ingress", "protocol": "tcp", "portRange": "22", "sourceGroupId": near}
        group = {"name": "far", "vpcId": self.vpc, "rules": [rule]}
        self.group = self.make("/v2/securityGroup", group, "securityGroupId")
        offices = {"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": [{"ipAddress": "10.0.0.0/8"}]}
        ip_set = self.make("/v1/ipSet", offices, "ipSetId")
        everybody = {"name": "everybody", "ipVersion": "IPv4", "ipSetIds": [ip_set]}
        ip_group = self.make("/v1/ipGroup", everybody, "ipGroupId")
        rule = {"direction": "ingress", "protocol": "icmp", "remoteIpGroup": ip_group, "action": "allow", "priority": 1}
        guard = {"name": "guard", "rules": [rule]}
        self.guard = self.make("/v1/enterprise/security", guard, "enterpriseSecurityGroupId")

    def _add_hosts(self) -> None:
        cloud, (first, second) = self.cloud, self.subnets
        self.instance = cloud.create(subnetId=first, securityGroupId=self.group)
        self.removals[self.instance] = ("DELETE", f"/v2/instance/{self.instance}")
        self.eip = self.make("/v1/eip", {"bandwidthInMbps": 1, "billing": BILLING}, "eip")
        cloud.ok("PUT", f"/v1/eip/{self.eip}?bind", {"instanceType": "BCC", "instanceId": self.instance})
        card = {"name": "card", "subnetId": second, "privateIpSet": [{}]}
        self.make("/v1/eni", card, "eniId", enterpriseSecurityGroupIds=[self.guard])
        attached = self.make("/v1/eni", card, "eniId")
        cloud.ok("PUT", f"/v1/eni/{attached}?attach", {"instanceId": self.instance})
        floating = {"name": "floating", "subnetId": first, "privateIpAddress": ""}
        havip = self.make("/v1/havip", floating, "haVipId")
        cloud.ok("PUT", f"/v1/havip/{havip}?attach", {"instanceIds": [self.instance], "instanceType": "SERVER"})
        self._route("havip", havip, "192.0.2.0/24")
        order = ORDER | {"subnetId": first, "securityGroupId": self.group}
        with at(cloud, HOST):
            (self.server,) = cloud.ok("POST", "/v1/instance", order)["instanceIds"]
        self.removals[self.server] = ("DELETE", f"/v2/instance/{self.server}")
        asked = {"protocol": "ICMP", "frequency": 10, "sourceIps": [], "sourceIpNum": 1, "destIp": "10.0.0.9"}
        self.make("/v1/probe", {"name": "pinger", "vpcId": self.vpc, "subnetId": first}, "probeId", **asked)
        cloud.ok("POST", "/v1/subnet/ipreserve", {"subnetId": second, "ipCidr": "10.0.2.128/25", "ipVersion": 4})

    def _add_gateways(self) -> None:
        cloud, order = self.cloud, {"name": "way", "vpcId": self.vpc, "billing": BILLING}
        address = self.make("/v1/eip", {"bandwidthInMbps": 1, "billing": BILLING}, "eip")
        nat = self.make("/v1/nat", order, "natId", cuNum=1, bindEips=[address])
        rule = {"ruleName": "out", "publicIpsAddress": [address], "sourceCIDR": "10.0.0.0/16"}
        cloud.ok("POST", f"/v1/nat/{nat}/snatRule", rule)
        self._route("nat", nat, "198.51.100.0/24")
        gateway = self.make("/v1/IPv6Gateway", order, "gatewayId", bandwidthInMbps=9)
        self._route("ipv6gateway", gateway, "2600::/16", "::/0")

    def _add_connections(self) -> None:
        cloud, first = self.cloud, self.subnets[0]
        order = {"bandwidthInMbps": 1, "localVpcId": self.vpc, "peerRegion": "bj", "billing": BILLING}
        peer = self.make("/v1/peerconn", order | {"peerVpcId": default_vpc(cloud)}, "peerConnId")
        interface = cloud.ok("GET", f"/v1/peerconn/{peer}")["localIfId"]
        self._route("peerConn", interface, "172.16.0.0/16")
        order = {"vpcId": self.vpc, "subnetId": first, "service": "bos.bj.baidubce.com", "billing": BILLING}
        self.make("/v1/endpoint", order, "id", name="card")
        order = {"vpcId": self.vpc, "vpnName": "gateway", "billing": BILLING}
        tunnels = self.make("/v1/vpn", order, "vpnId", type="IPSec")
        clients = self.make("/v1/vpn", order, "vpnId", type="SSL")
        there = self.make("/v1/vpn/cgw", {"name": "there", "ip": "203.0.113.9"}, "cgwId")
        ends = {"localSubnets": ["10.0.1.0/24"], "remoteSubnets": ["10.20.0.0/24"], "cgwId": there}
        keys = {"vpnConnName": "tunnel", "secretKey": "qwer@12345", "ikeConfig": {}, "ipsecConfig": {}}
        self.make(f"/v1/vpn/{tunnels}/vpnconn", ends | keys, "vpnConnId", "/v1/vpn/vpnconn/{}")
        self._route("vpn", tunnels, "10.20.0.0/24")
        server = {"sslVpnServerName": "server", "localSubnets": ["10.0.1.0/24"], "remoteSubnet": "10.20.0.0/24"}
        self.make(f"/v1/vpn/{clients}/sslVpnServer", server, "sslVpnServerId")
        users = {"sslVpnUsers": [{"userName": "user-1", "password": "qwer@12345"}]}
        self.make(f"/v1/vpn/{clients}/sslVpnUser", users, "sslVpnUserIds")
        line = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0"}
        order = {"vpcId": self.vpc, "name": "gateway", "speed": 100}
        dedicated = self.make("/v1/etGateway", order | line, "etGatewayId")
        self.removals[line["etId"]] = ("PUT", f"/v1/etGateway/{dedicated}?unbind")
        self._route("dcGateway", dedicated, "172.20.0.0/16")

    def _add_balancers(self) -> None:
        cloud, order = self.cloud, {"vpcId": self.vpc, "subnetId": self.subnets[1]}
        backend = {"backendServerList": [{"instanceId": self.instance, "weight": 1}]}
        blb = self.make("/v1/blb", order, "blbId")
        cloud.ok("POST", f"/v1/blb/{blb}/TCPlistener", PORT)
        cloud.ok("POST", f"/v1/blb/{blb}/backendserver", backend)
        cloud.ok("PUT", f"/v1/blb/{blb}/securitygroup?bind", {"securityGroupIds": [self.group]})
        app = self.make("/v1/appblb", order, "blbId")
        cloud.ok("POST", f"/v1/appblb/{app}/appservergroup", {"name": "group", **backend})
        self.make("/v1/service", {"name": "point", "serviceName": "point", "instanceId": app}, "service")

    def _route(self, kind: str, hop: str, there: str, source: str = "0.0.0.0/0") -> None:
        ends = {"sourceAddress": source, "destinationAddress": there, "nexthopType": kind, "nexthopId": hop}
        rule = {"routeTableId": self.table} | ends | ({"ipVersion": 6} if ":" in there else {})
        self.make("/v1/route/rule", rule, "routeRuleId")

    def take_down(self, name: str) -> Reply:
        with at(self.cloud, HOST if name == self.server else self.cloud.host):
            return self.cloud.call(*self.removals[name])


@contextmanager
def at(cloud: Cloud, host: str) -> Iterator[None]:
    """Ask at a host for a while."""
    before, cloud.host = cloud.host, host
    yield
    cloud.host = before


@given(st.randoms(use_true_random=False))
def test_in_any_order_each_refusal_names_what_hangs_on_it_and_the_last_order_succeeds(chance):
    stack = Stack()
    waiting = sorted(stack.removals)
    chance.shuffle(waiting)
    while waiting:
        kept = []
        for name in waiting:
            before = stack.cloud.fingerprint()
            reply = stack.take_down(name)
            if reply.status == 200 or reply.code.startswith("NoSuch"):
                stack.cloud.clock.advance(30)
                continue
            told = reply.headers.get("x-bce-emulator-explain", "")
            assert 400 <= reply.status < 500, (name, reply)
            assert stack.cloud.fingerprint() == before, name
            assert any(other in told for other in [*waiting, stack.table]), (name, reply, told)
            kept.append(name)
        assert len(kept) < len(waiting), kept
        waiting = kept
    assert stack.left() == stack.before
