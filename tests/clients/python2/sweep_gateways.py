"""Ways out of a VPC: NAT and IPv6 gateways, and addresses that float between servers."""

from __future__ import annotations

from calls import POSTPAID, PREPAID, TAGS, done
from program import expect, run_due
from sdk import instance, running
from sweep_addresses import new_address
from sweep_network import VPCS, home
from sweep_vpc import FIRST, NO_PAGE, NO_SUBNET, NO_VPC, new_network

NO_NAT = "NoSuchNat"


def nat_gateways() -> None:
    vpc_id, _ = new_network()
    order = {"name": "out", "vpcId": vpc_id, "cuNum": "1", "billing": POSTPAID, "tags": TAGS}
    nat = VPCS.both("create_nat", NO_VPC, **order).nat_id
    of_nat = VPCS.about("natId", nat, "nat-unknown", NO_NAT)
    of_nat("modify_nat", name="renamed")
    of_nat("resize_nat", cuNum=2)
    address = new_address()
    for method in ("nat_bind_eip", "nat_un_bind_eip"):
        of_nat(method, bindEips=[address])
    VPCS.done("nat_bind_eip", natId=nat, bindEips=[address])
    seen = of_nat("get_nat")
    expect([seen.name, seen.bind_eips], ["renamed", [address]])
    VPCS.both("list_nat", NO_VPC, vpcId=vpc_id)
    outwards(nat, address)
    inwards(nat, address)
    for kept in (True, False):
        of_nat("update_nat_release_protection_switch", deleteProtect=kept)
    paid = VPCS.done("create_nat", **(order | {"name": "paid", "billing": PREPAID})).nat_id
    VPCS.about("natId", paid, "nat-unknown", NO_NAT)("purchase_reserved_nat", billing=PREPAID)
    VPCS.done("nat_un_bind_eip", natId=nat, bindEips=[address])
    of_nat("release_nat")


def outwards(nat: str, address: str) -> None:
    of_nat = VPCS.about("natId", nat, "nat-unknown", NO_NAT)
    rule = {"ruleName": "out", "sourceCIDR": "10.0.1.0/24", "publicIpsAddress": [address]}
    rule_id = of_nat("create_snat_rule", **rule).rule_id
    of_nat("batch_add_snat_rules", snatRules=[rule | {"sourceCIDR": "10.0.2.0/24"}])
    of_rule = VPCS.about("ruleId", rule_id, "rule-unknown")
    of_rule("update_snat_rule", natId=nat, **(rule | {"ruleName": "renamed"}))
    expect(sorted(each.rule_name for each in of_nat("list_snat_rule").rules), ["out", "renamed"])
    for each in of_nat("list_snat_rule").rules:
        VPCS.about("ruleId", each.rule_id, "rule-unknown")("delete_snat_rule", natId=nat)


def inwards(nat: str, address: str) -> None:
    of_nat = VPCS.about("natId", nat, "nat-unknown", NO_NAT)
    rule = {
        "ruleName": "in", "publicIpAddress": address, "privateIpAddress": "10.0.1.9", "protocol": "TCP", "publicPort": "80",
        "privatePort": "8080",
    }  # fmt: skip
    rule_id = of_nat("create_dnat_rule", **rule).rule_id
    of_nat("batch_add_dnat_rules", rules=[rule | {"publicPort": "81"}])
    of_rule = VPCS.about("ruleId", rule_id, "rule-unknown")
    of_rule("update_dnat_rule", natId=nat, **(rule | {"ruleName": "renamed"}))
    expect(sorted(each.rule_name for each in of_nat("list_dnat_rule").rules), ["in", "renamed"])
    for each in of_nat("list_dnat_rule").rules:
        VPCS.about("ruleId", each.rule_id, "rule-unknown")("delete_dnat_rule", natId=nat)


def ipv6_gateways() -> None:
    vpc_id, subnet_id = new_network("10.6.0.0/16", ipv6=True)
    order = {"name": "six", "vpcId": vpc_id, "bandwidthInMbps": 5, "billing": POSTPAID}
    made = VPCS.both("create_ipv6_gateway", NO_VPC, **order).gateway_id
    of_gateway = VPCS.about("gatewayId", made, "ipv6gw-unknown")
    of_gateway("resize_ipv6_gateway", bandwidthInMbps=9)
    for kept in (True, False):
        of_gateway("update_delete_protect", deleteProtect=kept)
    cidr = VPCS.done("query_specified_subnet", subnetId=subnet_id).subnet.ipv6_cidr
    of_gateway("create_egress_only_rule", cidr=cidr)
    rule_id = of_gateway("list_egress_only_rule").egress_only_rules[0].egress_only_rule_id
    instance_id = running(subnetId=subnet_id)
    done("add_ipv6", instanceId=instance_id, reboot=True)
    run_due()
    limits = {"ingressBandwidthInMbps": 3, "egressBandwidthInMbps": 3}
    of_gateway("create_rate_limit_rule", ipv6Address=instance(instance_id).ipv6, **limits)
    limit_id = of_gateway("list_rate_limit_rule").rate_limit_rules[0].rate_limit_rule_id
    of_gateway("update_rate_limit_rule", rateLimitRuleId=limit_id, **limits)
    seen = VPCS.about("vpcId", vpc_id, "vpc-unknown")("query_ipv6_gateway")
    expect([seen.gateway_id, seen.bandwidth_in_mbps], [made, 9])
    of_gateway("delete_ipv6_gateway_egress_only_rule", egressOnlyRuleId=rule_id)
    of_gateway("delete_ipv6_gateway_rate_limit_rule", rateLimitRuleId=limit_id)
    of_gateway("delete_ipv6_gateway")


def floating() -> None:
    instance_id, (vpc_id, subnet_id) = running(), home()
    made = VPCS.both("create_ha_vip", NO_SUBNET, name="floating", subnetId=subnet_id).ha_vip_id
    of_address = VPCS.about("haVipId", made, "havip-unknown")
    servers = {"instanceIds": [instance_id], "instanceType": "SERVER"}
    of_address("update_ha_vip", name="renamed")
    of_address("bind_ha_vip_instance", **servers)
    of_address("bind_ha_vip_eip", publicIpAddress=new_address())
    seen = of_address("get_ha_vip_detail")
    expect([seen.name, seen.binded_instances[0].instance_id], ["renamed", instance_id])
    VPCS.both("list_ha_vip", NO_PAGE, "BadRequest", vpcId=vpc_id, **FIRST)
    of_address("unbind_ha_vip_eip")
    of_address("unbind_ha_vip_instance", **servers)
    of_address("delete_ha_vip")


PARTS = (nat_gateways, ipv6_gateways, floating)
