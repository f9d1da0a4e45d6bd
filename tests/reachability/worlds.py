"""Random networks, as plain data and as what an account has, and questions about them for both judges.

``python -m tests.reachability.worlds 10000`` asks about so many, prints in how many answers each rule decided, and ends with
1 at the first disagreement; a second number is the first world. A world is made by choices alone, so that Hypothesis can make it too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import bce_emulator.cloud  # noqa: F401  (what a VPC has from the start is declared beside what it is)
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Accounts, Credentials
from bce_emulator.reachability.question import Question, answer
from bce_emulator.reachability.rules import RULES
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.blb.backend_server.resource import BackendServer
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.health import new_health_check
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.shared.operating_systems import NO_SYSTEM
from bce_emulator.services.vpc.acl.resource import AclRule
from bce_emulator.services.vpc.enterprise_security_group.resource import (
    EnterpriseSecurityGroup,
    EnterpriseSecurityGroupRule,
)
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.ip_group.resource import IpGroup
from bce_emulator.services.vpc.ip_set.resource import IpSet, ListedAddress
from bce_emulator.services.vpc.ipv6_gateway.resource import EgressOnlyRule, Ipv6Gateway
from bce_emulator.services.vpc.nat.resource import NO_PORTS, DnatRule, Nat, Ports, SnatRule
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.security_group.resource import Rule, SecurityGroup
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc
from bce_emulator.services.vpc.vpn.resource import Vpn
from bce_emulator.services.vpc.vpn_conn.resource import Ike, Ipsec, VpnConn
from tests.reachability.plain import passes

PREMISES, FAR_AWAY, FAR_AWAY_SIX = "172.20.0.5", "203.0.113.1", "3fff::1"
PORTS = (22, 80, 443)
PORT_TEXTS = ("1-65535", "1-65535", "22", "80", "443", "80-443", "1-79", "22,443")
QUESTIONS, QUESTIONS_SIX = 6, 3
MANY = 10_000


def networks(world: dict[str, Any], choose: Random) -> str:
    one = choose.choice(world["machines"])["address"] if world["machines"] else "10.0.1.2"
    return choose.choice(
        ["all", "0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16", "172.16.0.0/12", one, f"{one[:-1]}0/30"]
    )


def networks_six(world: dict[str, Any], choose: Random) -> str:
    one = next((each["six"] for each in world["machines"] if each["six"]), "2400:da00:0:1::a")
    return choose.choice(["all", "::/0", "2400:da00::/48", "2400:da00:0:1::/64", "2400:da00:1::/48", one])


def maybe(choose: Random, value: Any, often: float = 0.5) -> Any:
    return value if choose.random() < often else None


def make_world(choose: Random) -> dict[str, Any]:
    """A network of two VPCs with two subnets each, of both IP versions, mostly open so that something passes."""
    world: dict[str, Any] = {"vpcs": [], "subnets": [], "acls": [], "groups": {}, "esgs": {}, "machines": []}
    world["peer"], world["accounts"] = choose.random() < 0.8, choose.choice([1, 1, 2])
    for vpc in (0, 1):
        for net in (1, 2):
            world["subnets"].append(
                {"vpc": vpc, "cidr": f"10.{vpc}.{net}.0/24", "cidr_six": f"2400:da00:{vpc}:{net}::/64"}
            )
    for number in range(choose.randint(3, 6)):
        subnet = choose.randrange(4)
        place = world["subnets"][subnet]
        world["machines"].append(
            {
                "name": f"m{number}", "vpc": place["vpc"], "subnet": subnet, "listeners": None, "backends": [],
                "address": f"{place['cidr'][:-4]}{10 + number}", "runs": choose.random() < 0.9,
                "eip": f"198.18.0.{number}" if choose.random() < 0.4 else "", "groups": [], "esgs": [],
                "six": f"{place['cidr_six'][:-3]}{10 + number}" if choose.random() < 0.5 else "",
            }
        )  # fmt: skip
    add_groups(world, choose)
    for _ in world["subnets"]:
        rules = [acl_rule(world, choose, position) for position in choose.sample(range(1, 9), choose.randint(0, 3))]
        world["acls"].append(rules if choose.random() < 0.4 else [])
    for vpc in (0, 1):
        six = f"2400:da00:{vpc}::/48".replace(":0::", "::")
        world["vpcs"].append({"cidr": f"10.{vpc}.0.0/16", "cidr_six": six, **edge(world, choose, vpc)})
    if choose.random() < 0.5:
        add_balancer(world, choose)
    return world


def add_groups(world: dict[str, Any], choose: Random) -> None:
    names = [f"g{number}" for number in range(3)]
    for name in names:
        rules = [
            {
                "way": choose.choice(["ingress", "egress"]), "protocol": choose.choice(["all", "tcp", "tcp", "udp", "icmp"]),
                "ports": choose.choice(PORT_TEXTS[:-1]), "group": choose.choice([*names, *[""] * 6]), "network": networks(world, choose),
                "version": 4,
            }
            for _ in range(choose.randint(0, 3))
        ]  # fmt: skip
        ways = [way for way in ("ingress", "egress") if choose.random() < 0.7]
        rules += [open_rule(way, 4) for way in ways] + [open_rule(way, 6) for way in ways if choose.random() < 0.8]
        rules += [
            open_rule("ingress", 6) | {"network": networks_six(world, choose), "ports": choose.choice(PORT_TEXTS[:-1])}
        ]
        world["groups"][name] = rules
    for name in ("e0", "e1"):
        world["esgs"][name] = [
            {
                "way": choose.choice(["ingress", "egress"]), "protocol": choose.choice(["all", "tcp", "udp", "icmp"]),
                "ports": choose.choice(PORT_TEXTS), "source_ports": choose.choice(["1-65535", "1-65535", "1-1024"]),
                "networks": [networks(world, choose) for _ in range(choose.randint(1, 2))],
                "as_set": choose.choice([0, 1, 2]), "local": choose.choice(["all", "all", networks(world, choose)]), "version": 4,
                "action": choose.choice(["allow", "allow", "deny"]), "priority": choose.randint(1, 4),
            }
            for _ in range(choose.randint(2, 5))
        ]  # fmt: skip
        for way, version in (("ingress", 4), ("egress", 4), ("ingress", 6), ("egress", 6)):
            if choose.random() < 0.1:
                continue
            world["esgs"][name].append(
                {
                    "way": way, "protocol": "all", "ports": "1-65535", "source_ports": "1-65535", "networks": ["all"],
                    "as_set": 0, "local": "all", "action": "allow", "priority": 5, "version": version,
                }
            )  # fmt: skip
        six = {
            "networks": [networks_six(world, choose)],
            "action": choose.choice(["allow", "deny"]),
            "priority": choose.randint(1, 4),
        }
        world["esgs"][name].append(
            open_rule("ingress", 6) | {"source_ports": "1-65535", "as_set": 0, "local": "all"} | six
        )
    for machine in world["machines"]:
        if choose.random() < 0.7:
            machine["groups"] = choose.sample(names, choose.randint(1, 2))
        else:
            machine["esgs"] = choose.sample(["e0", "e1"], choose.randint(1, 2))


def open_rule(way: str, version: int) -> dict[str, Any]:
    return {"way": way, "protocol": "all", "ports": "1-65535", "group": "", "network": "all", "version": version}


def acl_rule(world: dict[str, Any], choose: Random, position: int) -> dict[str, Any]:
    version = choose.choice([4, 4, 4, 6])
    chosen = networks if version == 4 else networks_six
    return {
        "way": choose.choice(["ingress", "egress"]), "protocol": choose.choice(["all", "tcp", "udp", "icmp"]),
        "source": chosen(world, choose), "destination": chosen(world, choose), "position": position, "version": version,
        "ports": choose.choice(PORT_TEXTS[:-1]), "source_ports": choose.choice(["1-65535", "1-65535", *PORT_TEXTS[:-1]]),
        "action": choose.choice(["allow", "deny"]),
    }  # fmt: skip


def edge(world: dict[str, Any], choose: Random, vpc: int) -> dict[str, Any]:
    """The gateways of a VPC, and the rules of its route table."""
    own = [machine["address"] for machine in world["machines"] if machine["vpc"] == vpc] or [f"10.{vpc}.1.200"]
    eips = [f"198.18.{vpc + 1}.{number}" for number in range(choose.randint(0, 2))]
    sources = [f"10.{vpc}.1.0/24", f"10.{vpc}.2.0/24", f"10.{vpc}.0.0/16", own[0]]
    nat = {
        "eips": eips, "works": choose.random() < 0.9, "paused": [each for each in eips if choose.random() < 0.2],
        "snat": [{"source": choose.choice(sources), "public": choose.choice(eips)} for _ in range(2) if eips],
        "dnat": dnat_rules(choose, own, eips),
    }  # fmt: skip
    routes = []
    for destination, by in [
        ("0.0.0.0/0", "nat"),
        (f"10.{1 - vpc}.0.0/16", "peer"),
        ("172.16.0.0/12", "vpn"),
        ("172.20.0.0/16", "line"),
        ("172.20.0.0/16", "vpn"),
        ("203.0.113.0/24", "nat"),
        (f"10.{1 - vpc}.1.0/24", "nowhere"),
        ("198.18.0.0/16", "nat"),
    ]:
        if choose.random() < (0.8 if by == "peer" else 0.15 if by == "nowhere" else 0.5):
            source = choose.choice(["0.0.0.0/0", "0.0.0.0/0", *sources[:2]])
            if (source, destination) not in {(rule["source"], rule["destination"]) for rule in routes}:
                routes.append({"source": source, "destination": destination, "by": by})
    out_only = [f"2400:da00:{vpc}:{net}::/64".replace(":0:", ":0:") for net in (1, 2) if choose.random() < 0.3]
    six = {"works": choose.random() < 0.8, "egress_only": out_only}
    if six["works"] and choose.random() < 0.8:
        routes.append({"source": "::/0", "destination": "::/0", "by": "six"})
    if choose.random() < 0.6:
        other = f"2400:da00:{1 - vpc}::/48".replace(":0::", "::")
        routes.append({"source": "::/0", "destination": other, "by": "peer"})
    tunnel = [
        (choose.choice([f"10.{vpc}.0.0/16", f"10.{vpc}.1.0/24"]), choose.choice(["172.20.0.0/16", "172.21.0.0/16"]))
    ]
    vpn = {"works": choose.random() < 0.8, "tunnels": tunnel}
    line = {"bound": choose.random() < 0.8, "ranges": choose.choice([[], [f"10.{vpc}.1.0/24"]])}
    return {"nat": nat, "vpn": vpn, "line": line, "six": six, "routes": routes}


def dnat_rules(choose: Random, own: list[str], eips: list[str]) -> list[dict[str, Any]]:
    """At most one rule for each address, so that no two are for the same traffic."""
    found = []
    for public in eips:
        if choose.random() < 0.7:
            ports = maybe(choose, (choose.choice([8080, 443]), choose.choice(PORTS)))
            protocol = choose.choice(["tcp", "udp"]) if ports else "all"
            found.append({"public": public, "to": choose.choice(own), "protocol": protocol, "ports": ports})
    return found


def add_balancer(world: dict[str, Any], choose: Random) -> None:
    subnet = choose.randrange(4)
    place = world["subnets"][subnet]
    near = [machine["name"] for machine in world["machines"] if machine["vpc"] == place["vpc"]]
    listeners = [{"protocol": "tcp", "port": 80, "to": choose.choice(PORTS), "redirects": choose.random() < 0.1}]
    listeners += [{"protocol": "udp", "port": 443, "to": 443, "redirects": False}] * (choose.random() < 0.5)
    world["machines"].append(
        {
            "name": "lb", "vpc": place["vpc"], "subnet": subnet, "address": f"{place['cidr'][:-4]}100",
            "runs": choose.random() < 0.9, "eip": "198.18.0.100" if choose.random() < 0.5 else "",
            "groups": choose.choice([[], ["g0"]]), "esgs": [], "listeners": listeners, "six": "",
            "backends": [(name, choose.choice([0, 1, 1])) for name in near],
        }
    )  # fmt: skip


def questions(world: dict[str, Any], choose: Random) -> list[tuple[str, str, str, int]]:
    names = [machine["name"] for machine in world["machines"]]
    addresses = [machine["eip"] for machine in world["machines"] if machine["eip"]]
    addresses += [address for vpc in world["vpcs"] for address in vpc["nat"]["eips"]]
    found = []
    for _ in range(QUESTIONS):
        source = choose.choice([*names, *names, PREMISES, FAR_AWAY])
        targets = [*names, *names, "lb"] if "lb" in names else names
        targets = [*targets, *addresses, FAR_AWAY, PREMISES] if source in names else [*targets, *addresses]
        if source == PREMISES:
            targets = names
        port = choose.choice([*PORTS, 8080])
        found.append((source, choose.choice(targets), choose.choice(["tcp", "tcp", "udp", "icmp"]), port))
    six = [machine["six"] for machine in world["machines"] if machine["six"]]
    for _ in range(QUESTIONS_SIX if six else 0):
        source = choose.choice([*six, FAR_AWAY_SIX])
        target = choose.choice([*six, *six, FAR_AWAY_SIX] if source != FAR_AWAY_SIX else six)
        found.append((source, target, choose.choice(["tcp", "tcp", "udp", "icmp"]), choose.choice([*PORTS, 8080])))
    return [each for each in found if is_asked(world, *each[:2])]


def account_of(world: dict[str, Any], end: str) -> int | None:
    """In which account an end is; None for what is outside."""
    vpcs = [each["vpc"] for each in world["machines"] if end in {each["name"], each["eip"], each["six"]}]
    vpcs += [number for number, vpc in enumerate(world["vpcs"]) if end in vpc["nat"]["eips"]]
    return vpcs[0] * (world["accounts"] - 1) if vpcs else None


def is_asked(world: dict[str, Any], source: str, target: str) -> bool:
    """Whether a question is not about public addresses of another account, which an account takes for the internet."""
    accounts = {account_of(world, source), account_of(world, target)} - {None}
    return len(accounts) < 2 or not {".", ":"} & {*target}


def built(world: dict[str, Any]) -> tuple[list[AccountRegion], dict[str, str]]:
    """The same network as what an account has, or two with a VPC each, and the ids of machines by their names."""
    accounts = Accounts(lambda: 1_000_000.0)
    accounts.find_credentials = lambda name: Credentials(name, "", name)
    regions = [accounts.open(f"test-world-{number}").in_region("bj") for number in (0, world["accounts"] - 1)]
    for region in regions[: world["accounts"]]:
        _build_groups(region, world)
    for number, vpc in enumerate(world["vpcs"]):
        regions[number].add(Vpc(id=f"vpc-{number}", name="v", cidr=vpc["cidr"], ipv6_cidr=vpc["cidr_six"]))
    for number, subnet in enumerate(world["subnets"]):
        _build_subnet(regions[subnet["vpc"]], number, subnet, world["acls"][number])
    ids = {machine["name"]: _build_machine(regions[machine["vpc"]], machine) for machine in world["machines"]}
    for number, vpc in enumerate(world["vpcs"]):
        _build_edge(regions[number], number, vpc)
    for local, peer in ((0, 1), (1, 0)):
        regions[local].add(
            PeerConn(
                id=f"qpif-{local}", peer_conn_id="peerconn-1", role=("initiator", "acceptor")[local], name="p",
                vpc_id=f"vpc-{local}", region="bj", owner=regions[local].name, peer_vpc_id=f"vpc-{peer}", peer_region="bj",
                peer_owner=regions[peer].name, bandwidth=1, state="active" if world["peer"] else "down",
            )
        )  # fmt: skip
    for machine in world["machines"]:
        for number, (name, weight) in enumerate(machine["backends"]):
            regions[machine["vpc"]].add(
                BackendServer(id=f"rs-{number}", blb_id="lb-1", instance_id=ids[name], weight=weight, created=1.0)
            )
    return regions, ids


def _build_subnet(account: AccountRegion, number: int, subnet: dict[str, Any], acl: list[dict[str, Any]]) -> None:
    account.add(
        Subnet(
            id=f"sbn-{number}", name="s", vpc_id=f"vpc-{subnet['vpc']}", cidr=subnet["cidr"], ipv6_cidr=subnet["cidr_six"], zone="a",
        )
    )  # fmt: skip
    for index, rule in enumerate(acl):
        account.add(
            AclRule(
                id=f"ar-{number}-{index}", subnet_id=f"sbn-{number}", protocol=rule["protocol"], source=rule["source"],
                destination=rule["destination"], source_port=rule["source_ports"], destination_port=rule["ports"],
                position=rule["position"], direction=rule["way"], ip_version=rule["version"], action=rule["action"],
            )
        )  # fmt: skip


def _build_groups(account: AccountRegion, world: dict[str, Any]) -> None:
    for name, rules in world["groups"].items():
        made = []
        for number, rule in enumerate(rules):
            ends = ("source_group_id", "source_ip") if rule["way"] == "ingress" else ("dest_group_id", "dest_ip")
            remote = {ends[0]: f"g-{rule['group']}"} if rule["group"] else {ends[1]: rule["network"]}
            made.append(
                Rule(
                    id=f"r-{name}-{number}",
                    direction=rule["way"],
                    protocol=rule["protocol"],
                    port_range=rule["ports"],
                    ethertype=f"IPv{rule['version']}",
                    **remote,
                )
            )
        account.add(SecurityGroup(id=f"g-{name}", name=name, vpc_id="vpc-0", rules=tuple(made)))
    for name, rules in world["esgs"].items():
        account.add(EnterpriseSecurityGroup(id=f"esg-{name}", name=name))
        for number, rule in enumerate(rules):
            whom = {"address": rule["networks"][0]}
            if "all" in rule["networks"]:
                whom = {"address": "all"}
            elif rule["as_set"] or len(rule["networks"]) > 1:
                listed = tuple(ListedAddress(each) for each in rule["networks"])
                account.add(IpSet(id=f"ips-{name}-{number}", name="s", ip_version="IPv4", addresses=listed))
                account.add(
                    IpGroup(
                        id=f"ipg-{name}-{number}", name="g", ip_version="IPv4", ip_set_ids=(f"ips-{name}-{number}",)
                    )
                )
                whom = (
                    {"ip_set_id": f"ips-{name}-{number}"}
                    if rule["as_set"] == 1
                    else {"ip_group_id": f"ipg-{name}-{number}"}
                )
            account.add(
                EnterpriseSecurityGroupRule(
                    id=f"esgr-{name}-{number}", group_id=f"esg-{name}", direction=rule["way"], ethertype=f"IPv{rule['version']}",
                    protocol=rule["protocol"], port_range=rule["ports"], source_port_range=rule["source_ports"],
                    local_ip="" if rule["local"] == "all" else rule["local"], action=rule["action"], priority=rule["priority"], **whom,
                )
            )  # fmt: skip


def _build_machine(account: AccountRegion, machine: dict[str, Any]) -> str:
    name, vpc_id, subnet_id = machine["name"], f"vpc-{machine['vpc']}", f"sbn-{machine['subnet']}"
    groups = {
        "security_group_ids": tuple(f"g-{each}" for each in machine["groups"]),
        "enterprise_security_group_ids": tuple(f"esg-{each}" for each in machine["esgs"]),
    }
    address, eip = machine["address"], machine["eip"]
    if machine["listeners"] is not None:
        made = LoadBalancer(
            id="lb-1", blb_type="normal", name="lb", vpc_id=vpc_id, subnet_id=subnet_id, private_ip=address,
            state="available" if machine["runs"] else "paused", public_ips=(eip,) if eip else (), **groups,
        )  # fmt: skip
        account.add(made)
        for number, each in enumerate(machine["listeners"]):
            health = new_health_check("TCP")._replace(is_enabled=True)
            account.add(
                Listener(
                    id=f"listener-{number}", blb_id="lb-1", port=each["port"], protocol=each["protocol"].upper(), scheduler="Hash",
                    timeout=1, backend_port=each["to"], health=health, created=1.0, redirect_port=443 if each["redirects"] else 0,
                )
            )  # fmt: skip
        _build_eip(account, eip, "BLB", "lb-1")
        return "lb-1"
    instance_id = f"i-{name}"
    carried = (PublicAddress(eip, address, 1),) if eip else ()
    account.add(
        Nic(
            id=f"eni-{name}", vpc_id=vpc_id, subnet_id=subnet_id, zone="a", mac="m", device_id=instance_id, is_primary=True,
            private_ip=address, public_addresses=carried, ipv6=machine["six"], **groups,
        )
    )  # fmt: skip
    account.add(
        Instance(
            id=instance_id, state="Running" if machine["runs"] else "Stopped", spec="s", cpu_count=1, memory_gb=1, image_id="m",
            os=NO_SYSTEM, zone="a", nic_id=f"eni-{name}", turns=() if machine["runs"] else (2.0,),
        )
    )  # fmt: skip
    _build_eip(account, eip, "BCC", instance_id)
    return instance_id


def _build_eip(account: AccountRegion, address: str, kind: str, target: str, state: str = "binded") -> None:
    if address:
        account.add(
            Eip(
                id=f"ip-{address}",
                name="e",
                address=address,
                bandwidth=1,
                instance_type=kind,
                instance_id=target,
                state=state,
            )
        )


def _build_edge(account: AccountRegion, number: int, vpc: dict[str, Any]) -> None:
    nat, vpn, line = vpc["nat"], vpc["vpn"], vpc["line"]
    vpc_id = f"vpc-{number}"
    account.add(
        Nat(
            id=f"nat-{number}",
            name="n",
            vpc_id=vpc_id,
            spec="small",
            public_ips=tuple(nat["eips"]),
            state="active" if nat["works"] else "down",
        )
    )
    for each in nat["eips"]:
        _build_eip(account, each, "NAT", f"nat-{number}", "paused" if each in nat["paused"] else "binded")
    for index, rule in enumerate(nat["snat"]):
        account.add(
            SnatRule(
                id=f"snat-{number}-{index}",
                nat_id=f"nat-{number}",
                name="",
                public_ips=(rule["public"],),
                source=rule["source"],
            )
        )
    for index, rule in enumerate(nat["dnat"]):
        ports = [Ports(each, each) for each in rule["ports"]] if rule["ports"] else [NO_PORTS, NO_PORTS]
        account.add(
            DnatRule(
                id=f"dnat-{number}-{index}", nat_id=f"nat-{number}", name="", public_ip=rule["public"], private_ip=rule["to"],
                protocol=rule["protocol"] if rule["protocol"] == "all" else rule["protocol"].upper(), public_ports=ports[0], private_ports=ports[1],
            )
        )  # fmt: skip
    account.add(
        Vpn(id=f"vpn-{number}", name="v", vpc_id=vpc_id, state="active", public_ip="198.18.9.9" if vpn["works"] else "")
    )
    for index, (ours, theirs) in enumerate(vpn["tunnels"]):
        account.add(
            VpnConn(
                id=f"vpnconn-{number}-{index}", vpn_id=f"vpn-{number}", name="t", secret_key="", local_subnets=(ours,), remote_subnets=(theirs,),
                remote_ip="198.51.100.1", ike=Ike("", "", "", "", "", 1), ipsec=Ipsec("", "", "", 1),
            )
        )  # fmt: skip
    account.add(
        EtGateway(
            id=f"dcgw-{number}",
            name="l",
            vpc_id=vpc_id,
            speed=1,
            et_id="dcphy-1" if line["bound"] else "",
            local_cidrs=tuple(line["ranges"]),
        )
    )
    if vpc["six"]["works"]:
        account.add(Ipv6Gateway(id=f"gw-{number}", name="g", vpc_id=vpc_id, bandwidth=1))
    for index, cidr in enumerate(vpc["six"]["egress_only"] if vpc["six"]["works"] else ()):
        account.add(EgressOnlyRule(id=f"ipv6_seg-{number}-{index}", gateway_id=f"gw-{number}", cidr=cidr))
    table = account.get_by(RouteTable, "vpc_id", vpc_id)
    hops = {
        "nat": ("nat", "nat"), "peer": ("peerConn", "qpif"), "vpn": ("vpn", "vpn"), "line": ("dcGateway", "dcgw"),
        "six": ("ipv6gateway", "gw"),
    }  # fmt: skip
    for index, rule in enumerate(vpc["routes"]):
        kind, prefix = hops.get(rule["by"], ("custom", ""))
        account.add(
            RouteRule(
                id=f"rr-{number}-{index}", route_table_id=table.id, source=rule["source"], destination=rule["destination"],
                next_hop_id=f"{prefix}-{number}" if prefix else "", next_hop_type=kind,
            )
        )  # fmt: skip


def disagreements(choose: Random, seen: Counter[str] | None = None) -> list[str]:
    """What both judges disagree about in a world, with the world."""
    world = make_world(choose)
    regions, ids = built(world)
    found = []
    for source, target, protocol, port in questions(world, choose):
        asked = Question(
            ids.get(source, source), ids.get(target, target), protocol, port if protocol != "icmp" else None
        )
        at, theirs = account_of(world, source), account_of(world, target)
        if at is not None and theirs not in {at, None}:
            asked = replace(asked, target=next(each["address"] for each in world["machines"] if each["name"] == target))
        judged, lost = (
            answer(regions[(theirs if at is None else at) or 0], asked),
            passes(world, source, target, protocol, port),
        )
        if seen is not None:
            seen.update({hop["rule"]["name"] for hop in judged["path"]})
            seen[stopped(judged["stoppedBy"]["rule"]["name"]) if judged["stoppedBy"] else "passes"] += 1
        if judged["reaches"] == bool(lost):
            stop = judged["stoppedBy"] and judged["stoppedBy"]["text"]
            found.append(
                f"{source} → {target} {protocol} {port}: {stop or 'passes'}; packets: {lost or 'pass'}\n{json.dumps(world)}"
            )
    return found


def stopped(rule: str) -> str:
    return f"stopped by {rule}"


def main(count: int, first: int = 0) -> int:
    """Judge so many worlds from a first one on; answers 1 at the first disagreement."""
    seen: Counter[str] = Counter()
    for seed in range(first, first + count):
        if found := disagreements(Random(seed), seen):
            print(f"world {seed}: {found[0]}")
            return 1
    asked = seen.pop("passes") + sum(number for name, number in seen.items() if name not in RULES)
    print(f"{count} worlds from {first} on, {asked} questions, no disagreement")
    for rule in sorted(RULES, key=lambda rule: -seen[rule]):
        print(f"{seen[rule]:7} {rule}, of which {seen[stopped(rule)]} end there")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) if len(sys.argv) > 1 else main(MANY))
