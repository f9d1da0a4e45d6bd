"""Network interfaces, and what is in a VPC around them."""

from __future__ import annotations

from calls import Calls
from program import ZONE, expect
from sdk import running, vpc
from sweep_addresses import new_address

VPCS = Calls(vpc)
NO_CARD = {"eniId": "eni-unknown"}
ALLOWED = {
    "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": "443", "sourceIp": "all", "action": "allow",
    "priority": 1,
}  # fmt: skip


def home() -> tuple[str, str]:
    """The default VPC, and its subnet in the zone where instances are made."""
    (subnet,) = VPCS.done("query_subnet_list", zoneName=ZONE).subnets
    return subnet.vpc_id, subnet.subnet_id


def new_group(vpc_id: str) -> str:
    rule = {"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": "80", "sourceIp": "all"}
    return VPCS.done("create_security_group", name="swept", vpcId=vpc_id, rules=[rule]).security_group_id


def new_enterprise_group() -> str:
    made = VPCS.done("create_enterprise_security_group", name="guard", rules=[ALLOWED])
    return made.enterprise_security_group_id


def cards() -> None:
    instance_id, address = running(), new_address()
    vpc_id, subnet_id = home()
    group_id = new_group(vpc_id)
    order = {
        "name": "card", "subnetId": subnet_id, "securityGroupIds": [group_id],
        "privateIpSet": [{"primary": True, "privateIpAddress": "192.168.0.240"}],
    }  # fmt: skip
    card_id = VPCS.both("create_eni", {"subnetId": "sbn-unknown"}, **order).eni_id

    def of_card(method: str, **members) -> object:
        return VPCS.both(method, NO_CARD, "EniIdException", eniId=card_id, **members)

    of_card("get_eni_status")
    of_card("update_eni", name="renamed")
    of_card("add_eni_ip", privateIpAddress="192.168.0.241")
    of_card("batch_add_eni_ip", privateIpAddresses=["192.168.0.242"])
    of_card("delete_eni_ip", privateIpAddress="192.168.0.241")
    of_card("batch_delete_eni_ip", privateIpAddresses=["192.168.0.242"])
    of_card("bind_eni_eip", privateIpAddress="192.168.0.240", publicIpAddress=address)
    of_card("attach_eni_instance", instanceId=instance_id)
    seen = of_card("get_eni_detail")
    expect([seen.name, seen.instance_id, seen.private_ip_set[0].public_ip_address], ["renamed", instance_id, address])
    VPCS.both("list_eni", {"vpcId": "vpc-unknown"}, vpcId=vpc_id, instanceId=instance_id)
    of_card("unbind_eni_eip", publicIpAddress=address)
    of_card("detach_eni_instance", instanceId=instance_id)
    of_card("update_eni_enterprise_security_group", enterpriseSecurityGroupIds=[new_enterprise_group()])
    of_card("update_eni_security_group", securityGroupIds=[group_id])
    of_card("remove_eni")


def enterprise_groups() -> None:
    group_id, nothing = new_enterprise_group(), {"enterpriseSecurityGroupRuleId": "esgr-unknown"}
    group, no_group = {"enterpriseSecurityGroupId": group_id}, {"enterpriseSecurityGroupId": "esg-unknown"}
    VPCS.refused("Esg.EsgNameDuplicate", "create_enterprise_security_group", name="guard", rules=[ALLOWED])
    listing = VPCS.both("query_enterprise_security_group_list", {"maxKeys": -1}, "BadRequest", maxKeys=10)
    (listed,) = listing.enterprise_security_groups
    rule = {"enterpriseSecurityGroupRuleId": listed.rules[0].enterprise_security_group_rule_id}
    more, missing = [ALLOWED | {"portRange": "80"}], "Esg.EsgResourceNotExist"
    VPCS.both("authorize_enterprise_security_group_rules", no_group, missing, rules=more, **group)
    missing_rule = "Esg.EsgRuleResourceNotExist"
    VPCS.both("update_enterprise_security_group_rules", nothing, missing_rule, remark="another", **rule)
    VPCS.both("delete_enterprise_security_group_rules", nothing, missing_rule, **rule)
    VPCS.both("delete_enterprise_security_group", no_group, missing, **group)


PARTS = (cards, enterprise_groups)
