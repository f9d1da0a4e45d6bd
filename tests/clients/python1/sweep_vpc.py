"""What is decided in a VPC: ACL, enterprise security groups, address templates, probes."""

from __future__ import annotations

from around import NO_PAGE, calls_of, new_network
from baidubce.services.esg.esg_client import EsgClient
from baidubce.services.esg.esg_model import EnterpriseSecurityGroupRuleModel
from baidubce.services.probe.probe_client import ProbeClient
from baidubce.services.vpc.acl_client import AclClient
from baidubce.services.vpc.template_client import TemplateClient
from baidubce.services.vpc.template_model import TemplateIpAddressInfo
from program import expect

FILTERS, GUARDS, TEMPLATES, PROBES = (
    calls_of(AclClient),
    calls_of(EsgClient),
    calls_of(TemplateClient),
    calls_of(ProbeClient),
)
UNSENDABLE = {
    "add_ip_address_to_ip_set", "bind_ip_set", "delete_ip_address", "delete_ip_group", "delete_ip_set", "get_ip_group_detail",
    "get_ip_set_detail", "unbind_ip_set", "update_ip_group", "update_ip_set",
}  # fmt: skip
CLIENTS = (FILTERS.client, GUARDS.client, TEMPLATES.client, PROBES.client)


def filters() -> None:
    vpc_id, subnet_id = new_network()
    order = {
        "subnetId": subnet_id, "protocol": "tcp", "sourceIpAddress": "10.0.0.0/24", "destinationIpAddress": "10.0.0.0/24",
        "sourcePort": "1-65535", "destinationPort": "443", "position": 12, "direction": "ingress", "action": "allow",
    }  # fmt: skip
    FILTERS.both("create_acl", {"rule_list": [order | {"subnetId": "sbn-unknown"}]}, rule_list=[order])
    FILTERS.about("vpc_id", vpc_id, "vpc-unknown")("list_acl_entrys")
    made = FILTERS.about("subnet_id", subnet_id, "sbn-unknown")("list_subnet_acl").acl_rules[0].id
    of_rule = FILTERS.about("acl_rule_id", made, "ar-unknown")
    of_rule("update_acl", description="another", position=13)
    of_rule("delete_acl")


def allowed(ports: str) -> EnterpriseSecurityGroupRuleModel:
    return EnterpriseSecurityGroupRuleModel(
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        portRange=ports,
        sourceIp="all",
        action="allow",
        priority=1,
    )


def enterprise_groups() -> None:
    order = {"name": "guard", "rules": [allowed("443")]}
    made = GUARDS.done("create_enterprise_security_group", **order).enterprise_security_group_id
    GUARDS.refused("Esg.EsgNameDuplicate", "create_enterprise_security_group", **order)
    listed = GUARDS.both("list_enterprise_security_groups", NO_PAGE, "BadRequest", max_keys=10)
    rule_id = listed.enterprise_security_groups[0].rules[0].enterprise_security_group_rule_id
    group = "enterprise_security_group_id", made, "esg-unknown", "Esg.EsgResourceNotExist"
    rule = "enterprise_security_group_rule_id", rule_id, "esgr-unknown", "Esg.EsgRuleResourceNotExist"
    of_group, of_rule = GUARDS.about(*group), GUARDS.about(*rule)
    of_group("authorize_enterprise_security_group_rule", rules=[allowed("80")])
    of_rule("update_enterprise_security_group_rule", remark="another")
    of_rule("delete_enterprise_security_group_rule")
    of_group("delete_enterprise_security_group")


def address_templates() -> None:
    """What is about one of them fails before anything is sent: bytes and text are joined."""
    four, neither = {"ip_version": "IPv4"}, {"ip_version": "nothing"}
    offices = [TemplateIpAddressInfo("10.0.0.1")]
    made = TEMPLATES.both("create_ip_set", neither, "BadRequest", name="offices", ip_address_info=offices, **four)
    group = {"name": "everybody", "ip_set_ids": [made.ip_set_id]} | four
    TEMPLATES.both("create_ip_group", {"ip_set_ids": ["ips-unknown"]}, **group)
    for method in ("list_ip_set", "list_ip_group"):
        TEMPLATES.both(method, neither, "BadRequest", **four)


def probes() -> None:
    vpc_id, subnet_id = new_network()
    order = {
        "name": "probe", "vpc_id": vpc_id, "subnet_id": subnet_id, "protocol": "TCP", "frequency": 20, "dst_ip": "10.0.0.9",
        "dst_port": 80, "source_ip_num": 1,
    }  # fmt: skip
    made = PROBES.both("create_probe", {"vpc_id": "vpc-unknown"}, **order).probe_id
    of_probe = PROBES.about("probe_id", made, "probe-unknown")
    of_probe("update_probe", name="renamed", dst_ip="10.0.0.10", dst_port=81)
    seen = of_probe("get_probe")
    expect((seen.name, seen.dest_ip), ("renamed", "10.0.0.10"))
    PROBES.both("list_probes", {"marker": "probe-unknown"}, "BadRequest", max_keys=10)
    of_probe("delete_probe")


PARTS = (filters, enterprise_groups, address_templates, probes)
