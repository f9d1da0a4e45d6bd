"""What stands around instances: groups, keys, images, deploy sets, networks."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from baidubce.services.route.route_model import NextHop
from calls import OTHER_ACCOUNT, TAGS, Sweeper, done, on_route, on_subnet, on_vpc, refused
from program import SPEC, UNKNOWN, ZONE, run_due
from sdk import client_in, et_gateway, route, running, subnet, vpc


def rule(port: str = "80") -> bcc_model.SecurityGroupRuleModel:
    return bcc_model.SecurityGroupRuleModel(
        remark="open", direction="ingress", ethertype="IPv4", protocol="tcp", portRange=port, sourceIp="all"
    )


def groups() -> None:
    instance_id = running()
    group_id = done("create_security_group", "web", [rule()], desc="of the web").security_group_id
    other_id = done("create_security_group", "other", [rule()]).security_group_id
    refused("SecurityGroup.RulePortRangeInvalid", "create_security_group", "web", [rule("70000")])
    done("list_security_groups")
    refused("BadRequest", "list_security_groups", max_keys=-1)
    detail = done("get_security_group_detail", group_id)
    refused("NoSuchObject", "get_security_group_detail", "g-unknown")
    done("authorize_security_group_rule", group_id, rule("443"))
    refused("SecurityGroup.RuleDuplicated", "authorize_security_group_rule", group_id, rule("443"))
    rule_id = detail.rules[0].security_group_rule_id
    done("update_security_group_rule", rule_id, remark="another")
    refused("NoSuchObject", "update_security_group_rule", "r-unknown", remark="another")
    done("revoke_security_group_rule", group_id, rule("443"))
    refused("SecurityGroup.RuleNotExist", "revoke_security_group_rule", group_id, rule("443"))
    done("delete_security_group_rule", rule_id)
    refused("NoSuchObject", "delete_security_group_rule", "r-unknown")
    done("bind_instance_to_security_group", instance_id, group_id)
    refused("NoSuchObject", "bind_instance_to_security_group", instance_id, "g-unknown")
    done("unbind_instance_from_security_group", instance_id, group_id)
    refused("NoSuchObject", "unbind_instance_from_security_group", instance_id, group_id)
    done("bind_sg", [instance_id], [group_id], "normal")
    refused("NoSuchObject", "bind_sg", [instance_id], ["g-unknown"], "normal")
    done("replace_sg", [instance_id], [group_id, other_id], "normal")
    refused("NoSuchObject", "replace_sg", [instance_id], ["g-unknown"], "normal")
    refused("SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted", "delete_security_group", group_id)
    done("unbind_sg", [instance_id], [group_id], "normal")
    refused("NoSuchObject", "unbind_sg", [instance_id], ["g-unknown"], "normal")
    done("delete_security_group", group_id)


PUBLIC_KEY = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp/TR+fQi62F79RHWmwKOtFmwteURgLbj7D/"
    "WGuNLGOfa/2vse3G2eHnHl5CB8ruRX9fBl/KgwCVr2JaEuUm66bBQeP5XeBotdR4cvX38uPYivCDdPjJ1QWPdspTBKcxeFbccDw== a@b"
)


def keypairs() -> None:
    instance_id = running()
    done("stop_instance", instance_id)
    run_due()
    keypair_id = done("create_keypair", "mine", "what it opens").keypair.keypair_id
    refused("Keypair.KeypairNameInvalid", "create_keypair", "1 !")
    done("import_keypair", "theirs", "from elsewhere", PUBLIC_KEY)
    refused("Keypair.PublicKeyFormatInvalid", "import_keypair", "broken", "", "no key")
    done("list_keypairs")
    refused("BadRequest", "list_keypairs", max_keys=-1)
    done("get_keypair", keypair_id)
    refused("Keypair.KeypairNotExist", "get_keypair", "k-unknown")
    done("attach_keypair", keypair_id, [instance_id])
    refused("Keypair.KeypairNotExist", "attach_keypair", "k-unknown", [instance_id])
    done("detach_keypair", keypair_id, [instance_id])
    refused("Keypair.KeypairNotExist", "detach_keypair", "k-unknown", [instance_id])
    done("rename_keypair", keypair_id, "renamed")
    refused("Keypair.KeypairNotExist", "rename_keypair", "k-unknown", "renamed")
    done("update_keypair_desc", keypair_id, "another")
    refused("Keypair.KeypairNotExist", "update_keypair_desc", "k-unknown", "another")
    done("delete_keypair", keypair_id)
    refused("Keypair.KeypairNotExist", "delete_keypair", keypair_id)


def images() -> None:
    instance_id = running()
    image_id = done("create_image_from_instance_id", "mine", instance_id).image_id
    refused("NoSuchObject", "create_image_from_instance_id", "mine", UNKNOWN)
    run_due()
    done("list_images", image_type="Custom")
    refused("BadRequest", "list_images", image_type="nothing")
    done("get_image", image_id)
    refused("NoSuchObject", "get_image", "m-UNKNOWN0")
    done("share_image", image_id, account_id=OTHER_ACCOUNT)
    refused("NoSuchObject", "share_image", "m-UNKNOWN0", account_id=OTHER_ACCOUNT)
    done("list_shared_user", image_id)
    refused("NoSuchObject", "list_shared_user", "m-UNKNOWN0")
    done("unshare_image", image_id, account_id=OTHER_ACCOUNT)
    refused("NoSuchObject", "unshare_image", "m-UNKNOWN0", account_id=OTHER_ACCOUNT)
    done("list_os", [instance_id])
    refused("NoSuchObject", "list_os", [UNKNOWN])
    done("bind_image_to_tags", image_id, TAGS)
    refused("NoSuchObject", "bind_image_to_tags", "m-UNKNOWN0", TAGS)
    done("unbind_image_to_tags", image_id, TAGS)
    refused("NoSuchObject", "unbind_image_to_tags", "m-UNKNOWN0", TAGS)
    copy = done("remote_copy_image", image_id, "copied", ["gz"]).result[0]
    there = Sweeper(client_in("gz"))
    there.done("cancle_remote_copy_image", copy.image_id)
    refused("NoSuchObject", "remote_copy_image", "m-UNKNOWN0", "copied", ["gz"])
    refused("NoSuchObject", "cancle_remote_copy_image", "m-UNKNOWN0")
    run_due()
    done("get_available_images_by_spec", spec=SPEC)
    refused("BadRequest", "get_available_images_by_spec", spec="bcc.nothing")
    done("import_custom_image", "Centos", "x86_64", "linux", "6.5", "imported", "http://bos.example/image.vhd")
    refused(
        "BadRequest",
        "import_custom_image",
        "nothing",
        "x86_64",
        "nothing",
        "6.5",
        "imported2",
        "http://bos.example/image.vhd",
    )
    done("delete_image", image_id)
    refused("NoSuchObject", "delete_image", image_id)


def deploy_sets() -> None:
    set_id = done("create_deploy_set", "spread", "HOST_HA", "apart").deploy_set_ids[0]
    refused("BadRequest", "create_deploy_set", "spread2", "nothing")
    instance_id = running()
    done("list_deploy_sets")
    done("get_deploy_set", set_id)
    refused("BadRequest", "get_deploy_set", "dset-unknown")
    done("modify_deploy_set", set_id, "renamed", "another")
    refused("NoSuchObject", "modify_deploy_set", "dset-unknown", "renamed")
    done("update_instance_deploy", instance_id, [set_id])
    refused("NoSuchObject", "update_instance_deploy", UNKNOWN, [set_id])
    task = done("list_task").tasks[0]
    refused("BadRequest", "list_task", max_keys=-1)
    done("get_task", [task.task_id])
    refused("BadRequest", "get_task", [task.task_id], max_keys=-1)
    run_due()
    done("del_instance_deploy", [instance_id], set_id)
    refused("NoSuchObject", "del_instance_deploy", [UNKNOWN], set_id)
    run_due()
    done("delete_deploy_set", set_id)
    refused("NoSuchObject", "delete_deploy_set", "dset-unknown")


def networks() -> None:
    vpc_id = on_vpc.done("create_vpc", "net", "10.0.0.0/16").vpc_id
    on_vpc.refused("BadRequest", "create_vpc", "net", "10.0.0.0/99")
    on_vpc.done("list_vpcs")
    on_vpc.refused("BadRequest", "list_vpcs", max_keys=-1)
    on_vpc.done("get_vpc", vpc_id)
    on_vpc.refused("NoSuchObject", "get_vpc", "vpc-unknown")
    on_vpc.done("update_vpc", vpc_id, "renamed", "another")
    on_vpc.refused("NoSuchObject", "update_vpc", "vpc-unknown", "renamed")
    on_vpc.done("open_relay", vpc_id)
    on_vpc.refused("NoSuchObject", "open_relay", "vpc-unknown")
    on_vpc.done("shutdown_relay", vpc_id)
    on_vpc.refused("NoSuchObject", "shutdown_relay", "vpc-unknown")
    subnet_id = on_subnet.done("create_subnet", "part", ZONE, "10.0.1.0/24", vpc_id).subnet_id
    other_id = on_subnet.done("create_subnet", "other", ZONE, "10.0.2.0/24", vpc_id).subnet_id
    on_subnet.refused("CidrConflict", "create_subnet", "again", ZONE, "10.0.1.0/24", vpc_id)
    on_subnet.done("list_subnets", vpc_id=vpc_id)
    on_subnet.refused("BadRequest", "list_subnets", max_keys=-1)
    on_subnet.done("get_subnet", subnet_id)
    on_subnet.refused("NoSuchObject", "get_subnet", "sbn-unknown")
    on_subnet.done("update_subnet", subnet_id, "renamed")
    on_subnet.refused("NoSuchObject", "update_subnet", "sbn-unknown", "renamed")
    reserved = on_subnet.done("create_subnet_ipreserve", subnet_id, "10.0.1.128/28", 4)
    on_subnet.refused("NoSuchObject", "create_subnet_ipreserve", "sbn-unknown", "10.0.1.128/28", 4)
    on_subnet.done("list_subnet_ipreserve", subnet_id)
    on_subnet.refused("NoSuchObject", "list_subnet_ipreserve", "sbn-unknown")
    on_subnet.done("delete_subnet_ipreserve", reserved.ip_reserve_id)
    on_subnet.refused("NoSuchObject", "delete_subnet_ipreserve", "ipr-unknown")
    instance_id = running(subnet_id=subnet_id)
    on_vpc.done("get_private_ip_address_info", vpc_id, private_ip_range="10.0.1.0-10.0.1.20")
    on_vpc.refused("NoSuchObject", "get_private_ip_address_info", "vpc-unknown", private_ip_range="10.0.1.0-10.0.1.20")
    on_vpc.done("get_resource_ip", vpc_id, page_no=1, page_size=10)
    on_vpc.refused("NoSuchObject", "get_resource_ip", "vpc-unknown", page_no=1, page_size=10)
    done("batch_add_ip", instance_id, private_ips=["10.0.1.77"])
    refused("BadRequest", "batch_add_ip", instance_id, private_ips=["10.9.9.9"])
    done("batch_delete_ip", instance_id, ["10.0.1.77"])
    refused("PrivateIPNotExistException", "batch_delete_ip", instance_id, ["10.0.1.78"])
    refused("BadRequest", "add_ipv6", instance_id, "not an address")
    refused("BadRequest", "delete_ipv6", instance_id)
    routes(vpc_id, instance_id)
    done("list_instance_enis", instance_id)
    refused("NoSuchObject", "list_instance_enis", UNKNOWN)
    done("instance_change_subnet", instance_id, other_id, reboot=True)
    refused("NoSuchObject", "instance_change_subnet", instance_id, "sbn-unknown")
    run_due()
    on_subnet.done("delete_subnet", subnet_id)
    on_subnet.refused("ResourceNeedRelease", "delete_subnet", other_id)
    change_vpc(instance_id)
    on_subnet.done("delete_subnet", other_id)
    on_vpc.done("delete_vpc", vpc_id)
    on_vpc.refused("NoSuchObject", "delete_vpc", vpc_id)
    six()


def six() -> None:
    """IPv6 on an instance in a subnet that has it."""
    vpc_id = vpc.create_vpc("six", "10.6.0.0/16", enable_ipv6=True).vpc_id
    subnet_id = subnet.create_subnet("six", ZONE, "10.6.1.0/24", vpc_id, enable_ipv6=True).subnet_id
    instance_id = running(subnet_id=subnet_id)
    done("add_ipv6", instance_id, None, reboot=True)
    run_due()
    done("delete_ipv6", instance_id, reboot=True)


def routes(vpc_id: str, instance_id: str) -> None:
    table = on_route.done("get_route", vpc_id=vpc_id)
    on_route.refused("NoSuchObject", "get_route", vpc_id="vpc-unknown")
    rule_id = on_route.done(
        "create_route", table.route_table_id, "10.0.1.0/24", "172.16.0.0/16", "custom", "out", instance_id
    ).route_rule_id
    on_route.refused(
        "NoSuchObject", "create_route", "rt-unknown", "10.0.1.0/24", "172.16.0.0/16", "custom", "out", instance_id
    )
    on_route.done("get_route_rule", vpcId=vpc_id)
    on_route.refused("NoSuchObject", "get_route_rule", vpcId="vpc-unknown")
    on_route.done("update_route", rule_id, description="another")
    on_route.refused("NoSuchObject", "update_route", "rr-unknown", description="another")
    hops = [NextHop("dc-active1", "dcGateway", "ha:active"), NextHop("dc-standby", "dcGateway", "ha:standby")]
    ranges = "10.0.1.0/24", "172.17.0.0/16"
    on_route.refused("NoSuchObject", "create_route", table.route_table_id, *ranges, next_hops=hops)
    active, standby = (et_gateway.create_et_gateway(name, vpc_id, 100).et_gateway_id for name in ("active", "standby"))
    hops = [NextHop(active, "dcGateway", "ha:active"), NextHop(standby, "dcGateway", "ha:standby")]
    lines = on_route.done("create_route", table.route_table_id, *ranges, next_hops=hops).route_rule_ids
    on_route.done("switch_route", lines[0])
    on_route.refused("NoSuchObject", "switch_route", "rr-unknown")
    for line in lines:
        route.delete_route(line)
    for gateway in (active, standby):
        et_gateway.delete_et_gateway(gateway)
    on_route.done("delete_route", rule_id)
    on_route.refused("NoSuchObject", "delete_route", rule_id)


def change_vpc(instance_id: str) -> None:
    vpc_id = vpc.create_vpc("moved", "10.1.0.0/16").vpc_id
    subnet_id = subnet.create_subnet("moved", ZONE, "10.1.1.0/24", vpc_id).subnet_id
    done("stop_instance", instance_id)
    run_due()
    done("instance_change_vpc", instance_id, subnet_id, reboot=False)
    refused("NoSuchObject", "instance_change_vpc", instance_id, "sbn-unknown")
    run_due()
