"""Load balancers: to which backends a listener leads what arrives at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.reachability.packet import Packet
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place
from bce_emulator.reachability.sentence import Sentence, say
from bce_emulator.services.blb.app_ip_group.resource import AppIpGroupMember, AppIpGroupProtocol
from bce_emulator.services.blb.app_policy.resource import FULL_MATCH, AppPolicy
from bce_emulator.services.blb.app_server_group.resource import AppServer, AppServerGroupPort
from bce_emulator.services.blb.backend import DEAD, find_backend, health, health_at
from bce_emulator.services.blb.backend_server.resource import BackendServer
from bce_emulator.services.blb.health import HealthCheck, new_health_check
from bce_emulator.services.blb.listener.resource import Listener

CONCERN = "listener"
CARRIES = {"tcp": ("TCP", "HTTP", "HTTPS", "SSL"), "udp": ("UDP",)}
"""Which listeners there are for a protocol."""


class Backend(NamedTuple):
    """What a listener leads to: its address, port, and what is known of it."""

    name: str
    address: str
    port: int
    weight: int
    health: str

    @property
    def serves(self) -> bool:
        """Whether it gets traffic."""
        return self.weight > 0 and self.health != DEAD


def backends_of(walk: Walk, place: Place, packet: Packet) -> list[Backend]:
    """The backends that get what arrives at a load balancer; none if it answers by itself."""
    region, balancer = place.region, place.holder
    if packet.protocol == "icmp":
        walk.passed(CONCERN, balancer, say("{0} answers by itself", balancer.id), "blb.ping")
        return []
    listeners = walk.once((CONCERN, region, balancer.id), lambda: _listeners(walk, place))
    protocols = CARRIES[packet.protocol]
    listener = next((each for each in listeners if each.port == packet.port and each.protocol in protocols), None)
    if listener is None:
        text = say("{0} has no listener for {1} {2}", balancer.id, packet.protocol, packet.port)
        raise walk.stopped(
            CONCERN, balancer, text, "blb.listener", say("a listener for {0} {1}", packet.protocol, packet.port)
        )
    walk.passed(CONCERN, balancer, say("{0} of {1}", _said(listener), balancer.id), "blb.listener", listener.id)
    if listener.redirect_port:
        walk.passed(
            CONCERN, balancer, say("it redirects to port {0}", listener.redirect_port), "blb.redirect", listener.id
        )
        return []
    found = _by_policy(walk, place, listener) if balancer.is_application else _ordinary(region, listener)
    serving = [each for each in found if each.serves]
    if not serving:
        said = ", ".join(f"{each.name} {each.health} weight {each.weight}" for each in found)
        text = say("no backend of {0} gets traffic: {1}", _said(listener), said or say("there is none"))
        raise walk.stopped("backend", balancer, text, "blb.health", say("a backend that is alive"), listener.id)
    return serving


def _listeners(walk: Walk, place: Place) -> list[Listener]:
    listeners = place.region.where(Listener, "blb_id", place.holder.id)
    walk.comes_by(RuleOnTheWay(CONCERN, place.holder.id, each.id, str(_said(each))) for each in listeners)
    return listeners


def _ordinary(region: AccountRegion, listener: Listener) -> list[Backend]:
    check = listener.health or new_health_check(listener.protocol)
    servers = region.where(BackendServer, "blb_id", listener.blb_id)
    return [_backend(region, server, listener.backend_port, check, listener.created) for server in servers]


def _by_policy(walk: Walk, place: Place, listener: Listener) -> list[Backend]:
    """The backends of the first policy that has one; which it is of several depends on what is asked."""
    region = place.region
    policies = walk.once(("policy", region, listener.id), lambda: _policies(walk, region, listener))
    last: list[Backend] = []
    for policy in policies:
        last = list(_led_to(region, place.vpc_id, policy))
        if any(each.serves for each in last):
            walk.passed("policy", place.holder, _said_policy(policy), "blb.policy", policy.id)
            return last
    if not policies:
        text = say("{0} has no policy", _said(listener))
        raise walk.stopped("policy", place.holder, text, "blb.policy", say("a policy that leads to a group"))
    return last


def _policies(walk: Walk, region: AccountRegion, listener: Listener) -> list[AppPolicy]:
    policies = sorted(
        region.where(AppPolicy, "listener_id", listener.id), key=lambda policy: (policy.priority, policy.serial)
    )
    walk.comes_by(RuleOnTheWay("policy", listener.blb_id, each.id, str(_said_policy(each))) for each in policies)
    return policies


def _led_to(region: AccountRegion, vpc_id: str, policy: AppPolicy) -> Iterator[Backend]:
    port = region.find(AppServerGroupPort, policy.port_id) if policy.port_id else None
    if port is not None:
        for server in region.where(AppServer, "group_id", policy.group_id):
            yield _backend(region, server, port.port, port.health_check, port.created)
    protocol = region.find(AppIpGroupProtocol, policy.protocol_id) if policy.protocol_id else None
    if protocol is not None:
        for member in region.where(AppIpGroupMember, "group_id", policy.ip_group_id):
            since = max(member.created, protocol.created)
            found = health_at(region, vpc_id, member.ip, protocol.health_check, since)
            yield Backend(member.ip, member.ip, member.port, member.weight, found)


def _backend(
    region: AccountRegion, server: BackendServer | AppServer, port: int, check: HealthCheck, since: float
) -> Backend:
    found = find_backend(region, server.instance_id)
    known = health(region, found, check, max(server.created, since))
    return Backend(server.instance_id, found.nic.private_ip if found else "", port, server.weight, known)


def _said(listener: Listener) -> Sentence:
    return say("{0} listener {1}", listener.protocol, listener.port)


def _said_policy(policy: AppPolicy) -> Sentence:
    fits = "" if policy.rules == (FULL_MATCH,) else ", ".join(f"{rule.key} {rule.value}" for rule in policy.rules)
    facts = policy.id, policy.priority, policy.group_id or policy.ip_group_id
    if fits:
        return say("policy {0} (priority {1}) to {2} for {3}", *facts, fits)
    return say("policy {0} (priority {1}) to {2}", *facts)
