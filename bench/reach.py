"""A question about reachability in a large network: 10,000 instances and 1,000 rules. Prints; asserts nothing.

The rules are those of ten groups of each kind, of two ACLs and of two route tables, and none but the last of each fits. The
first question builds the indexes that the operations use too; the others find them. A load balancer has 500 backends, each of
which gets the question and may not answer: none is enough, so that all are looked at. Of those of another one the last may.
"""

from __future__ import annotations

import gc
import statistics
import time
from typing import Any, NamedTuple

import bce_emulator.cloud  # noqa: F401
from bce_emulator.cli.serve import GC_THRESHOLDS
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Accounts
from bce_emulator.reachability.question import Question, answer_in_steps
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.blb.backend_server.resource import BackendServer
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.health import new_health_check
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.shared.operating_systems import NO_SYSTEM
from bce_emulator.services.vpc.acl.resource import AclRule
from bce_emulator.services.vpc.enterprise_security_group.resource import (
    EnterpriseSecurityGroup,
    EnterpriseSecurityGroupRule,
)
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.security_group.resource import Rule, SecurityGroup
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

INSTANCES, GROUPS, RULES_OF_GROUP = 10_000, 10, 30
ACL_RULES, ROUTES = 75, 50
BACKENDS, SILENT_PORT = 500, 445
ROUNDS, BALANCER_ROUNDS = 200, 20


def made() -> AccountRegion:
    """Two VPCs with a peer connection, with half of the instances each: ordinary groups in one, enterprise ones in the other."""
    account = Accounts(lambda: 1_000_000.0).open("bench").in_region("bj")
    for number in (0, 1):
        account.add(Vpc(id=f"vpc-{number}", name="v", cidr=f"10.{number}.0.0/16"))
        account.add(Subnet(id=f"sbn-{number}", name="s", vpc_id=f"vpc-{number}", cidr=f"10.{number}.0.0/17", zone="a"))
        account.add(
            PeerConn(
                id=f"qpif-{number}", peer_conn_id="peerconn-1", role=("initiator", "acceptor")[number], name="p", vpc_id=f"vpc-{number}",
                region="bj", owner="o", peer_vpc_id=f"vpc-{1 - number}", peer_region="bj", peer_owner="o", bandwidth=1, state="active",
            )
        )  # fmt: skip
        for direction in ("ingress", "egress"):
            for index in range(ACL_RULES):
                account.add(
                    AclRule(
                        id=f"ar-{number}-{direction}-{index}", subnet_id=f"sbn-{number}", protocol="tcp", source="all",
                        destination=f"192.168.{index}.0/24", source_port="1-65535", destination_port="1-65535", position=index + 1,
                        direction=direction, ip_version=4, action="deny",
                    )
                )  # fmt: skip
        table = account.get_by(RouteTable, "vpc_id", f"vpc-{number}")
        for index in range(ROUTES):
            destination = f"172.16.{index}.0/24" if index else f"10.{1 - number}.0.0/16"
            account.add(
                RouteRule(
                    id=f"rr-{number}-{index}", route_table_id=table.id, source="0.0.0.0/0", destination=destination,
                    next_hop_id=f"qpif-{number}", next_hop_type="peerConn",
                )
            )  # fmt: skip
    for group in range(GROUPS):
        wanted = [f"192.168.{index}.0/24" for index in range(RULES_OF_GROUP - 2)]
        rules = [
            Rule(id=f"r-{group}-{i}", direction="ingress", port_range="443", source_ip=each)
            for i, each in enumerate(wanted)
        ]
        if group == GROUPS - 1:
            rules += [
                Rule(id=f"r-{group}-{way}", direction=way, source_ip="all", dest_ip="all")
                for way in ("ingress", "egress")
            ]
        account.add(SecurityGroup(id=f"g-{group}", name="g", vpc_id="vpc-0", rules=tuple(rules)))
        account.add(EnterpriseSecurityGroup(id=f"esg-{group}", name="e"))
        last = ["all"] if group == GROUPS - 1 else []
        for index, address in enumerate([*wanted, *last]):
            account.add(
                EnterpriseSecurityGroupRule(
                    id=f"esgr-{group}-{index}", group_id=f"esg-{group}", direction="ingress", ethertype="IPv4", protocol="tcp",
                    port_range="443", source_port_range="1-65535", address=address, action="allow", priority=index + 1,
                )
            )  # fmt: skip
    for number in range(INSTANCES):
        vpc, within = number % 2, number // 2
        add_instance(account, number, vpc, f"sbn-{vpc}", f"10.{vpc}.{within // 250 + 1}.{within % 250 + 2}")
    add_instance(account, INSTANCES, 0, "sbn-2", "10.0.128.9")
    add_balancers(account)
    return account


def add_instance(account: AccountRegion, number: int, vpc: int, subnet_id: str, address: str) -> None:
    """An instance that runs, in all groups of the kind that its VPC has."""
    kind = "enterprise_security_group_ids" if vpc else "security_group_ids"
    groups = tuple(f"{'esg' if vpc else 'g'}-{group}" for group in range(GROUPS))
    account.add(
        Nic(
            id=f"eni-{number}", vpc_id=f"vpc-{vpc}", subnet_id=subnet_id, zone="a", mac="m", device_id=f"i-{number}", is_primary=True,
            private_ip=address, **{kind: groups},
        )
    )  # fmt: skip
    account.add(
        Instance(
            id=f"i-{number}", state="Running", spec="s", cpu_count=1, memory_gb=1, image_id="m", os=NO_SYSTEM, zone="a", nic_id=f"eni-{number}",
        )
    )  # fmt: skip


def add_balancers(account: AccountRegion) -> None:
    """Two load balancers whose backends may not answer from the port that they are asked at, but for the second one's last."""
    account.add(Subnet(id="sbn-2", name="s", vpc_id="vpc-0", cidr="10.0.128.0/17", zone="a"))
    silent = [f"i-{2 * number}" for number in range(BACKENDS)]
    add_balancer(account, "lb-1", "10.0.128.10", silent)
    add_balancer(account, "lb-2", "10.0.128.11", [*silent[:-1], f"i-{INSTANCES}"])
    account.add(
        AclRule(
            id="ar-silent", subnet_id="sbn-0", protocol="tcp", source="all", destination="all", source_port=str(SILENT_PORT),
            destination_port="1-65535", position=1_000, direction="egress", ip_version=4, action="deny",
        )
    )  # fmt: skip


def add_balancer(account: AccountRegion, blb_id: str, address: str, backends: list[str]) -> None:
    """A load balancer with a listener and backends."""
    account.add(
        LoadBalancer(
            id=blb_id, blb_type="normal", name="lb", vpc_id="vpc-0", subnet_id="sbn-2", private_ip=address, state="available",
            security_group_ids=tuple(f"g-{group}" for group in range(GROUPS)),
        )
    )  # fmt: skip
    account.add(
        Listener(
            id=f"listener-{blb_id}", blb_id=blb_id, port=80, protocol="TCP", scheduler="Hash", timeout=1, backend_port=SILENT_PORT,
            health=new_health_check("TCP")._replace(is_enabled=True), created=1.0,
        )
    )  # fmt: skip
    for instance_id in backends:
        account.add(
            BackendServer(
                id=f"rs-{blb_id}-{instance_id}", blb_id=blb_id, instance_id=instance_id, weight=1, created=1.0
            )
        )


class Asked(NamedTuple):
    """A question: its processor time, and that of its longest step, after which others can be served, in milliseconds."""

    found: dict[str, Any]
    took: float
    longest: float


def asked(account: AccountRegion, question: Question, *, with_unused: bool) -> Asked:
    """Ask; neighbours on the machine do not count."""
    steps, took, longest = answer_in_steps(account, question, with_unused=with_unused), 0.0, 0.0
    while True:
        began, found = time.thread_time(), None
        try:
            next(steps)
        except StopIteration as end:
            found = end.value
        spent = (time.thread_time() - began) * 1_000
        took, longest = took + spent, max(longest, spent)
        if found is not None:
            return Asked(found, took, longest)


def between(account: AccountRegion, number: int) -> Asked:
    """A question between two instances that nobody asked about before."""
    told = asked(account, Question(f"i-{2 * number}", f"i-{2 * number + 1}", "tcp", 443), with_unused=True)
    if not told.found["reaches"]:
        raise SystemExit(told.found["stoppedBy"])
    return told


def to_balancer(account: AccountRegion, number: int, blb_id: str, *, with_unused: bool) -> Asked:
    """A question to a load balancer."""
    told = asked(account, Question(f"i-{2 * (number + BACKENDS)}", blb_id, "tcp", 80), with_unused=with_unused)
    if (told.found["stoppedBy"] or {"by": ""})["by"] != ("ar-silent" if blb_id == "lb-1" else ""):
        raise SystemExit(told.found["stoppedBy"])
    return told


def show(what: str, told: list[Asked]) -> None:
    """Print how long they took."""
    _, took, longest = zip(*told, strict=True)
    print(f"| {what} | {statistics.median(took):.1f} | {max(took):.1f} | {max(longest):.1f} |")


def main() -> None:
    account = made()
    gc.set_threshold(*GC_THRESHOLDS)
    gc.freeze()
    rules = sum(len(account.collection(kind)) for kind in (AclRule, RouteRule, EnterpriseSecurityGroupRule))
    rules += sum(len(group.rules) for group in account.all(SecurityGroup))
    print(f"{len(account.collection(Instance)):,} instances, {rules:,} rules\n")
    print("| question | median, ms | slowest, ms | longest step, ms |\n| --- | --- | --- | --- |")
    show("the first of all", [between(account, 0)])
    show("between two instances", [between(account, number) for number in range(1, ROUNDS + 1)])
    for blb_id, what in (("lb-1", "of which none answers"), ("lb-2", "of which the last answers")):
        for with_unused in (False, True):
            told = [to_balancer(account, number, blb_id, with_unused=with_unused) for number in range(BALANCER_ROUNDS)]
            show(f"to {BACKENDS} backends {what}{', with the unused rules' if with_unused else ''}", told)


if __name__ == "__main__":
    main()
