"""What passes and what does not: a network, a question, and the rule of evaluation that decides it.

A row: what is done to the network first; from, to and how; whether it passes; by which rule that is decided, which is that
of the hop that stops it, or one that has to be on the way.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.cloud import LINUX, SPEC
from tests.reachability.world import (
    POSTPAID,
    Step,
    acl,
    app_balancer,
    balancer,
    chained,
    dnat,
    eip,
    esg,
    leading,
    line,
    nat,
    peer,
    route,
    sg,
    snat,
    vpn,
)

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": POSTPAID, "zoneName": "cn-bj-a"}
SIX = {"name": "six", "vpcId": "{home}", "bandwidthInMbps": 10, "billing": POSTPAID}
GATEWAY6: list[Step] = [("gw6 = POST /v1/IPv6Gateway", SIX)]
ROUTE6 = route("home", "::/0", "ipv6gateway", "{gw6}", "::/0")
OUT6: list[Step] = [*GATEWAY6, ROUTE6]
SET = {"name": "set", "ipVersion": "IPv4", "ipAddressInfo": [{"ipAddress": "10.0.1.0/24", "description": ""}]}
OPEN_B = sg("own", "ingress", "tcp", "443", "10.0.1.0/24")
ANSWER_DENIED = acl("web", "ingress", "deny", 1, protocol="tcp", sourcePort="443")
HAVIP: list[Step] = [("vip = POST /v1/havip", {"name": "vip", "subnetId": "{db}", "privateIpAddress": "10.0.2.99"})]
ENI = {"name": "card", "subnetId": "{db}", "privateIpSet": [{"primary": True, "privateIpAddress": "10.0.2.50"}]}
ENI |= {"securityGroupIds": ["{own}"]}
CARD = ("card = POST /v1/eni", ENI)
SNIC = {"vpcId": "{home}", "name": "snic", "subnetId": "{db}", "service": "bos.bj.baidubce.com", "billing": POSTPAID}
TWIN: list[Step] = [
    ("twins = POST /v1/vpc", {"name": "twins", "cidr": "10.0.0.0/16"}),
    ("twin_net = POST /v1/subnet", {"name": "t", "vpcId": "{twins}", "zoneName": "cn-bj-a", "cidr": "10.0.1.0/24"}),
    ("twin = POST /v2/instanceBySpec", ORDER | {"subnetId": "{twin_net}", "internalIps": ["10.0.1.11"]}),
]


class Case(NamedTuple):
    title: str
    steps: list[Step]
    question: tuple[Any, ...]
    reaches: bool
    rule: str
    more: dict[str, Any] | None = None


GROUPS = [
    Case("in a subnet nothing is in the way", [], ("{a}", "{mate}"), True, "acl.within"),
    Case("what no rule fits is denied", [], ("{a}", "{b}"), False, "group.default"),
    Case("a rule that fits allows", [OPEN_B], ("{a}", "{b}"), True, "group.allow"),
    Case("a rule for another port does not", [OPEN_B], ("{a}", "{b}", "tcp", 444), False, "group.default"),
    Case("the last port of a range counts", [sg("own", "ingress", "tcp", "80-443")], ("{a}", "{b}"), True, "group.allow"),
    Case("a rule for another protocol does not", [OPEN_B], ("{a}", "{b}", "udp", 443), False, "group.default"),
    Case("a rule for other addresses does not", [sg("own", "ingress", "tcp", "443", "10.0.1.11")], ("{a}", "{b}"), False, "group.default"),
    Case("a rule without protocol is for all", [sg("own", "ingress")], ("{a}", "{b}", "icmp"), True, "group.allow"),
    Case("a rule for icmp lets pings in", [sg("own", "ingress", "icmp")], ("{a}", "{b}", "icmp"), True, "group.allow"),
    Case("one of several rules is enough", [sg("own", "ingress", "udp", "1"), OPEN_B], ("{a}", "{b}"), True, "group.allow"),
    Case(
        "a rule names a group in place of addresses",
        [sg("own", "ingress", "tcp", "443", "{home_default}")],
        ("{a}", "{b}"),
        True,
        "group.reference",
    ),
    Case("what is not in the named group is denied", [sg("own", "ingress", "", "", "{own}")], ("{a}", "{b}"), False, "group.default"),
    Case("a group without egress rules lets nothing out", [], ("{b}", "{a}"), False, "group.default"),
    Case("egress is by the destination", [sg("own", "egress", "tcp", "443", "10.0.1.10/32")], ("{b}", "{a}"), True, "group.allow"),
    Case("and not to another one", [sg("own", "egress", "tcp", "443", "10.0.1.10/32")], ("{b}", "{mate}"), False, "group.default"),
    Case("the answer needs no rule", [OPEN_B], ("{a}", "{b}"), True, "group.state"),
    Case("a rule of IPv6 is not for IPv4", [sg("own", "ingress", ethertype="IPv6")], ("{a}", "{b}"), False, "group.default"),
    Case("a second group adds its rules", [("PUT /v2/securitygroup/bind", {"instanceIds": ["{b}"], "securityGroupIds": ["{home_default}"], "securityGroupType": "normal"})], ("{a}", "{b}"), True, "group.allow"),
]  # fmt: skip
ENTERPRISE = [
    Case("what no rule of an enterprise group fits is denied", [], ("{a}", "{c}"), False, "esg.default"),
    Case("an enterprise rule allows", [esg("ingress", "allow", 100)], ("{a}", "{c}"), True, "esg.priority"),
    Case("and denies", [esg("ingress", "deny", 100)], ("{a}", "{c}"), False, "esg.priority"),
    Case("the smaller priority wins: deny", [esg("ingress", "allow", 9), esg("ingress", "deny", 1)], ("{a}", "{c}"), False, "esg.priority"),
    Case("the smaller priority wins: allow", [esg("ingress", "deny", 9), esg("ingress", "allow", 1)], ("{a}", "{c}"), True, "esg.priority"),
    Case("at equal priority deny wins", [esg("ingress", "allow", 5), esg("ingress", "deny", 5)], ("{a}", "{c}"), False, "esg.priority"),
    Case("a list of ports", [esg("ingress", "allow", 5, ports="22,443")], ("{a}", "{c}"), True, "esg.priority"),
    Case("not in the list", [esg("ingress", "allow", 5, ports="22,80")], ("{a}", "{c}"), False, "esg.default"),
    Case("a rule for source ports", [esg("ingress", "allow", 5, sourcePortRange="1-1024")], ("{a}", "{c}"), False, "esg.default"),
    Case("a rule for source ports fits", [esg("ingress", "allow", 5, sourcePortRange="1-1024")], ("{a}", "{c}"), True, "esg.priority", {"source_port": 1000}),
    Case("an IP set", [("set = POST /v1/ipSet", SET), esg("ingress", "allow", 5, "", remoteIpSet="{set}")], ("{a}", "{c}"), True, "esg.priority"),
    Case("an IP group", [("set = POST /v1/ipSet", SET), ("group = POST /v1/ipGroup", {"name": "g", "ipVersion": "IPv4", "ipSetIds": ["{set}"]}), esg("ingress", "allow", 5, "", remoteIpGroup="{group}")], ("{a}", "{c}"), True, "esg.priority"),
    Case("an IP set without the address", [("set = POST /v1/ipSet", SET | {"ipAddressInfo": [{"ipAddress": "10.0.1.11", "description": ""}]}), esg("ingress", "allow", 5, "", remoteIpSet="{set}")], ("{a}", "{c}"), False, "esg.default"),
    Case("localIp is the own address", [esg("ingress", "allow", 5, localIp="10.0.2.12")], ("{a}", "{c}"), False, "esg.default"),
    Case("enterprise groups judge what goes out", [], ("{c}", "{a}"), False, "esg.default"),
]  # fmt: skip
ACLS = [
    Case("the default rule allows", [OPEN_B], ("{a}", "{b}"), True, "acl.default"),
    Case("a rule for what goes out denies", [OPEN_B, acl("web", "egress", "deny", 1)], ("{a}", "{b}"), False, "acl.position"),
    Case("a rule for what comes in denies", [OPEN_B, acl("db", "ingress", "deny", 1)], ("{a}", "{b}"), False, "acl.position"),
    Case("the smaller position counts", [OPEN_B, acl("db", "ingress", "deny", 9), acl("db", "ingress", "allow", 2)], ("{a}", "{b}"), True, "acl.position"),
    Case("the answer is judged by its own ports", [OPEN_B, ANSWER_DENIED], ("{a}", "{b}"), False, "acl.stateless"),
    Case("the answer's way out of the other subnet", [OPEN_B, acl("db", "egress", "deny", 1)], ("{a}", "{b}"), False, "acl.stateless"),
    Case("a rule for other ports lets it be", [OPEN_B, acl("db", "ingress", "deny", 1, protocol="tcp", destinationPort="80-90")], ("{a}", "{b}"), True, "acl.default"),
    Case("a rule for another protocol lets it be", [OPEN_B, acl("db", "ingress", "deny", 1, protocol="udp")], ("{a}", "{b}"), True, "acl.default"),
    Case("a rule for another source lets it be", [OPEN_B, acl("db", "ingress", "deny", 1, sourceIpAddress="10.0.1.64/26")], ("{a}", "{b}"), True, "acl.default"),
    Case("within a subnet no ACL counts", [acl("web", "ingress", "deny", 1)], ("{a}", "{mate}"), True, "acl.within"),
    Case("a rule of IPv6 is not for IPv4", [OPEN_B, acl("db", "ingress", "deny", 1, ipVersion=6)], ("{a}", "{b}"), True, "acl.default"),
]  # fmt: skip
PLACES = [
    Case("a stopped instance does not answer", [], ("{a}", "{off}"), False, "host.running"),
    Case("nor does it ask", [], ("{off}", "{a}"), False, "host.running"),
    Case("nothing has the address", [], ("{a}", "10.0.1.77"), False, "address.held"),
    Case("an address for an instance", [], ("10.0.1.10", "10.0.1.11"), True, "route.local"),
    Case("a card in no instance", [CARD, OPEN_B], ("{a}", "{card}"), False, "host.attached"),
    Case("a card in an instance, with its own groups", [CARD, OPEN_B, ("PUT /v1/eni/{card}?attach", {"instanceId": "{b}"})], ("{a}", "{card}"), True, "group.allow"),
    Case("an instance asks itself", [], ("{b}", "{b}"), True, "address.self"),
    Case("a HaVip is at its master", [*HAVIP, ("PUT /v1/havip/{vip}?attach", {"instanceIds": ["{b}"], "instanceType": "SERVER"}), OPEN_B], ("{a}", "{vip}"), True, "address.havip"),
    Case("a HaVip of nobody", HAVIP, ("{a}", "{vip}"), False, "address.havip"),
    Case("a service card", [("snic = POST /v1/endpoint", SNIC)], ("{a}", "{snic}"), True, "address.snic"),
    Case("a service card that is not ready", [("snic = POST /v1/endpoint", SNIC), ("STATUS {snic}", "unavailable")], ("{a}", "{snic}"), False, "address.snic"),
]  # fmt: skip
ROUTES = [
    Case("no route to another VPC", [], ("{a}", "{f}"), False, "route.none"),
    Case("a peer connection with routes at both ends", peer(), ("{a}", "{f}"), True, "peer.routes"),
    Case("without a route there", peer(there=False), ("{a}", "{f}"), False, "route.none"),
    Case("without a route back", peer(back=False), ("{a}", "{f}"), False, "route.none"),
    Case("a route of another source", [*peer(there=False), route("home", "10.9.0.0/16", "peerConn", "{home_end}", "10.0.2.0/24")], ("{a}", "{f}"), False, "route.none"),
    Case("a peer connection that is down", [*peer(), ("STATUS {home_end}", "down")], ("{a}", "{f}"), False, "peer.active"),
    Case("it leads into one VPC, not through it", [*peer(), route("home", "10.77.0.0/16", "peerConn", "{home_end}")], ("{a}", "10.77.0.1"), False, "peer.transit"),
    Case("the longer prefix carries", [line(), line("none", bound=False), route("home", "172.16.0.0/12", "dcGateway", "{none}"), route("home", "172.20.0.0/16", "dcGateway", "{dc}")], ("{a}", "172.20.0.1"), True, "route.longest"),
    Case("the longer prefix counts", [*peer(), line(bound=False), route("home", "10.9.1.0/24", "dcGateway", "{dc}")], ("{a}", "{f}"), False, "line.bound"),
    Case("the answer takes another way", [*peer(), ("far_dc = POST /v1/etGateway", {"vpcId": "{far}", "name": "l", "speed": 100}), route("far", "10.0.1.0/24", "dcGateway", "{far_dc}")], ("{a}", "{f}"), False, "route.same_way"),
    Case("a peer connection whose other end is not emulated", [("POST /v1/peerconn", {"bandwidthInMbps": 10, "localVpcId": "{home}", "peerVpcId": "vpc-elsewhere000", "peerRegion": "bj", "peerAccountId": "somebody", "billing": POSTPAID}), ("HOME_END", None), ("STATUS {home_end}", "active"), route("home", "10.9.0.0/16", "peerConn", "{home_end}")], ("{a}", "10.9.1.1"), False, "peer.other"),
    Case("two VPCs with the same addresses", TWIN, ("{a}", "{twin}"), False, "address.other"),
    Case("an instance that forwards", [route("home", "172.20.0.0/16", "custom", "{b}")], ("{a}", "172.20.0.1"), False, "route.guest"),
    Case("an instance that forwarded and has gone", [route("home", "172.20.0.0/16", "custom", "{b}"), ("DELETE /v2/instance/{b}", None)], ("{a}", "172.20.0.1"), False, "route.nowhere"),
    Case("a tunnel", vpn(), ("{a}", "172.20.0.1"), True, "vpn.tunnel"),
    Case("a tunnel for other subnets", vpn(remote="172.21.0.0/16"), ("{a}", "172.20.0.1"), False, "vpn.tunnel"),
    Case("a tunnel of a gateway without EIP", vpn(with_eip=False), ("{a}", "172.20.0.1"), False, "vpn.status"),
    Case("from beyond a tunnel", [*vpn(), sg("own", "ingress", "tcp", "443", "172.20.0.0/16")], ("172.20.0.1", "{b}"), True, "vpn.tunnel"),
    Case("groups judge what a tunnel brings", vpn(), ("172.20.0.1", "{b}"), False, "group.default"),
    Case("a dedicated line", [line(), route("home", "172.20.0.0/16", "dcGateway", "{dc}")], ("{a}", "172.20.0.1"), True, "line.bound"),
    Case("a line for other local ranges", [line(local="10.0.2.0/24"), route("home", "172.20.0.0/16", "dcGateway", "{dc}")], ("{a}", "172.20.0.1"), False, "line.ranges"),
    Case("from beyond a line", [line(), route("home", "172.20.0.0/16", "dcGateway", "{dc}")], ("172.20.0.1", "{mate}"), True, "line.bound"),
    Case("from a place to which nothing leads", nat("out"), ("172.20.0.1", "{mate}"), False, "line.bound"),
    Case("the active line has none, the standby one carries", [line("one", bound=False), line("two"), ("POST /v1/route/rule", {"routeTableId": "{home_table}", "sourceAddress": "0.0.0.0/0", "destinationAddress": "172.20.0.0/16", "nextHopList": [{"nexthopId": "{one}", "nexthopType": "dcGateway", "pathType": "ha:active"}, {"nexthopId": "{two}", "nexthopType": "dcGateway", "pathType": "ha:standby"}]})], ("{a}", "172.20.0.1"), True, "route.lines"),
]  # fmt: skip
INTERNET = [
    Case("the internet answers", eip("ip", "BCC", "a"), ("{a}", "198.51.100.7"), True, "address.outside"),
    Case("no way out", [], ("{a}", "internet"), False, "route.none"),
    Case("by the own EIP", eip("ip", "BCC", "a"), ("{a}", "internet"), True, "eip.first"),
    Case("in by an EIP", eip("ip", "BCC", "a"), ("internet", "{a}"), True, "eip.bound"),
    Case("in by the address of an EIP", eip("ip", "BCC", "a"), ("internet", "{ip}"), True, "eip.bound"),
    Case("nothing leads in", [], ("internet", "{a}"), False, "eip.none"),
    Case("groups judge what an EIP brings", eip("ip", "BCC", "b"), ("internet", "{b}"), False, "group.default"),
    Case("an EIP of nothing", eip("ip"), ("internet", "{ip}"), False, "eip.bound"),
    Case("an EIP that is paused", [*eip("ip", "BCC", "a"), ("STATUS {ip_id}", "paused")], ("internet", "{a}"), False, "eip.status"),
    Case("out by SNAT", [*nat("out"), snat("10.0.1.0/24")], ("{a}", "internet"), True, "nat.snat"),
    Case("no SNAT rule for the source", [*nat("out"), snat("10.0.2.0/24")], ("{a}", "internet"), False, "nat.snat"),
    Case("a NAT gateway without EIP", nat(), ("{a}", "internet"), False, "nat.status"),
    Case("NAT without a route", [*nat("out", route_too=False), snat("10.0.1.0/24")], ("{a}", "internet"), False, "route.none"),
    Case("NAT lets nothing in by itself", [*nat("out"), snat("10.0.1.0/24")], ("internet", "{a}"), False, "eip.none"),
    Case("in by DNAT", [*nat("out"), dnat("10.0.1.10", "TCP", 8443, 443)], ("internet", "{a}"), True, "nat.dnat"),
    Case("DNAT is for one port", [*nat("out"), dnat("10.0.1.10", "TCP", 8443, 443)], ("internet", "{out}"), False, "nat.dnat"),
    Case("DNAT for all ports leads out too", [*nat("out"), dnat("10.0.1.10")], ("{a}", "internet"), True, "nat.mapping"),
    Case("DNAT without a route back", [*nat("out", route_too=False), dnat("10.0.1.10")], ("internet", "{a}"), False, "route.none"),
    Case("the own EIP before the route to NAT", [*nat("out"), *eip("ip", "BCC", "a")], ("{a}", "internet"), True, "eip.first"),
    Case("a narrower route before the own EIP", [*nat("out", route_too=False), *eip("ip", "BCC", "a"), route("home", "203.0.113.0/24", "nat", "{nat}")], ("{a}", "internet"), False, "nat.snat"),
    Case("an instance to the EIP of another", [*eip("ip", "BCC", "a"), *eip("ip2", "BCC", "f")], ("{a}", "{ip2}"), True, "eip.bound"),
    Case("the ACL judges the answer of the internet", [*eip("ip", "BCC", "a"), ANSWER_DENIED], ("{a}", "internet"), False, "acl.stateless"),
    Case("IPv6 goes by its gateway", OUT6, ("{six}", "internet"), True, "ipv6.gateway", {"ip_version": 6}),
    Case("IPv6 without a gateway", [], ("{six}", "internet"), False, "route.none", {"ip_version": 6}),
    Case("IPv6 from the internet", OUT6, ("internet", "{six6}"), True, "ipv6.gateway"),
    Case("IPv6 into a VPC without a gateway", [], ("internet", "{six6}"), False, "ipv6.gateway"),
    Case("IPv6 without a route back", GATEWAY6, ("internet", "{six6}"), False, "route.none"),
    Case("an egress-only range is not reached", [*OUT6, ("POST /v1/IPv6Gateway/{gw6}/egressOnlyRule", {"cidr": "{prefix}::/56"})], ("internet", "{six6}"), False, "ipv6.egress_only"),
    Case("an egress-only range reaches out", [*OUT6, ("POST /v1/IPv6Gateway/{gw6}/egressOnlyRule", {"cidr": "{prefix}::/56"})], ("{six6}", "internet"), True, "ipv6.gateway"),
]  # fmt: skip
BALANCERS = [
    Case("a listener leads to a backend", balancer(), ("{a}", "{lb}", "tcp", 80), True, "blb.backend"),
    Case("no listener at the port", balancer(), ("{a}", "{lb}", "tcp", 81), False, "blb.listener"),
    Case("a listener for another protocol", balancer(), ("{a}", "{lb}", "udp", 80), False, "blb.listener"),
    Case("the port behind a colon", balancer(), ("{a}", "{lb}:80"), True, "blb.listener"),
    Case("a load balancer answers pings", balancer(backend=""), ("{a}", "{lb}", "icmp"), True, "blb.ping"),
    Case("no backend", balancer(backend=""), ("{a}", "{lb}", "tcp", 80), False, "blb.health"),
    Case("a backend that is dead", balancer(backend="off"), ("{a}", "{lb}", "tcp", 80), False, "blb.health"),
    Case("a backend of weight 0", balancer(weight=0), ("{a}", "{lb}", "tcp", 80), False, "blb.health"),
    Case("the groups of a backend", balancer(backend="b"), ("{a}", "{lb}", "tcp", 80), False, "group.default"),
    Case("one backend of several is enough", [*balancer(backend="b"), ("POST /v1/blb/{lb}/backendserver", {"backendServerList": [{"instanceId": "{mate}", "weight": 1}]})], ("{a}", "{lb}", "tcp", 80), True, "blb.backend"),
    Case("in from the internet", [*balancer(), *eip("ip", "BLB", "lb")], ("internet", "{lb}", "tcp", 80), True, "eip.bound"),
    Case("the groups of a load balancer", [*balancer(), ("PUT /v1/blb/{lb}/securitygroup?bind", {"securityGroupIds": ["{own}"]})], ("{a}", "{lb}", "tcp", 80), False, "group.default"),
    Case("a load balancer in no group", balancer(), ("{a}", "{lb}", "tcp", 80), True, "group.none"),
    Case("a load balancer that leads to itself", [*chained("lb"), *leading("lb", "lb")], ("{a}", "{lb}", "tcp", 80), False, "blb.chain"),
    Case(
        "load balancers that lead to each other",
        [*chained("lb"), *chained("lb2"), *leading("lb", "lb2"), *leading("lb2", "lb")],
        ("{a}", "{lb}", "tcp", 80),
        False,
        "blb.chain",
    ),
    Case("a load balancer that is paused", [*balancer(), ("STATUS {lb}", "paused")], ("{a}", "{lb}", "tcp", 80), False, "blb.status"),
    Case("an HTTP listener that redirects", [*balancer("HTTPS", backend="", listenerPort=443, certIds=["cert-zfj2ey2z4kmm"]), ("POST /v1/blb/{lb}/HTTPlistener", {"listenerPort": 80, "backendPort": 80, "scheduler": "RoundRobin", "redirectPort": 443})], ("{a}", "{lb}", "tcp", 80), True, "blb.redirect"),
    Case("a policy leads to a server group", app_balancer(), ("{a}", "{lb}", "tcp", 80), True, "blb.policy"),
    Case("a policy for a path", app_balancer(rules=True), ("{a}", "{lb}", "tcp", 80), True, "blb.policy"),
    Case("a listener without policy", app_balancer(policy=False), ("{a}", "{lb}", "tcp", 80), False, "blb.policy"),
    Case("the ACL between the load balancer and a backend", [*balancer(backend="b"), sg("own", "ingress"), acl("db", "ingress", "deny", 1, sourceIpAddress="10.0.1.0/24")], ("{a}", "{lb}", "tcp", 80), False, "acl.position"),
]  # fmt: skip
CASES = [*GROUPS, *ENTERPRISE, *ACLS, *PLACES, *ROUTES, *INTERNET, *BALANCERS]
