"""Every method of the SDK's clients: once as it succeeds, once as it is refused."""

from __future__ import annotations

from typing import Any

from baidubce.exception import BceHttpClientError
from baidubce.services.bcc import bcc_model
from program import ANOTHER_LINUX, ANOTHER_PASSWORD, LARGER_SPEC, LINUX, PASSWORD, SPEC, UNKNOWN, ZONE, settle
from sdk import POSTPAID, bcc, create, route, running, subnet, vpc
from sweeping import Sweep

TAGS = [bcc_model.TagModel("team", "red")]
PREPAID = bcc_model.Billing("Prepaid", 1)
OTHER_ACCOUNT = "test"
LATER = "2099-01-01T00:00:00Z"
ALWAYS_ANSWERED = {
    "describe_regions", "get_available_disk_info", "get_diagnostic_schemas", "list_asps", "list_bid_flavor",
    "list_deploy_sets", "list_flavor_spec", "list_instance_roles", "list_instance_specs", "list_snapshot_share",
    "list_type_zones", "list_zones",
}  # fmt: skip
"""Methods that take nothing that could be wrong, or find nothing instead of refusing."""
UNSENDABLE = {"autoRenew_volume_cluster", "cancel_autoRenew_volume_cluster"}
"""Methods that fail before they send anything, as they put bytes into JSON."""
ONLY_REFUSED = {
    "cancel_snapshot_share",  # nobody but the other account sees the share's id
    "cancle_remote_copy_image",  # the copy is in a region whose host name is not of this machine
    "switch_route",  # there are no gateways to switch between
}
SERVICES = (bcc, vpc, subnet, route)

SWEEP = Sweep(BceHttpClientError)


class Sweeper:
    """Calls methods of one service by name."""

    def __init__(self, service: object) -> None:
        self.service = service

    def done(self, method: str, *arguments: Any, **members: Any) -> Any:
        """A call that must succeed."""
        return SWEEP.done(method, lambda: getattr(self.service, method)(*arguments, **members))

    def refused(self, code: str, method: str, *arguments: Any, **members: Any) -> None:
        """A call that must be refused with this code."""
        SWEEP.refused(code, method, lambda: getattr(self.service, method)(*arguments, **members))


on_bcc, on_vpc, on_subnet, on_route = map(Sweeper, SERVICES)
done, refused = on_bcc.done, on_bcc.refused


def offers() -> None:
    done("list_zones")
    done("describe_regions", "bj")
    done("list_instance_specs")
    done("list_flavor_spec", zone_name=ZONE)
    done("list_type_zones", spec=SPEC)
    done("get_price_by_spec", spec=SPEC, payment_timing="Postpaid", zone_name=ZONE, purchase_num=1)
    refused(
        "BadRequest", "get_price_by_spec", spec="bcc.nothing", payment_timing="Postpaid", zone_name=ZONE, purchase_num=1
    )
    done("list_bid_flavor")
    bid = {"zone_name": ZONE, "image_id": LINUX, "bid_model": "market"}
    done("get_bid_instance_price", "N3", 1, 4, **bid)
    refused("BadRequest", "get_bid_instance_price", "nothing", 1, 4, **bid)


def creation() -> None:
    done("create_instance", 2, 8, LINUX, instance_type="N5", billing=POSTPAID)
    refused("NoSuchObject", "create_instance", 2, 8, "m-UNKNOWN0", instance_type="N5", billing=POSTPAID)
    made = done("create_instance_by_spec", SPEC, LINUX, billing=POSTPAID, admin_pass=PASSWORD)
    refused("BadRequest", "create_instance_by_spec", "bcc.nothing", LINUX, billing=POSTPAID)
    bid = {
        "instance_type": "N3",
        "billing": bcc_model.Billing("bidding"),
        "bid_model": "market",
        "admin_pass": PASSWORD,
    }
    done("create_instance_of_bid", 1, 4, LINUX, **bid)
    refused("NoSuchObject", "create_instance_of_bid", 1, 4, "m-UNKNOWN0", **bid)
    waiting = done("create_instance_of_bid", 1, 4, LINUX, **(bid | {"bid_model": "custom", "bid_price": "0.00001"}))
    done("cancel_bid_order", waiting.order_id)
    refused("BadRequest", "cancel_bid_order", "order-unknown")
    for method in (
        "create_instance_from_dedicated_host",
        "create_instance_from_dedicated_host_with_encrypted_password",
    ):
        done(method, 2, 8, LINUX, "d-MPgs6jPr")
        refused("NoSuchObject", method, 2, 8, "m-UNKNOWN0", "d-MPgs6jPr")
    settle()
    instance_id = made.instance_ids[0]
    done("get_instance", instance_id)
    refused("NoSuchObject", "get_instance", UNKNOWN)
    done("get_instance_with_deploy_set", instance_id)
    refused("NoSuchObject", "get_instance_with_deploy_set", UNKNOWN)
    done("get_instance_with_deploy_set_and_failed", instance_id, True)
    refused("NoSuchObject", "get_instance_with_deploy_set_and_failed", UNKNOWN, True)
    done("list_instances", zone_name=ZONE, max_keys=10)
    refused("BadRequest", "list_instances", max_keys=-1)
    done("list_instance_by_instance_ids", [instance_id])
    refused("BadRequest", "list_instance_by_instance_ids", [instance_id], max_keys=-1)
    done("list_id_mappings", [instance_id], "short", "bcc")
    refused("BadRequest", "list_id_mappings", [instance_id], "nothing", "bcc")


def power() -> None:
    instance_id = running()
    done("reboot_instance", instance_id)
    refused("Instance.RebootInstanceOperationForbidden", "reboot_instance", instance_id)
    settle()
    done("get_instance_vnc", instance_id)
    refused("NoSuchObject", "get_instance_vnc", UNKNOWN)
    done("stop_instance", instance_id, stopWithNoCharge=True)
    refused("Instance.StopInstanceOperationForbidden", "stop_instance", instance_id)
    settle()
    done("list_instance_no_charge")
    refused("BadRequest", "list_instance_no_charge", max_keys=-1)
    done("start_instance", instance_id)
    refused("Instance.StartInstanceOperationForbidden", "start_instance", instance_id)
    settle()
    done("enter_rescue_mode", instance_id, True, PASSWORD)
    refused("NoSuchObject", "enter_rescue_mode", UNKNOWN, True, PASSWORD)
    settle()
    done("exit_rescue_mode", instance_id)
    refused("NoSuchObject", "exit_rescue_mode", UNKNOWN)


def attributes() -> None:
    instance_id = running(user_data="IyEvYmluL3No")
    done("modify_instance_attributes", instance_id, name="renamed")
    refused("Instance.NameInvalid", "modify_instance_attributes", instance_id, name="1 !")
    done("modify_instance_desc", instance_id, "what it is for")
    refused("NoSuchObject", "modify_instance_desc", UNKNOWN, "what it is for")
    done("get_instance_user_data", instance_id)
    refused("NoSuchObject", "get_instance_user_data", UNKNOWN)
    done("modify_deletion_protection", instance_id, 1)
    refused("NoSuchObject", "modify_deletion_protection", UNKNOWN, 1)
    done("modify_related_delete_policy", instance_id, True)
    refused("NoSuchObject", "modify_related_delete_policy", UNKNOWN, True)
    done("bind_instance_to_tags", instance_id, TAGS)
    refused("NoSuchObject", "bind_instance_to_tags", UNKNOWN, TAGS)
    done("unbind_instance_from_tags", instance_id, TAGS)
    refused("NoSuchObject", "unbind_instance_from_tags", UNKNOWN, TAGS)
    done("bind_tags_batch_by_resource_type", "bcc", [instance_id], TAGS, False)
    refused("BadRequest", "bind_tags_batch_by_resource_type", "nothing", [instance_id], TAGS, False)
    done("unbind_tags_batch_by_resource_type", "bcc", [instance_id], TAGS, False)
    refused("BadRequest", "unbind_tags_batch_by_resource_type", "nothing", [instance_id], TAGS, False)
    done("list_instance_roles")
    done("bind_instance_role", [instance_id], "reader")
    refused("BadRequest", "bind_instance_role", [], "reader")
    done("unbind_instance_role", [instance_id], "reader")
    refused("BadRequest", "unbind_instance_role", [], "reader")
    done("modify_instance_password", instance_id, ANOTHER_PASSWORD)
    refused("NoSuchObject", "modify_instance_password", UNKNOWN, ANOTHER_PASSWORD)
    settle()
    done("modify_instance_hostname", instance_id, "another-host", reboot=True)
    refused("BadRequest", "modify_instance_hostname", instance_id, "-", reboot=True)
    settle()
    done("rebuild_instance", instance_id, ANOTHER_LINUX, PASSWORD)
    refused("NoSuchObject", "rebuild_instance", UNKNOWN, ANOTHER_LINUX, PASSWORD)
    settle()
    done("stop_instance", instance_id)
    settle()
    done("resize_instance", instance_id, 4, 16)
    refused("NoSuchObject", "resize_instance", UNKNOWN, 4, 16)
    settle()
    done("resize_instance_by_spec", instance_id, "bcc.g4.c8m32")
    refused("NoSuchObject", "resize_instance_by_spec", UNKNOWN, LARGER_SPEC)
    done("list_available_resize_specs", [instance_id])
    refused("BadRequest", "list_available_resize_specs", [UNKNOWN], spec=SPEC)


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
    settle()
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
    settle()
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
    done("remote_copy_image", image_id, "copied", ["gz"])
    refused("NoSuchObject", "remote_copy_image", "m-UNKNOWN0", "copied", ["gz"])
    refused("NoSuchObject", "cancle_remote_copy_image", "m-UNKNOWN0")
    settle()
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
    settle()
    done("del_instance_deploy", [instance_id], set_id)
    refused("NoSuchObject", "del_instance_deploy", [UNKNOWN], set_id)
    settle()
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
    on_vpc.done("get_private_ip_address_info", vpc_id, private_ip_range="10.0.1.0-10.0.1.20")
    on_vpc.refused("NoSuchObject", "get_private_ip_address_info", "vpc-unknown", private_ip_range="10.0.1.0-10.0.1.20")
    on_vpc.done("get_resource_ip", vpc_id, page_no=1, page_size=10)
    on_vpc.refused("NoSuchObject", "get_resource_ip", "vpc-unknown", page_no=1, page_size=10)
    on_vpc.done("open_relay", vpc_id)
    on_vpc.refused("NoSuchObject", "open_relay", "vpc-unknown")
    on_vpc.done("shutdown_relay", vpc_id)
    on_vpc.refused("NoSuchObject", "shutdown_relay", "vpc-unknown")
    subnet_id = on_subnet.done("create_subnet", "part", ZONE, "10.0.1.0/24", vpc_id).subnet_id
    other_id = on_subnet.done("create_subnet", "other", ZONE, "10.0.2.0/24", vpc_id).subnet_id
    on_subnet.refused("BadRequest", "create_subnet", "again", ZONE, "10.0.1.0/24", vpc_id)
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
    done("batch_add_ip", instance_id, private_ips=["10.0.1.77"])
    refused("BadRequest", "batch_add_ip", instance_id, private_ips=["10.9.9.9"])
    done("batch_delete_ip", instance_id, ["10.0.1.77"])
    refused("BadRequest", "batch_delete_ip", instance_id, ["10.0.1.78"])
    refused("BadRequest", "add_ipv6", instance_id, "not an address")
    refused("BadRequest", "delete_ipv6", instance_id)
    routes(vpc_id, instance_id)
    done("list_instance_enis", instance_id)
    refused("NoSuchObject", "list_instance_enis", UNKNOWN)
    done("instance_change_subnet", instance_id, other_id, reboot=True)
    refused("NoSuchObject", "instance_change_subnet", instance_id, "sbn-unknown")
    settle()
    on_subnet.done("delete_subnet", subnet_id)
    on_subnet.refused("NotAllowOperateSubnet", "delete_subnet", other_id)
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
    settle()
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
    on_route.refused("NoSuchObject", "switch_route", "rr-unknown")
    on_route.done("delete_route", rule_id)
    on_route.refused("NoSuchObject", "delete_route", rule_id)


def change_vpc(instance_id: str) -> None:
    vpc_id = vpc.create_vpc("moved", "10.1.0.0/16").vpc_id
    subnet_id = subnet.create_subnet("moved", ZONE, "10.1.1.0/24", vpc_id).subnet_id
    done("stop_instance", instance_id)
    settle()
    done("instance_change_vpc", instance_id, subnet_id, reboot=False)
    refused("NoSuchObject", "instance_change_vpc", instance_id, "sbn-unknown")
    settle()


def make_volume(size: int = 50) -> str:
    made = done("create_volume_with_cds_size", size, billing=POSTPAID, storage_type="cloud_hp1", zone_name=ZONE)
    settle()
    return made.volume_ids[0]


def volumes() -> None:
    instance_id = running(billing=PREPAID)
    volume_id = make_volume()
    refused(
        "Volume.DiskSizeInvalid",
        "create_volume_with_cds_size",
        1,
        billing=POSTPAID,
        storage_type="cloud_hp1",
        zone_name=ZONE,
    )
    done("list_volumes", zone_name=ZONE)
    refused("BadRequest", "list_volumes", max_keys=-1)
    done("get_volume", volume_id)
    refused("NoSuchObject", "get_volume", "v-UNKNOWN0")
    done("get_available_disk_info", ZONE)
    done("get_cds_price", 1, "Postpaid", "cloud_hp1", 50, 1, ZONE)
    refused("BadRequest", "get_cds_price", 1, "Postpaid", "nothing", 50, 1, ZONE)
    done("attach_volume", volume_id, instance_id)
    refused("NoSuchObject", "attach_volume", volume_id, UNKNOWN)
    settle()
    done("detach_volume", volume_id, instance_id)
    settle()
    refused("Volume.DiskNotAttachedInstance", "detach_volume", volume_id, instance_id)
    done("modify_volume_Attribute", volume_id, "renamed", "another")
    refused("NoSuchObject", "modify_volume_Attribute", "v-UNKNOWN0", "renamed", "another")
    done("tag_volume", volume_id, relation_tag=False, tags=TAGS)
    refused("NoSuchObject", "tag_volume", "v-UNKNOWN0", relation_tag=False, tags=TAGS)
    done("untag_volume", volume_id, relation_tag=False, tags=TAGS)
    refused("NoSuchObject", "untag_volume", "v-UNKNOWN0", relation_tag=False, tags=TAGS)
    done("modify_volume_delete_protection", [volume_id], False)
    refused("NoSuchObject", "modify_volume_delete_protection", ["v-UNKNOWN0"], False)
    done("resize_volume", volume_id, 100, "cloud_hp1")
    refused("NoSuchObject", "resize_volume", "v-UNKNOWN0", 100, "cloud_hp1")
    settle()
    done("attach_volume", volume_id, instance_id)
    settle()
    done("modify_volume_charge_type", volume_id, billing=PREPAID)
    refused("NoSuchObject", "modify_volume_charge_type", "v-UNKNOWN0", billing=PREPAID)
    settle()
    done("purchase_reserved_volume", volume_id, billing=PREPAID)
    refused("NoSuchObject", "purchase_reserved_volume", "v-UNKNOWN0", billing=PREPAID)
    done("auto_renew_cds_volume", volume_id, 1, "month")
    refused("NoSuchObject", "auto_renew_cds_volume", "v-UNKNOWN0", 1, "month")
    done("cancel_auto_renew_cds_volume", volume_id)
    refused("NoSuchObject", "cancel_auto_renew_cds_volume", "v-UNKNOWN0")
    done("release_volume", make_volume())
    refused("NoSuchObject", "release_volume", "v-UNKNOWN0")
    done("release_volume_new", make_volume(), auto_snapshot="on", manual_snapshot="on")
    refused("NoSuchObject", "release_volume_new", "v-UNKNOWN0")


def snapshots() -> None:
    volume_id = make_volume()
    instance_id = running()
    done("attach_volume", volume_id, instance_id)
    settle()
    snapshot_id = done("create_snapshot", volume_id, "before").snapshot_id
    refused("NoSuchObject", "create_snapshot", "v-UNKNOWN0", "before")
    settle()
    done("list_snapshots", volume_id=volume_id)
    refused("BadRequest", "list_snapshots", max_keys=-1)
    done("get_snapshot", snapshot_id)
    refused("NoSuchObject", "get_snapshot", "s-UNKNOWN0")
    chains = done("list_snapshot_chain", volume_id)
    refused("BadRequest", "list_snapshot_chain", volume_id, page_size=-1)
    chain_id = chains.snapchains[0].chain_id
    done("tag_snapshot_chain", chain_id, TAGS)
    refused("NoSuchObject", "tag_snapshot_chain", "sl-UNKNOWN0", TAGS)
    done("untag_snapshot_chain", chain_id, TAGS)
    refused("NoSuchObject", "untag_snapshot_chain", "sl-UNKNOWN0", TAGS)
    done("create_remote_copy_snapshot", snapshot_id, [bcc_model.DestRegionInfoModel("gz", "copied")])
    refused(
        "NoSuchObject", "create_remote_copy_snapshot", "s-UNKNOWN0", [bcc_model.DestRegionInfoModel("gz", "copied")]
    )
    done("create_snapshot_share", snapshot_id, [OTHER_ACCOUNT])
    refused("NoSuchObject", "create_snapshot_share", "s-UNKNOWN0", [OTHER_ACCOUNT])
    done("list_snapshot_share", "", 10)
    refused("NoSuchObject", "cancel_snapshot_share", "s-UNKNOWN0", [OTHER_ACCOUNT], "s-UNKNOWN1")
    image_id = "create_image_from_snapshot_id"
    done("create_volume_with_snapshot_id", snapshot_id, billing=POSTPAID, storage_type="cloud_hp1", zone_name=ZONE)
    refused(
        "NoSuchObject",
        "create_volume_with_snapshot_id",
        "s-UNKNOWN0",
        billing=POSTPAID,
        storage_type="cloud_hp1",
        zone_name=ZONE,
    )
    of_system = done("create_snapshot", instance_id, "system").snapshot_id
    settle()
    done(image_id, "of-a-snapshot", of_system)
    refused("NoSuchObject", image_id, "of-a-snapshot", "s-UNKNOWN0")
    settle()
    done("detach_volume", volume_id, instance_id)
    settle()
    done("rollback_volume", volume_id, snapshot_id)
    refused("NoSuchObject", "rollback_volume", volume_id, "s-UNKNOWN0")
    settle()
    made = done("create_instance_snapshot", instance_id, "whole")
    refused("NoSuchObject", "create_instance_snapshot", UNKNOWN, "whole")
    settle()
    done("list_instance_snapshot")
    refused("BadRequest", "list_instance_snapshot", max_keys=-1)
    done("rename_instance_snapshot", [made.instance_snapshot_id], "renamed")
    refused("NoSuchObject", "rename_instance_snapshot", ["insnap-UNKNOWN0"], "renamed")
    done("delete_instance_snapshot", [made.instance_snapshot_id])
    refused("NoSuchObject", "delete_instance_snapshot", ["insnap-UNKNOWN0"])
    done("delete_snapshot", snapshot_id)
    refused("NoSuchObject", "delete_snapshot", "s-UNKNOWN0")


def policies() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volume_id, instance_id)
    settle()
    asp_id = done("create_asp", "nightly", ["0", "12"], ["1", "3"], "7").asp_id
    refused("Asp.TimePointsInvalid", "create_asp", "nightly", ["99"], ["1"], "7")
    done("list_asps")
    done("get_asp", asp_id)
    refused("NoSuchObject", "get_asp", "asp-UNKNOWN0")
    done("update_asp", "renamed", asp_id, ["1"], ["2"], "3")
    refused("NoSuchObject", "update_asp", "renamed", "asp-UNKNOWN0", ["1"], ["2"], "3")
    done("attach_asp", asp_id, [volume_id])
    refused("NoSuchObject", "attach_asp", "asp-UNKNOWN0", [volume_id])
    done("detach_asp", asp_id, [volume_id])
    refused("NoSuchObject", "detach_asp", "asp-UNKNOWN0", [volume_id])
    done("delete_asp", asp_id)
    refused("NoSuchObject", "delete_asp", asp_id)


def batches() -> None:
    ids = create(2)
    settle()
    done("batch_stop_instance", ids)
    refused("NoSuchObject", "batch_stop_instance", [UNKNOWN])
    settle()
    done("batch_start_instance", ids)
    refused("NoSuchObject", "batch_start_instance", [UNKNOWN])
    settle()
    done("batch_reboot_instance", ids)
    refused("NoSuchObject", "batch_reboot_instance", [UNKNOWN])
    settle()
    done("batch_rebuild_instances", LINUX, PASSWORD, ids)
    refused("NoSuchObject", "batch_rebuild_instances", LINUX, PASSWORD, [UNKNOWN])
    settle()
    done("batch_stop_instance", ids)
    settle()
    done("batch_resize_instance", ids, LARGER_SPEC)
    refused("NoSuchObject", "batch_resize_instance", [UNKNOWN], LARGER_SPEC)


def billing() -> None:
    first, second = create(2)
    settle()
    change = bcc_model.PayTimingChangeReqModel
    done("change_to_prepaid", first, 1, False, False)
    refused("NoSuchObject", "change_to_prepaid", UNKNOWN, 1, False, False)
    done("batch_change_instance_to_prepay", [change(second, duration=1)])
    refused("NoSuchObject", "batch_change_instance_to_prepay", [change(UNKNOWN, duration=1)])
    settle()
    done("purchase_reserved_instance", first, PREPAID)
    refused("NoSuchObject", "purchase_reserved_instance", UNKNOWN, PREPAID)
    done("batch_create_auto_renew_rules", first, "month", 1)
    refused("NoSuchObject", "batch_create_auto_renew_rules", UNKNOWN, "month", 1)
    done("batch_delete_auto_renew_rules", first)
    refused("NoSuchObject", "batch_delete_auto_renew_rules", UNKNOWN)
    done("batch_change_instance_to_postpay", [change(second)])
    refused("NoSuchObject", "batch_change_instance_to_postpay", [change(UNKNOWN)])
    settle()
    done("batch_refund_resources", [first])
    refused("NoSuchObject", "batch_refund_resources", [UNKNOWN])


def release() -> None:
    ids = create(6)
    prepaid = create(1, billing=PREPAID)[0]
    settle()
    done("auto_release_instance", ids[0], LATER)
    refused("NoSuchObject", "auto_release_instance", UNKNOWN, LATER)
    done("release_instance", ids[0])
    refused("NoSuchObject", "release_instance", UNKNOWN)
    done("release_instance_with_related_resources", ids[1], True, True, bcc_recycle_flag=True)
    refused("NoSuchObject", "release_instance_with_related_resources", UNKNOWN, True, True)
    done("release_instance_with_related_resources", ids[2], True, True, bcc_recycle_flag=True)
    done("get_instance_delete_progress", [ids[1]])
    refused("BadRequest", "get_instance_delete_progress", [])
    settle()
    done("list_recycled_instances")
    refused("BadRequest", "list_recycled_instances", max_keys=-1)
    done("recovery_instances", [ids[1]])
    refused("NoSuchObject", "recovery_instances", [UNKNOWN])
    done("delete_recycled_instance", ids[2])
    refused("NoSuchObject", "delete_recycled_instance", UNKNOWN)
    done("batch_delete_instance_with_related_resource", [ids[3], ids[4]], True, True)
    refused("InappropriateJSON", "batch_delete_instance_with_related_resource", [UNKNOWN])
    done("release_prepaid_instance_with_related_resources", prepaid)
    refused("NoSuchObject", "release_prepaid_instance_with_related_resources", UNKNOWN)
    done("list_task")
    refused("BadRequest", "list_task", max_keys=-1)
    done("get_task", ["task-unknown"])
    refused("BadRequest", "get_task", ["task-unknown"], max_keys=-1)


def others() -> None:
    """What stands around: reservations, clusters, events, reports."""
    instance_id = running()
    done("create_ehc_cluster", "cluster", ZONE)
    done("modify_ehc_cluster", "ehc-unknown", "renamed")
    done("get_ehc_cluster_list")
    done("delete_ehc_cluster", ["ehc-unknown"])
    done("create_reserved_instances", "mine", zone_name=ZONE, spec=SPEC, offering_type="FullyPrepay", instance_count=1)
    done("modify_reserved_instances", [bcc_model.ModifyReservedInstanceModel("r-unknown", ZONE, "renamed")])
    done("bind_reserved_instance_to_tags", ["r-unknown"], TAGS)
    done("unbind_reserved_instance_from_tags", ["r-unknown"], TAGS)
    done("query_reserved_instance_price", "g5", SPEC, "FullyPrepay", ZONE)
    done("create_volume_cluster", 97280)
    done("list_volume_cluster")
    done("get_volume_cluster", "dc-unknown")
    done("resize_volume_cluster", "dc-unknown", 100000)
    done("renew_volume_cluster", "dc-unknown")
    done("authorize_server_event", "reboot", server_event_id="event-unknown")
    done("create_authorize_rule", "PlannedEvent", ["reboot"], "mine")
    done("modify_authorize_rule", "rule-unknown", rule_name="renamed")
    done("delete_authorize_rule", "rule-unknown")
    for method in (
        "describe_authorize_rules",
        "describe_planned_events",
        "describe_planned_recored_events",
        "describe_unplanned_events",
        "describe_unplanned_recored_events",
    ):
        done(method, 10)
    done("check_unplanned_event", "event-unknown", "solved")
    done("get_diagnostic_schemas")
    done("list_diagnostic_report", "", instance_id, "", "")
    done("create_diagnostic", "metrics", instance_id, 1)
    done("delete_diagnostic_report", ["report-unknown"])


PARTS = (
    offers, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, others,
)  # fmt: skip


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    return SWEEP.verdict(SERVICES, never_refused=ALWAYS_ANSWERED | UNSENDABLE, only_refused=ONLY_REFUSED | UNSENDABLE)
