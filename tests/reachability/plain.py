"""A second, slow and plain judge: it sends single packets through a network that is written down as plain data.

It knows nothing of the emulator. What filters remembers keeps connections in a table, translation keeps sessions, and the
answer is a packet like any other. See ``worlds`` for the form of a network.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

PRIVATE = [ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")]
MOST_BALANCERS = 4


class Lost(Exception):
    """A packet that gets nowhere."""


class Datagram(NamedTuple):
    protocol: str
    src: str
    sport: int
    dst: str
    dport: int

    @property
    def version(self) -> int:
        return ip_address(self.src).version

    def reply(self) -> Datagram:
        return Datagram(self.protocol, self.dst, self.dport, self.src, self.sport)


class Seen(NamedTuple):
    """A packet that has come to somebody outside: from where it seems to be, and by which gateway."""

    where: str
    packet: Datagram
    by: str


def inside(address: str, network: str) -> bool:
    return network == "all" or ip_address(address) in ip_network(network, strict=False)


def in_ports(port: int, text: str) -> bool:
    for part in text.split(","):
        low, _, high = part.partition("-")
        if port in range(int(low), int(high or low) + 1):
            return True
    return False


class Network:
    """A network, and what its devices remember of the packets they have seen."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.world = world
        self.connections: set[tuple[str, Datagram]] = set()
        self.sessions: dict[tuple[str, Datagram], Datagram] = {}
        self.came_by_eip: set[tuple[str, Datagram]] = set()
        self.came_by: dict[Datagram, str] = {}

    # what there is

    def machine_at(self, vpc: int, address: str) -> dict[str, Any] | None:
        for machine in self.world["machines"]:
            if machine["vpc"] == vpc and address in (machine["address"], machine["six"]):
                return machine
        return None

    def vpc_has(self, vpc: int, address: str) -> bool:
        return any(inside(address, self.world["vpcs"][vpc][cidr]) for cidr in ("cidr", "cidr_six"))

    def carrier_of(self, address: str) -> tuple[str, Any]:
        for machine in self.world["machines"]:
            if machine["eip"] == address:
                return "machine", machine
        for number, vpc in enumerate(self.world["vpcs"]):
            if vpc["nat"] and address in vpc["nat"]["eips"]:
                return "nat", number
        return "", None

    # filters

    def groups_pass(self, machine: dict[str, Any], packet: Datagram, way: str) -> None:
        """Let through what belongs to a connection that was let through, or what the groups allow."""
        key = machine["name"], packet
        if (machine["name"], packet.reply()) in self.connections:
            return
        remote = packet.src if way == "ingress" else packet.dst
        local = packet.dst if way == "ingress" else packet.src
        if machine["groups"]:
            rules = [rule for name in machine["groups"] for rule in self.world["groups"][name]]
            if not any(
                rule["way"] == way and self.ordinary_fits(rule, packet, remote, machine["vpc"]) for rule in rules
            ):
                raise Lost(f"groups of {machine['name']}")
        if machine["esgs"]:
            rules = [rule for name in machine["esgs"] for rule in self.world["esgs"][name] if rule["way"] == way]
            verdicts = [
                (rule["priority"], 0 if rule["action"] == "deny" else 1)
                for rule in rules
                if self.enterprise_fits(rule, packet, remote, local)
            ]
            if not verdicts or min(verdicts)[1] == 0:
                raise Lost(f"enterprise groups of {machine['name']}")
        self.connections.add(key)

    def ordinary_fits(self, rule: dict[str, Any], packet: Datagram, remote: str, vpc: int) -> bool:
        if rule["protocol"] not in {"all", packet.protocol} or rule["version"] != packet.version:
            return False
        if packet.protocol != "icmp" and not in_ports(packet.dport, rule["ports"]):
            return False
        if rule["group"]:
            there = self.machine_at(vpc, remote)
            if self.world["accounts"] == 1:
                there = there or self.machine_at(1 - vpc, remote)
            return there is not None and rule["group"] in there["groups"]
        return inside(remote, rule["network"])

    def enterprise_fits(self, rule: dict[str, Any], packet: Datagram, remote: str, local: str) -> bool:
        if rule["protocol"] not in {"all", packet.protocol} or rule["version"] != packet.version:
            return False
        if packet.protocol != "icmp" and not (
            in_ports(packet.dport, rule["ports"]) and in_ports(packet.sport, rule["source_ports"])
        ):
            return False
        return inside(local, rule["local"]) and any(inside(remote, each) for each in rule["networks"])

    def acl_passes(self, machine: dict[str, Any], packet: Datagram, way: str) -> None:
        rules = [rule for rule in self.world["acls"][machine["subnet"]] if rule["way"] == way]
        for rule in sorted(rules, key=lambda rule: rule["position"]):
            fits = rule["protocol"] in {"all", packet.protocol} and rule["version"] == packet.version
            fits = fits and inside(packet.src, rule["source"]) and inside(packet.dst, rule["destination"])
            if packet.protocol != "icmp":
                fits = fits and in_ports(packet.sport, rule["source_ports"]) and in_ports(packet.dport, rule["ports"])
            if fits:
                if rule["action"] == "deny":
                    raise Lost(f"ACL of {machine['subnet']}, {way}")
                return

    # the way of one packet

    def send(self, machine: dict[str, Any], packet: Datagram) -> Any:
        """What a machine sends, until it is at a machine or has been seen outside."""
        if not machine["runs"]:
            raise Lost(f"{machine['name']} is off")
        self.groups_pass(machine, packet, "egress")
        subnet = self.world["subnets"][machine["subnet"]]
        if inside(packet.dst, subnet["cidr"]) or inside(packet.dst, subnet["cidr_six"]):
            return self.receive(machine["vpc"], packet, machine)
        self.acl_passes(machine, packet, "egress")
        if (machine["name"], packet) in self.came_by_eip:
            return self.on_internet(packet._replace(src=machine["eip"]), f"eip {machine['eip']}")
        if self.vpc_has(machine["vpc"], packet.dst):
            return self.receive(machine["vpc"], packet, None)
        return self.forward(machine, packet)

    def forward(self, machine: dict[str, Any], packet: Datagram) -> Any:
        vpc = self.world["vpcs"][machine["vpc"]]
        best: dict[str, Any] | None = None
        for rule in vpc["routes"]:
            if inside(packet.dst, rule["destination"]) and inside(packet.src, rule["source"]):
                size = ip_network(rule["destination"]).prefixlen, ip_network(rule["source"]).prefixlen
                if best is None or size > best["size"]:
                    best = rule | {"size": size}
        is_public = not any(ip_address(packet.dst) in each for each in PRIVATE)
        if is_public and machine["eip"] and packet.version == 4 and (best is None or best["size"][0] == 0):
            return self.on_internet(packet._replace(src=machine["eip"]), f"eip {machine['eip']}")
        if best is None:
            raise Lost("no route")
        if self.came_by.get(packet, best["by"]) != best["by"]:
            raise Lost("the answer takes another way")
        return getattr(self, f"by_{best['by']}")(machine, vpc, packet)

    def by_nat(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        nat = vpc["nat"]
        if nat is None or not nat["works"] or not nat["eips"]:
            raise Lost("NAT does not work")
        name = f"nat {machine['vpc']}"
        if (name, packet) in self.sessions:
            return self.on_internet(self.sessions[name, packet], name)
        public = next((rule["public"] for rule in nat["dnat"] if not rule["ports"] and rule["to"] == packet.src), "")
        if not public:
            fitting = [rule for rule in nat["snat"] if inside(packet.src, rule["source"])]
            if not fitting:
                raise Lost("no SNAT rule")
            public = max(fitting, key=lambda rule: ip_network(rule["source"]).prefixlen)["public"]
        if public in nat["paused"]:
            raise Lost("a paused EIP")
        translated = packet._replace(src=public)
        self.sessions[name, translated.reply()] = packet.reply()
        return self.on_internet(translated, name)

    def by_peer(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        other = 1 - machine["vpc"]
        if not self.world["peer"] or not self.vpc_has(other, packet.dst):
            raise Lost("peer connection")
        self.came_by[packet.reply()] = "peer"
        return self.receive(other, packet, None)

    def by_vpn(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        self.tunnel_carries(vpc["vpn"], packet.src, packet.dst)
        return Seen("premises", packet, "vpn")

    def by_line(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        self.line_carries(vpc["line"], packet.src)
        return Seen("premises", packet, "line")

    def by_six(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        if packet.version != 6 or not vpc["six"]["works"]:
            raise Lost("IPv6 gateway")
        self.sessions["six", packet] = packet
        return self.on_internet(packet, f"six {machine['vpc']}")

    def into_six(self, packet: Datagram, by: str) -> Any:
        """What has an IPv6 address is reached by the gateway of its VPC, if that lets it in."""
        machine = next((each for each in self.world["machines"] if each["six"] == packet.dst), None)
        if machine is None:
            return Seen("internet", packet, by)
        gateway = self.world["vpcs"][machine["vpc"]]["six"]
        if not gateway["works"]:
            raise Lost("no IPv6 gateway")
        if ("six", packet.reply()) not in self.sessions and any(
            inside(packet.dst, each) for each in gateway["egress_only"]
        ):
            raise Lost("egress only")
        self.came_by[packet.reply()] = "six"
        return self.receive(machine["vpc"], packet, None)

    def by_nowhere(self, machine: dict[str, Any], vpc: dict[str, Any], packet: Datagram) -> Any:
        raise Lost("a guest, or nowhere")

    @staticmethod
    def tunnel_carries(vpn: Any, local: str, remote: str) -> None:
        if vpn is None or not vpn["works"]:
            raise Lost("VPN does not work")
        if not any(inside(local, ours) and inside(remote, theirs) for ours, theirs in vpn["tunnels"]):
            raise Lost("no tunnel")

    @staticmethod
    def line_carries(line: Any, local: str) -> None:
        if (
            line is None
            or not line["bound"]
            or not any(inside(local, each) for each in line["ranges"] or ["0.0.0.0/0"])
        ):
            raise Lost("line")

    def on_internet(self, packet: Datagram, by: str) -> Any:
        """A packet on the internet: what has its destination gets it."""
        if packet.version == 6:
            return self.into_six(packet, by)
        kind, carrier = self.carrier_of(packet.dst)
        if kind == "":
            return Seen("internet", packet, by)
        if kind == "machine":
            private = packet._replace(dst=carrier["address"])
            self.came_by_eip.add((carrier["name"], private.reply()))
            return self.receive(carrier["vpc"], private, None)
        nat, name = self.world["vpcs"][carrier]["nat"], f"nat {carrier}"
        if not nat["works"] or packet.dst in nat["paused"]:
            raise Lost("NAT does not work")
        if (name, packet) in self.sessions:
            return self.receive(carrier, self.sessions[name, packet], None)
        for rule in nat["dnat"]:
            if rule["public"] != packet.dst:
                continue
            if not rule["ports"]:
                private = packet._replace(dst=rule["to"])
            elif rule["protocol"] == packet.protocol and packet.dport == rule["ports"][0]:
                private = packet._replace(dst=rule["to"], dport=rule["ports"][1])
            else:
                continue
            self.sessions[name, private.reply()] = packet.reply()
            return self.receive(carrier, private, None)
        raise Lost("no DNAT rule")

    def receive(self, vpc: int, packet: Datagram, neighbour: Any) -> Any:
        machine = self.machine_at(vpc, packet.dst)
        if machine is None:
            raise Lost("nothing is there")
        if neighbour is None:
            self.acl_passes(machine, packet, "ingress")
        self.groups_pass(machine, packet, "ingress")
        if not machine["runs"]:
            raise Lost(f"{machine['name']} is off")
        return machine, packet

    # questions

    def converse(self, machine: dict[str, Any], packet: Datagram, expected: str = "", depth: int = 0) -> None:
        """A machine sends a packet and has to get an answer to it."""
        if not machine["runs"]:
            raise Lost(f"{machine['name']} is off")
        if packet.dst in (machine["address"], machine["six"]):
            if machine["listeners"] is not None and packet.protocol != "icmp":
                raise Lost("it asks itself")
            return
        got = self.send(machine, packet)
        if isinstance(got, Seen):
            self.from_outside(got.packet.reply(), got.by, machine)
            return
        there, arrived = got
        if expected and there["name"] != expected:
            raise Lost("another one")
        self.serve(there, arrived, depth)
        back = self.send(there, arrived.reply())
        if isinstance(back, Seen) or back != (machine, packet.reply()):
            raise Lost("the answer went astray")

    def from_outside(self, answer: Datagram, by: str, machine: dict[str, Any]) -> None:
        """Somebody outside answers by the way on which the question came."""
        if by in {"vpn", "line"}:
            back = self.receive(machine["vpc"], answer, None)
        else:
            back = self.on_internet(answer, by)
        if isinstance(back, Seen) or back[0] is not machine:
            raise Lost("the answer went astray")

    def serve(self, machine: dict[str, Any], packet: Datagram, depth: int) -> None:
        """A load balancer asks its backends, one after the other, until one answers."""
        if machine["listeners"] is None or packet.protocol == "icmp":
            return
        found = [
            each for each in machine["listeners"] if (each["protocol"], each["port"]) == (packet.protocol, packet.dport)
        ]
        if not found:
            raise Lost("no listener")
        if found[0]["redirects"]:
            return
        if depth >= MOST_BALANCERS:
            raise Lost("load balancers without end")
        for backend, weight in machine["backends"]:
            there = next(each for each in self.world["machines"] if each["name"] == backend)
            if weight and there["runs"]:
                question = Datagram(packet.protocol, machine["address"], 49152, there["address"], found[0]["to"])
                try:
                    self.converse(machine, question, depth=depth + 1)
                except Lost:
                    continue
                return
        raise Lost("no backend answers")


def passes(world: dict[str, Any], source: str, target: str, protocol: str, port: int) -> str:
    """An empty text if traffic passes, or what a packet was lost for; ends are names of machines, or addresses."""
    machines = {machine["name"]: machine for machine in world["machines"]}
    machines |= {
        machine[name]: machine for machine in world["machines"] for name in ("address", "six") if machine[name]
    }
    sport, port = (8, 0) if protocol == "icmp" else (49152, port)
    try:
        if source in machines:
            asker, is_six = machines[source], ":" in source
            own = asker["six" if is_six else "address"]
            to = machines[target]["address"] if target in machines and not is_six else target
            expected = machines[target]["name"] if target in machines else ""
            Network(world).converse(asker, Datagram(protocol, own, sport, to, port), expected)
        elif any(ip_address(source) in each for each in PRIVATE):
            _from_premises(world, machines, Datagram(protocol, source, sport, target, port))
        else:
            _from_internet(world, machines, Datagram(protocol, source, sport, target, port))
    except Lost as lost:
        return str(lost)
    return ""


def _from_premises(world: dict[str, Any], machines: dict[str, Any], packet: Datagram) -> None:
    """By whichever gateway: the answer has to come by the same."""
    if packet.dst not in machines:
        raise Lost("nothing has the address")
    machine = machines[packet.dst]
    packet = packet._replace(dst=machine["address"])
    vpc = world["vpcs"][machine["vpc"]]
    for by in ("vpn", "line"):
        network = Network(world)
        try:
            if by == "vpn":
                network.tunnel_carries(vpc["vpn"], packet.dst, packet.src)
            else:
                network.line_carries(vpc["line"], packet.dst)
            there, arrived = network.receive(machine["vpc"], packet, None)
            network.serve(there, arrived, 0)
            back = network.send(there, arrived.reply())
        except Lost:
            continue
        if isinstance(back, Seen) and (back.where, back.by) == ("premises", by):
            return
    raise Lost("no gateway brings it")


def _from_internet(world: dict[str, Any], machines: dict[str, Any], packet: Datagram) -> None:
    """To a machine by its EIP, else by a DNAT rule that leads to it at this port; or to an address."""
    if packet.dst in machines and packet.version == 4:
        machine = machines[packet.dst]
        nat = world["vpcs"][machine["vpc"]]["nat"]
        if machine["eip"]:
            packet = packet._replace(dst=machine["eip"])
        else:
            for rule in nat["dnat"] if nat else ():
                if rule["to"] != machine["address"]:
                    continue
                if not rule["ports"]:
                    packet = packet._replace(dst=rule["public"])
                    break
                if (rule["protocol"], rule["ports"][1]) == (packet.protocol, packet.dport):
                    packet = packet._replace(dst=rule["public"], dport=rule["ports"][0])
                    break
            else:
                raise Lost("nothing leads in")
    network = Network(world)
    got = network.on_internet(packet, "")
    if isinstance(got, Seen):
        raise Lost("nothing has the address")
    there, arrived = got
    network.serve(there, arrived, 0)
    back = network.send(there, arrived.reply())
    if not isinstance(back, Seen) or back.packet != packet.reply():
        raise Lost("the answer went astray")
