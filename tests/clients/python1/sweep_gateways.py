"""Ways out of a VPC: NAT and IPv6 gateways, and addresses that float between servers."""

from __future__ import annotations

from around import NO_PAGE, calls_of, home, ipv6_of, new_address, new_network
from baidubce.services.havip.havip_client import HavipClient
from baidubce.services.ipv6gateway import ipv6gateway_model
from baidubce.services.ipv6gateway.ipv6gateway_client import IPv6GatewayClient
from baidubce.services.vpc import nat_model
from baidubce.services.vpc.nat_client import NatClient
from program import expect
from sdk import running, subnet

NATS, SIXES, FLOATS = calls_of(NatClient), calls_of(IPv6GatewayClient), calls_of(HavipClient)
CLIENTS = (NATS.client, SIXES.client, FLOATS.client)
NO_NAT = "NoSuchNat"


def nat_gateways() -> None:
    vpc_id, _ = new_network()
    order = {"name": "out", "vpc_id": vpc_id, "spec": "small", "billing": nat_model.Billing("Postpaid")}
    nat = NATS.both("create_nat", {"vpc_id": "vpc-unknown"}, **order).nat_id
    of_nat = NATS.about("nat_id", nat, "nat-unknown", NO_NAT)
    of_nat("update_nat", name="renamed")
    first, second, spare = new_address(), new_address(), new_address()
    for way in ("", "_dnat"):
        of_nat(f"bind{way}_eip", eips=[spare])
        of_nat(f"unbind{way}_eip", eips=[spare])
    NATS.done("bind_eip", nat_id=nat, eips=[first])
    NATS.done("bind_dnat_eip", nat_id=nat, eips=[second])
    seen = of_nat("get_nat")
    expect((seen.name, seen.eips, seen.dnat_eips), ("renamed", [first], [second]))
    NATS.both("list_nats", {"vpc_id": "vpc-unknown"}, vpc_id=vpc_id)
    outwards(nat, first)
    inwards(nat, second)
    wide = NATS.done("create_nat", **(order | {"name": "wide", "spec": None, "cu_num": "1"})).nat_id
    of_wide = NATS.about("nat_id", wide, "nat-unknown", NO_NAT)
    of_wide("resize_nat", cu_num=2)
    of_wide("enhance_nat_bind_eip", bind_eips=[spare])
    of_wide("enhance_nat_unbind_eip", bind_eips=[spare])
    for kept in (True, False):
        of_wide("update_delete_protect", delete_protect=kept)
    prepaid = nat_model.Billing("Prepaid")
    paid = NATS.done("create_nat", **(order | {"name": "paid", "billing": prepaid})).nat_id
    NATS.about("nat_id", paid, "nat-unknown", NO_NAT)("purchase_reserved_nat", billing=prepaid)
    of_wide("delete_nat")


def outwards(nat: str, address: str) -> None:
    of_nat = NATS.about("nat_id", nat, "nat-unknown", NO_NAT)
    rule = {"rule_name": "out", "source_cidr": "10.0.1.0/24", "public_ip_address": [address]}
    rule_id = of_nat("create_snat_rule", **rule).rule_id
    more = {"ruleName": "more", "sourceCIDR": "10.0.2.0/24", "publicIpsAddress": [address]}
    of_nat("batch_create_snat_rule", snat_rules=[more])
    of_rule = NATS.about("snat_rule_id", rule_id, "rule-unknown")
    of_rule("update_snat_rule", nat_id=nat, **(rule | {"rule_name": "renamed"}))
    expect(sorted(each.rule_name for each in of_nat("list_snat_rule").rules), ["more", "renamed"])
    of_rule("delete_snat_rule", nat_id=nat)


def inwards(nat: str, address: str) -> None:
    of_nat = NATS.about("nat_id", nat, "nat-unknown", NO_NAT)
    rule = {
        "rule_name": "in", "public_ip_address": address, "private_ip_address": "10.0.1.9", "protocol": "TCP",
        "public_port": "80", "private_port": "8080",
    }  # fmt: skip
    rule_id = of_nat("create_dnat_rule", **rule).rule_id
    more = {
        "ruleName": "more", "publicIpAddress": address, "privateIpAddress": "10.0.1.9", "protocol": "TCP",
        "publicPort": "81", "privatePort": "8080",
    }  # fmt: skip
    of_nat("batch_create_dnat_rule", dnat_rules=[more])
    of_rule = NATS.about("dnat_rule_id", rule_id, "rule-unknown")
    of_rule("update_dnat_rule", nat_id=nat, **(rule | {"rule_name": "renamed"}))
    expect(sorted(each.rule_name for each in of_nat("list_dnat_rule").rules), ["more", "renamed"])
    of_rule("delete_dnat_rule", nat_id=nat)


def ipv6_gateways() -> None:
    vpc_id, subnet_id = new_network("10.6.0.0/16", ipv6=True)
    order = {"name": "six", "vpc_id": vpc_id, "billing": ipv6gateway_model.Billing("Postpaid")}
    made = SIXES.both("create_ipv6_gateway", {"vpc_id": "vpc-unknown"}, bandwidthInMbps=5, **order).gateway_id
    of_gateway = SIXES.about("gateway_id", made, "ipv6gw-unknown")
    of_gateway("resize_ipv6_gateway", bandwidthInMbps=9)
    for kept in (True, False):
        of_gateway("update_ipv6_gateway_delete_protect", delete_protect=kept)
    of_gateway("create_ipv6_gateway_egress_only_rule", cidr=subnet.get_subnet(subnet_id).subnet.ipv6_cidr)
    rule_id = of_gateway("list_ipv6_gateway_egress_only_rules").egress_only_rules[0].egress_only_rule_id
    limits = {"ingress_bandwidthInMbps": 3, "egress_bandwidthInMbps": 3}
    address = ipv6_of(running(subnet_id=subnet_id))
    of_gateway("create_ipv6_gateway_rate_limit_rule", ipv6_address=address, **limits)
    limit_id = of_gateway("list_ipv6_gateway_rate_limit_rules").rate_limit_rules[0].rate_limit_rule_id
    of_gateway("update_ipv6_gateway_rate_limit_rule", rate_limit_rule_id=limit_id, **limits)
    seen = SIXES.about("vpc_id", vpc_id, "vpc-unknown")("list_ipv6_gateways")
    expect((seen.gateway_id, seen.bandwidth_in_mbps), (made, 9))
    of_gateway("delete_ipv6_gateway_egress_only_rule", egress_only_rule_id=rule_id)
    of_gateway("delete_ipv6_gateway_rate_limit_rule", rate_limit_rule_id=limit_id)
    of_gateway("delete_ipv6_gateway")


def floating() -> None:
    instance_id, (vpc_id, subnet_id) = running(), home()
    order = {"name": "floating", "subnet_id": subnet_id, "private_ip_address": ""}
    made = FLOATS.both("create_havip", {"subnet_id": "sbn-unknown"}, **order).ha_vip_id
    of_address = FLOATS.about("havip_id", made, "havip-unknown")
    servers = {"instance_ids": [instance_id], "instance_type": "SERVER"}
    of_address("update_havip", name="renamed")
    of_address("havip_attach_instance", **servers)
    of_address("havip_bind_public_ip", public_ip_address=new_address())
    seen = of_address("get_havip_detail")
    expect((seen.name, seen.binded_instances[0].instance_id), ("renamed", instance_id))
    FLOATS.both("get_havip_detail_list", NO_PAGE, "BadRequest", vpc_id=vpc_id)
    of_address("havip_unbind_public_ip")
    of_address("havip_detach_instance", **servers)
    of_address("delete_havip")


PARTS = (nat_gateways, ipv6_gateways, floating)
