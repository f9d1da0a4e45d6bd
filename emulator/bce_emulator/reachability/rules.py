"""By which rules it is judged whether traffic passes, and from where each is known.

A rule with a page is documented there. One without is proposed: no page that could be read says it.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """What holds, and the page that says so, or nothing."""

    says: str
    page: str = ""

    @property
    def basis(self) -> str:
        """How it is known."""
        return "documented" if self.page else "proposed"


GROUPS = "https://intl.cloud.baidu.com/en/doc/VPC/s/mmfv3akh6"
ACL = "https://intl.cloud.baidu.com/en/doc/VPC/s/tmfv3akd6"
ROUTES = "https://intl.cloud.baidu.com/en/doc/VPC/s/jjwvytyw0-intl-en"
ROUTE_RULES = "https://cloud.baidu.com/doc/VPC/s/Ljwvyugpl"
NAT = "https://intl.cloud.baidu.com/en/doc/VPC/s/6mgtcxivr"
PEERING = "https://intl.cloud.baidu.com/en/doc/VPC/s/hjwvyu3s0-intl-en"
LINE = "https://intl.cloud.baidu.com/en/doc/VPC/s/Jjwvytz9j-intl-en"
VPN = "https://intl.cloud.baidu.com/doc/VPC/s/9jwvytzz8-en"
IPV6 = "https://cloud.baidu.com/doc/VPC/s/Dkkqigf0v"
EIP = "https://cloud.baidu.com/doc/EIP/s/9jwvz31gn"
EIP_STATUS = "https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"
BALANCER = "https://intl.cloud.baidu.com/en/doc/BLB/s/ijwvxo0u7-intl-en"
LISTENER = "https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"
POLICY = "https://cloud.baidu.com/doc/BLB/s/Ammvwpgol"
NIC = "https://cloud.baidu.com/doc/VPC/s/6kknfn5m8"

RULES = {
    "host.running": Rule("Only an instance that runs sends and answers."),
    "host.attached": Rule("A network interface carries traffic while it is in an instance (inuse).", NIC),
    "address.held": Rule("What nothing has is no address that answers."),
    "address.other": Rule("An address is that of what has it in the VPC into which the routes lead."),
    "address.self": Rule("What an instance sends to itself leaves it nowhere."),
    "address.outside": Rule("Beyond the internet, a tunnel or a line everything is taken to answer."),
    "address.havip": Rule("A HaVip leads to the first of what it is bound to, its master."),
    "address.snic": Rule("A service card answers while it is available."),
    "group.allow": Rule("Of ordinary groups all rules are looked at, and any that fits allows.", GROUPS),
    "group.default": Rule("What no rule of the groups fits is denied, in both directions.", GROUPS),
    "group.reference": Rule("A rule can name a group in place of addresses: whatever is in it.", GROUPS),
    "group.state": Rule("Security groups are stateful: the answer to what they let pass passes too.", GROUPS),
    "group.none": Rule("What is in no security group is filtered by none."),
    "esg.priority": Rule(
        "Rules of all enterprise groups go by priority, the smallest number first, deny before allow.", GROUPS
    ),
    "esg.default": Rule("What no rule of the enterprise groups fits is denied, in both directions.", GROUPS),
    "acl.position": Rule("The first rule of the ACL that fits decides, the smallest position first.", ACL),
    "acl.default": Rule("What no rule of the ACL fits is allowed: the default rule is the last one.", ACL),
    "acl.stateless": Rule("An ACL is stateless: the answer is judged by rules of its own.", ACL),
    "acl.within": Rule("What stays in a subnet does not pass its ACL."),
    "route.local": Rule("Within a VPC the local route leads everywhere.", ROUTES),
    "route.longest": Rule("Of the rules that fit the one with the longest destination counts, then source."),
    "route.lines": Rule(
        "Of a multi-line route the active line carries, the standby one while that has no line.", ROUTE_RULES
    ),
    "route.none": Rule("Where no rule of the route table leads, nothing goes.", ROUTES),
    "route.nowhere": Rule("A rule whose next hop has gone leads nowhere."),
    "route.guest": Rule("What the system of an instance forwards is not emulated."),
    "route.same_way": Rule("The answer has to take the way through the same gateway."),
    "peer.active": Rule("A peer connection carries traffic while it is active."),
    "peer.routes": Rule("Both VPCs need a route through the peer connection.", PEERING),
    "peer.transit": Rule("A peer connection leads into the VPC at its other end, not through it."),
    "peer.account": Rule("Who may not see the account at the other end sees that it passes there, not why."),
    "peer.other": Rule("The other end has to be emulated here."),
    "nat.status": Rule("A NAT gateway translates when it is built, has not expired and has an EIP."),
    "nat.snat": Rule("What leaves by a NAT gateway needs an SNAT rule for its source.", NAT),
    "nat.dnat": Rule("What comes to an address of a NAT gateway goes where a DNAT rule says.", NAT),
    "nat.mapping": Rule("A DNAT rule for all ports is like an EIP of its target, outwards too.", NAT),
    "eip.bound": Rule("An EIP serves what it is bound to.", EIP),
    "eip.status": Rule("An EIP carries traffic when it is bound and not paused.", EIP_STATUS),
    "eip.first": Rule("The own EIP is taken before a route of 0.0.0.0/0, not before a narrower one."),
    "eip.none": Rule("Without an EIP, NAT or an IPv6 gateway nothing comes in from the internet.", NAT),
    "ipv6.gateway": Rule("IPv6 traffic to and from the internet goes by the IPv6 gateway of the VPC.", IPV6),
    "ipv6.egress_only": Rule("What an egress-only rule covers is not reached from the internet.", IPV6),
    "vpn.status": Rule("A VPN gateway carries traffic when it is active and has an EIP."),
    "vpn.tunnel": Rule("A tunnel carries what is between its local and its remote subnets.", VPN),
    "line.bound": Rule("A dedicated gateway needs a line, and both ends a route.", LINE),
    "line.ranges": Rule("A line carries what is from the gateway's local ranges, if it has some."),
    "blb.status": Rule("A load balancer serves while it is available or updating."),
    "blb.listener": Rule("A load balancer serves at the ports of its listeners.", LISTENER),
    "blb.ping": Rule("A load balancer answers pings itself.", BALANCER),
    "blb.redirect": Rule("A listener that redirects answers by itself.", LISTENER),
    "blb.policy": Rule("Policies lead on, the smallest priority first; a path or host may choose another.", POLICY),
    "blb.backend": Rule("A load balancer asks its backends from its own address."),
    "blb.health": Rule("Backends that checks have found dead, or of weight 0, get nothing."),
    "blb.chain": Rule("Load balancers that lead to each other serve nobody."),
}
"""Every rule by its name."""
