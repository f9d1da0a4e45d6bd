"""VPCs and their subnets, and what is decided there: routes, security groups, ACL, address templates, probes."""

from __future__ import annotations

from calls import done, refused
from program import UNKNOWN, ZONE, expect, run_due
from sdk import instance, running
from sweep_network import VPCS, home, new_group

FIRST = {"maxKeys": 10}
NO_PAGE = {"maxKeys": -1}
NO_VPC, NO_SUBNET = {"vpcId": "vpc-unknown"}, {"subnetId": "sbn-unknown"}
DNS = {"direction": "ingress", "ethertype": "IPv4", "protocol": "udp", "portRange": "53", "sourceIp": "all"}


def new_network(cidr: str = "10.0.0.0/16", ipv6: bool = False) -> tuple[str, str]:
    """A VPC and a subnet of it, whose addresses begin with the same two numbers."""
    net = {"name": "net", "cidr": cidr, "enableIpv6": ipv6}
    vpc_id = VPCS.both("create_vpc", {"cidr": "1.2.3.4/99"}, "BadRequest", **net).vpc_id
    part = {"name": "part", "zoneName": ZONE, "cidr": cidr.replace(".0.0/16", ".1.0/24"), "enableIpv6": ipv6}
    return vpc_id, VPCS.both("create_subnet", NO_VPC, vpcId=vpc_id, **part).subnet_id


def networks() -> None:
    vpc_id, subnet_id = new_network()
    of_vpc = VPCS.about("vpcId", vpc_id, "vpc-unknown")
    of_subnet = VPCS.about("subnetId", subnet_id, "sbn-unknown")
    of_vpc("update_vpc", name="renamed")
    of_vpc("open_vpc_relay")
    seen = of_vpc("query_specified_vpc").vpc
    expect([seen.name, seen.relay], ["renamed", True])
    of_vpc("close_vpc_relay")
    VPCS.both("query_vpc_list", NO_PAGE, "BadRequest", **FIRST)
    of_subnet("update_subnet", name="renamed")
    expect(of_subnet("query_specified_subnet").subnet.name, "renamed")
    VPCS.both("query_subnet_list", NO_PAGE, "BadRequest", vpcId=vpc_id, **FIRST)
    address = instance(running(subnetId=subnet_id)).internal_ip
    (held,) = of_vpc("query_vpc_intranet_ip", privateIpAddresses=[address]).vpc_private_ip_addresses
    expect(held.private_ip_address, address)
    expect(of_vpc("get_vpc_resource_ip_info", subnetId=subnet_id, pageNo=1, pageSize=10).total_count, 1)
    order = {"ipCidr": "10.0.1.64/28", "ipVersion": 4}
    reserved = of_subnet("create_ip_reserved", **order).ip_reserve_id
    VPCS.both("list_ip_reserve", NO_PAGE, "BadRequest", subnetId=subnet_id, **FIRST)
    VPCS.about("ipReserveId", reserved, "ipr-unknown")("delete_ip_reserve")
    vpc_id, subnet_id = new_network("10.1.0.0/16")
    VPCS.about("subnetId", subnet_id, "sbn-unknown")("delete_subnet")
    VPCS.about("vpcId", vpc_id, "vpc-unknown")("delete_vpc")


def moves() -> None:
    """What instances do between networks, which the package of instances asks for."""
    instance_id, (vpc_id, subnet_id) = running(), new_network(ipv6=True)
    there = {"instanceId": instance_id, "subnetId": subnet_id}
    done("stop_instance", instanceId=instance_id, forceStop=True)
    run_due()
    done("change_vpc", **there)
    run_due()
    refused("NoSuchObject", "change_vpc", instanceId=instance_id, **NO_SUBNET)
    expect(instance(instance_id).vpc_id, vpc_id)
    done("start_instance", instanceId=instance_id)
    run_due()
    done("add_ipv6", instanceId=instance_id, reboot=True)
    refused("NoSuchObject", "add_ipv6", instanceId=UNKNOWN)
    run_due()
    assert instance(instance_id).ipv6, "no IPv6 address"
    done("del_ipv6", instanceId=instance_id, reboot=True)
    refused("NoSuchObject", "del_ipv6", instanceId=UNKNOWN)
    run_due()
    order = {"name": "other", "zoneName": ZONE, "cidr": "10.0.2.0/24", "vpcId": vpc_id}
    other = VPCS.done("create_subnet", **order).subnet_id
    done("update_instance_subnet", instanceId=instance_id, subnetId=other, reboot=True)
    refused("NoSuchObject", "update_instance_subnet", instanceId=instance_id, **NO_SUBNET)
    run_due()
    expect(instance(instance_id).subnet_id, other)


def security_groups() -> None:
    vpc_id, _ = home()
    VPCS.refused("NoSuchObject", "create_security_group", name="swept", rules=[], **NO_VPC)
    of_group = VPCS.about("securityGroupId", new_group(vpc_id), "g-unknown")
    of_group("authorize_security_group_rules", rule=DNS)
    rules = {each.port_range: each.security_group_rule_id for each in of_group("get_security_group_details").rules}
    of_rule = VPCS.about("securityGroupRuleId", rules["80"], "r-unknown")
    of_rule("update_security_group_rules", remark="moved", portRange="81", protocol="tcp")
    of_rule("delete_security_group_rules")
    of_group("revoke_security_group_rules", rule=DNS)
    VPCS.both("query_security_groups_list", NO_PAGE, "BadRequest", vpcId=vpc_id, **FIRST)
    of_group("delete_security_group")


def routes() -> None:
    vpc_id, subnet_id = new_network()
    instance_id = running(subnetId=subnet_id)
    table = VPCS.about("vpcId", vpc_id, "vpc-unknown")("query_routing_table").route_table_id
    of_table = VPCS.about("routeTableId", table, "rt-unknown")
    way = {"sourceAddress": "10.0.1.0/24", "destinationAddress": "172.16.0.0/16", "description": "out"}
    rule_id = of_table("create_routing_rules", nexthopId=instance_id, nexthopType="custom", **way).route_rule_id
    of_rule = VPCS.about("routeRuleId", rule_id, "rr-unknown")
    of_rule("update_routing_rules", description="another")
    (seen,) = (each for each in of_table("query_routing_rules").route_rules if each.route_rule_id == rule_id)
    expect(seen.description, "another")
    hops = [
        {"nexthopId": VPCS.done("create_dedicated_gateway", vpcId=vpc_id, name=name, speed=100).et_gateway_id,
         "nexthopType": "dcGateway", "pathType": f"ha:{name}"}
        for name in ("active", "standby")
    ]  # fmt: skip
    lines = way | {"destinationAddress": "172.17.0.0/16", "nextHopList": hops}
    both_ways = VPCS.done("create_routing_rules", routeTableId=table, **lines).route_rule_ids
    VPCS.about("routeRuleId", both_ways[0], "rr-unknown")("active_standby_switchover")
    of_rule("delete_routing_rules")


def filters() -> None:
    vpc_id, subnet_id = new_network()
    rule = {
        "protocol": "tcp", "sourceIpAddress": "10.0.0.0/24", "destinationIpAddress": "10.0.0.0/24", "sourcePort": "1-65535",
        "destinationPort": "443", "position": 12, "action": "allow",
    }  # fmt: skip
    order = rule | {"subnetId": subnet_id, "direction": "ingress"}
    VPCS.both("add_acl_rule", {"aclRules": [order | NO_SUBNET]}, aclRules=[order])
    VPCS.about("vpcId", vpc_id, "vpc-unknown")("query_acl")
    made = VPCS.about("subnetId", subnet_id, "sbn-unknown")("query_acl_rules").acl_rules[0].id
    of_rule = VPCS.about("aclRuleId", made, "ar-unknown")
    of_rule("update_acl_rules", **(rule | {"position": 13, "description": "another"}))
    of_rule("delete_acl_rule")


def probes() -> None:
    vpc_id, subnet_id = new_network()
    order = {
        "name": "probe", "vpcId": vpc_id, "subnetId": subnet_id, "protocol": "TCP", "frequency": 20, "destIp": "10.0.0.9",
        "destPort": 80, "sourceIpNum": 1,
    }  # fmt: skip
    made = VPCS.both("create_probe", NO_VPC, **order).probe_id
    of_probe = VPCS.about("probeId", made, "probe-unknown")
    of_probe("update_probe", name="renamed", destIp="10.0.0.10", destPort=81)
    seen = of_probe("get_probe_detail")
    expect([seen.name, seen.dest_ip], ["renamed", "10.0.0.10"])
    VPCS.both("list_probes", {"marker": "probe-unknown"}, "BadRequest", **FIRST)
    of_probe("delete_probe")


def address_templates() -> None:
    """What the package calls IP groups are the IP sets of the API, and the other way about."""
    four, neither = {"ipVersion": "IPv4"}, {"ipVersion": "nothing"}
    order = {"name": "offices", "ipAddressInfo": [{"ipAddress": "10.0.0.1", "description": "first"}]} | four
    set_id = VPCS.both("create_ip_group", neither, "BadRequest", **order).ip_set_id
    spare = VPCS.done("create_ip_group", **(order | {"name": "spare"})).ip_set_id
    group = {"name": "everybody", "ipSetIds": [set_id]} | four
    group_id = VPCS.both("create_ip_set", {"ipSetIds": ["ips-unknown"]}, **group).ip_group_id
    for method in ("query_ip_group_list", "query_ip_set_list"):
        VPCS.both(method, neither, "BadRequest", **four)
    of_set = VPCS.about("ipSetId", set_id, "ips-unknown")
    of_group = VPCS.about("ipGroupId", group_id, "ipg-unknown")
    of_set("add_ip_address_to_ip_group", ipAddressInfo=[{"ipAddress": "10.0.0.2"}])
    expect(len(of_set("query_ip_group_detail").ip_address_info), 2)
    of_set("remove_ip_address_from_ip_group", ipAddressInfo=["10.0.0.2"])
    of_set("update_ip_group", name="renamed")
    of_group("add_ip_group_to_ip_set", ipSetIds=[spare])
    expect(sorted(of_group("query_ip_set_detail").ip_set_ids), sorted([set_id, spare]))
    of_group("remove_ip_group_from_ip_set", ipSetIds=[spare])
    of_group("update_ip_set", name="renamed")
    of_group("delete_ip_set")
    of_set("delete_ip_group")


PARTS = (networks, moves, security_groups, routes, filters, probes, address_templates)
