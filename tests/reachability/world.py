"""A network as clients make it, with something of everything, and copies of it for cases to change.

VPC home, 10.0.0.0/16: in the subnet web (10.0.1.0/24) a (.10), mate (.11) and six (.12, IPv6); in db (10.0.2.0/24) b (.10,
group own, which has no rules), c (.11, enterprise group esg, which has none) and off (.12, stopped).
VPC far, 10.9.0.0/16: f (10.9.1.10). Others than b and c are in groups that allow everything.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.persist.fork import fork
from bce_emulator.engine.steps import at_once
from bce_emulator.reachability.question import Question, answer
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.security_group.default import default_security_group
from tests.cloud import MADE, Cloud
from tests.network import make_subnet, make_vpc, vpc
from tests.services.vpc.vpn.gateways import TUNNEL

POSTPAID = {"paymentTiming": "Postpaid"}
BY_TRAFFIC = POSTPAID | {"billingMethod": "ByTraffic"}
LINE = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0"}
Step = tuple[str, Any]


def fill(value: Any, ids: dict[str, str]) -> Any:
    """A value with names in braces replaced by what they stand for."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], value)
    if isinstance(value, dict):
        return {name: fill(each, ids) for name, each in value.items()}
    return [fill(each, ids) for each in value] if isinstance(value, list) else value


def lead(cloud: Cloud, destination: str, end: str, vpc_id: str) -> None:
    """Have a VPC's routes lead to a range by an end of a peer connection."""
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc_id}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": destination}
    cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "peerConn", "nexthopId": end})


class World:
    """An account, and the names of what it has."""

    def __init__(self, cloud: Cloud, ids: dict[str, str]) -> None:
        self.cloud = cloud
        self.ids = ids

    @property
    def account(self) -> AccountRegion:
        return self.cloud.account

    def do(self, steps: Iterable[Step]) -> None:
        """Take steps as a client; ``name = POST …`` gives a name to what is made, words without a slash look or set."""
        for call, template in steps:
            name, is_named, rest = call.rpartition(" = ")
            method, _, target = (rest if is_named else call).partition(" ")
            target, body = fill(target, self.ids), fill(template, self.ids)
            if method == "STATUS":
                self.resource(target).state = body
                continue
            if method == "HOME_END":
                self.ids["home_end"] = self.end_in(self.ids["home"])
                continue
            if method == "LB_ADDRESS":
                self.ids[f"{target}_ip"] = self.account.get(LoadBalancer, self.ids[target]).private_ip
                continue
            if method == "PEER":
                self.ids |= {f"{name}_end": self.end_in(self.ids[name]) for name in ("home", "far")}
                continue
            answered = self.cloud.ok(method, target, body)
            self.cloud.clock.advance(60)
            if name:
                made = next(value for key, value in answered.items() if key.lower().endswith(("id", "ids", "eip")))
                self.ids[name] = made[0] if isinstance(made, list) else made
                if "/v1/eip" in target:
                    self.ids[f"{name}_id"] = self.account.get_by(Eip, "address", self.ids[name]).id

    def end_in(self, vpc_id: str) -> str:
        return self.account.where(PeerConn, "vpc_id", vpc_id)[0].id

    def resource(self, resource_id: str) -> Any:
        return next(each.by_id[resource_id] for each in self.account.collections.values() if resource_id in each.by_id)

    def ask(self, source: str, target: str, *how: Any, **more: Any) -> dict[str, Any]:
        """The answer to a question in names."""
        protocol, port = (*how, None)[:2] if how else ("tcp", 443)
        ends = fill([source, target], self.ids)
        return answer(self.account, Question(*ends, protocol, port, **fill(more, self.ids)), with_unused=True)


@cache
def base() -> World:
    """The network that no case changes; it belongs to no test."""
    cloud = Cloud("test-reach")
    MADE.remove(cloud.emulator)
    cloud.clock.pace = 0
    home, far = make_vpc(cloud, enableIpv6=True), make_vpc(cloud, name="far", cidr="10.9.0.0/16")
    ids = {
        "home": home,
        "far": far,
        "web": make_subnet(cloud, home, enableIpv6=True),
        "db": make_subnet(cloud, home, cidr="10.0.2.0/24"),
        "away": make_subnet(cloud, far, cidr="10.9.1.0/24"),
    }
    for name in ("home", "far"):
        found = cloud.ok("GET", f"/v1/route?vpcId={ids[name]}")
        ids[f"{name}_table"] = found["routeTableId"]
    ids["home_default"] = default_security_group(cloud.account, home).id
    world = World(cloud, ids)
    world.do(
        [
            ("own = POST /v2/securityGroup", {"name": "own", "vpcId": "{home}", "rules": []}),
            ("esg = POST /v1/enterprise/security", {"name": "esg", "rules": []}),
        ]
    )
    for name, subnet, address, more in (
        ("a", "web", "10.0.1.10", {}),
        ("mate", "web", "10.0.1.11", {}),
        ("six", "web", "10.0.1.12", {"isOpenIpv6": True}),
        ("b", "db", "10.0.2.10", {"securityGroupId": ids["own"]}),
        ("c", "db", "10.0.2.11", {"enterpriseSecurityGroupId": ids["esg"]}),
        ("off", "db", "10.0.2.12", {}),
        ("f", "away", "10.9.1.10", {}),
    ):
        ids[name] = cloud.create(subnetId=ids[subnet], internalIps=[address], zoneName="cn-bj-a", **more)
    cloud.ok("PUT", f"/v2/instance/{ids['off']}?stop", {})
    cloud.clock.advance(60)
    ids["six6"] = cloud.instance(ids["six"])["ipv6"]
    ids["prefix"] = vpc(cloud, home)["ipv6Cidr"].partition("::")[0]
    return world


def copied(name: str) -> World:
    """A network of its own for a case."""
    original = base()
    accounts = original.cloud.emulator.accounts
    accounts.open(name)
    accounts.replace(at_once(fork(accounts.by_name["test-reach"], accounts, name)))
    cloud = copy.copy(original.cloud)
    cloud.access_key = name
    cloud.clock.freeze()
    return World(cloud, dict(original.ids))


def forget(world: World) -> None:
    """Let go of a copy."""
    world.cloud.emulator.accounts.forget(world.cloud.access_key)
    at_once(world.cloud.emulator.accounts.free())


def sg(group: str, direction: str, protocol: str = "", ports: str = "", remote: str = "", **more: Any) -> Step:
    """A rule of an ordinary group."""
    end = "source" if direction == "ingress" else "dest"
    named = {f"{end}GroupId" if remote.startswith("{") else f"{end}Ip": remote} if remote else {}
    rule = {"direction": direction, "protocol": protocol, "portRange": ports, **named, **more}
    return f"PUT /v2/securityGroup/{{{group}}}?authorizeRule", {"rule": rule}


def esg(direction: str, action: str, priority: int, remote: str = "all", ports: str = "1-65535", **more: Any) -> Step:
    """A rule of the enterprise group."""
    address = {"sourceIp" if direction == "ingress" else "destIp": remote} if remote else {}
    rule = {"direction": direction, "action": action, "priority": priority, "ethertype": "IPv4", "protocol": "tcp"}
    return "PUT /v1/enterprise/security/{esg}?authorizeRule", {"rules": [rule | {"portRange": ports} | address | more]}


def acl(subnet: str, direction: str, action: str, position: int, **more: Any) -> Step:
    """A rule of an ACL: for everything, but for what is said otherwise."""
    rule = {"subnetId": f"{{{subnet}}}", "direction": direction, "action": action, "position": position}
    words = {"protocol": "all", "sourceIpAddress": "all", "destinationIpAddress": "all"}
    return "POST /v1/acl/rule", {"aclRules": [rule | words | more]}


def route(table: str, destination: str, kind: str, hop: str = "", source: str = "0.0.0.0/0") -> Step:
    """A rule of a route table."""
    hop_id = {"nexthopId": hop} if hop else {}
    ranges = {"sourceAddress": source, "destinationAddress": destination}
    return "POST /v1/route/rule", {"routeTableId": f"{{{table}_table}}", "nexthopType": kind, **ranges, **hop_id}


def eip(name: str, kind: str = "", target: str = "", **more: Any) -> list[Step]:
    """An EIP, perhaps bound to something."""
    steps: list[Step] = [(f"{name} = POST /v1/eip", {"bandwidthInMbps": 5, "billing": BY_TRAFFIC} | more)]
    if target:
        steps.append((f"PUT /v1/eip/{{{name}}}?bind", {"instanceType": kind, "instanceId": f"{{{target}}}"}))
    return steps


def nat(*addresses: str, route_too: bool = True) -> list[Step]:
    """A NAT gateway of home with EIPs, and a route to it."""
    made = [step for each in addresses for step in eip(each)]
    order = {"name": "nat", "vpcId": "{home}", "spec": "small", "billing": POSTPAID}
    bound = {"bindEips": [f"{{{each}}}" for each in addresses]} if addresses else {}
    return [*made, ("nat = POST /v1/nat", order | bound), *([route("home", "0.0.0.0/0", "nat", "{nat}")] * route_too)]


def snat(source: str, address: str = "out") -> Step:
    return "POST /v1/nat/{nat}/snatRule", {
        "ruleName": "out",
        "publicIpsAddress": [f"{{{address}}}"],
        "sourceCIDR": source,
    }


def dnat(private: str, protocol: str = "all", public_port: int = 0, port: int = 0) -> Step:
    body = {"ruleName": "in", "publicIpAddress": "{out}", "privateIpAddress": private, "protocol": protocol}
    ports = {"publicPort": public_port, "privatePort": port} if port else {}
    return "POST /v1/nat/{nat}/dnatRule", body | ports


def peer(there: bool = True, back: bool = True) -> list[Step]:
    """A peer connection between home and far, and routes."""
    order = {
        "bandwidthInMbps": 10,
        "localVpcId": "{home}",
        "peerVpcId": "{far}",
        "peerRegion": "bj",
        "billing": POSTPAID,
    }
    steps: list[Step] = [("peer = POST /v1/peerconn", order), ("PEER", None)]
    steps += [route("home", "10.9.0.0/16", "peerConn", "{home_end}")] * there
    return [*steps, *[route("far", "10.0.0.0/16", "peerConn", "{far_end}")] * back]


def vpn(*, with_eip: bool = True, remote: str = "172.20.0.0/16", local: str = "10.0.0.0/16") -> list[Step]:
    """A VPN gateway of home with a tunnel, and a route to it."""
    tunnel = TUNNEL | {"localSubnets": [local], "remoteSubnets": [remote]}
    steps: list[Step] = [
        ("vpn = POST /v1/vpn", {"vpcId": "{home}", "vpnName": "vpn", "billing": POSTPAID, "subnetId": "{web}"})
    ]
    steps += eip("vpn_ip", "VPN", "vpn") if with_eip else []
    return [*steps, ("POST /v1/vpn/{vpn}/vpnconn", tunnel), route("home", "172.20.0.0/16", "vpn", "{vpn}")]


def line(name: str = "dc", *, bound: bool = True, local: str = "10.0.0.0/16") -> Step:
    """A dedicated gateway of home."""
    members = LINE | {"localCidrs": [local]} if bound else {}
    return f"{name} = POST /v1/etGateway", {"vpcId": "{home}", "name": "line", "speed": 100} | members


def balancer(protocol: str = "TCP", backend: str = "mate", weight: int = 100, **listener: Any) -> list[Step]:
    """A load balancer in web with a listener at 80, and a backend that is asked at 8080."""
    order = {"listenerPort": 80, "backendPort": 8080, "scheduler": "RoundRobin"} | listener
    servers = {"backendServerList": [{"instanceId": f"{{{backend}}}", "weight": weight}]}
    return [
        ("lb = POST /v1/blb", {"vpcId": "{home}", "subnetId": "{web}"}),
        (f"POST /v1/blb/{{lb}}/{protocol}listener", order),
        *([("POST /v1/blb/{lb}/backendserver", servers)] if backend else []),
    ]


def app_balancer(policy: bool = True, rules: bool = False) -> list[Step]:
    """An application load balancer with a listener at 80 whose policy leads to mate at 8080."""
    fits = [{"key": "uri", "value": "/api"}] if rules else [{"key": "*", "value": "*"}]
    leads = {"appServerGroupId": "{servers}", "backendPort": 8080, "portType": "HTTP", "priority": 1, "ruleList": fits}
    servers = [{"instanceId": "{mate}", "weight": 10}]
    return [
        ("lb = POST /v1/appblb", {"vpcId": "{home}", "subnetId": "{web}"}),
        ("POST /v1/appblb/{lb}/HTTPlistener", {"listenerPort": 80, "scheduler": "RoundRobin"}),
        ("servers = POST /v1/appblb/{lb}/appservergroup", {"name": "servers", "backendServerList": servers}),
        ("POST /v1/appblb/{lb}/appservergroupport", {"sgId": "{servers}", "port": 8080, "type": "HTTP"}),
        *([("POST /v1/appblb/{lb}/policys", {"listenerPort": 80, "appPolicyVos": [leads]})] if policy else []),
    ]


def chained(name: str) -> list[Step]:
    """An application load balancer with a listener for TCP at 80."""
    return [
        (f"{name} = POST /v1/appblb", {"vpcId": "{home}", "subnetId": "{web}"}),
        (f"LB_ADDRESS {name}", None),
        (f"POST /v1/appblb/{{{name}}}/TCPlistener", {"listenerPort": 80, "scheduler": "RoundRobin"}),
    ]


def leading(name: str, other: str) -> list[Step]:
    """Have such a listener lead to that of another load balancer, or to itself."""
    at, member = f"/v1/appblb/{{{name}}}", {"ip": f"{{{other}_ip}}", "port": 80, "weight": 1}
    to = {"appIpGroupId": "{ips}", "portType": "TCP", "priority": 1, "ruleList": [{"key": "*", "value": "*"}]}
    return [
        (f"ips = POST {at}/ipgroup", {"name": "ips", "memberList": [member]}),
        (f"POST {at}/ipgroup/backendpolicy", {"ipGroupId": "{ips}", "type": "TCP", "healthCheckPort": 80}),
        (f"POST {at}/policys", {"listenerPort": 80, "appPolicyVos": [to]}),
    ]
