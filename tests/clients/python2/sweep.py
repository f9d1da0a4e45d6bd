"""Every method of the SDK's client: once as it succeeds, once as it is refused."""

from __future__ import annotations

from typing import Any

from baiducloud_python_sdk_core.exception import BceHttpClientError
from program import ANOTHER_LINUX, ANOTHER_PASSWORD, LARGER_SPEC, LINUX, PASSWORD, SPEC, UNKNOWN, ZONE, settle
from sdk import ORDER, ask, bcc, create, encrypted, running
from sweeping import Sweep, methods

POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "Month"}}
TAGS = [{"tagKey": "team", "tagValue": "red"}]
NO_GROUP, NO_IMAGE, NO_KEY, NO_SET, NO_VOLUME = "g-unknown", "m-UNKNOWN0", "k-unknown", "dset-unknown", "v-UNKNOWN0"
ALWAYS_ANSWERED = {
    "describe_regions", "describe_snapshots_usage", "get_disk_quota", "get_zone_by_spec", "list_bid_flavor", "list_deploy_set", "list_flavor_spec",
    "get_role_list", "list_snapshot_share", "list_zones",
}  # fmt: skip
"""Methods that take nothing that could be wrong, or find nothing instead of refusing."""
ONLY_REFUSED = {
    "add_ipv6",
    "change_vpc",
    "del_ipv6",
    "update_instance_subnet",  # these need a network, which the SDK can not make
    "cancel_bid_order",  # its orders at a bid are orders by spec, which are fulfilled at once
    "cancel_remote_copy_image",  # the copy is in a region whose host name is not of this machine
    "cancel_snapshot_share",  # nobody but the other account sees the share's id
}
ACTIONS = {
    "authorize_server_event": "AuthorizeServerEvent",
    "check_server_event": "CheckUnplannedEvent",
    "create_authorization_rule": "CreateAuthorizeRule",
    "delete_inst_user_op_authorize_rule": "DeleteInstUserOpAuthorizeRule",
    "describe_authorize_rules": "DescribeAuthorizeRules",
    "describe_planned_event_records": "DescribePlannedEventRecords",
    "describe_planned_events": "DescribePlannedEvents",
    "describe_snapshots_usage": "describeSnapshotsUsage",
    "describe_unplanned_event_records": "DescribeUnplannedEventRecords",
    "describe_unplanned_events": "DescribeUnplannedEvents",
    "modify_inst_user_op_authorize_rule_attribute": "ModifyInstUserOpAuthorizeRuleAttribute",
}
"""The SDK leaves it to its users to name the action of these."""
SWEEP = Sweep(BceHttpClientError)


def done(method: str, **members: Any) -> Any:
    """A call that must succeed."""
    return SWEEP.done(method, lambda: ask(method, **members))


def refused(code: str, method: str, **members: Any) -> None:
    """A call that must be refused with this code."""
    SWEEP.refused(code, method, lambda: ask(method, **members))


def both(method: str, wrong: dict[str, Any], code: str = "NoSuchObject", **members: Any) -> Any:
    """A call that must succeed, and must be refused with some members changed."""
    answer = done(method, **members)
    refused(code, method, **(members | wrong))
    return answer


def offers() -> None:
    done("list_zones")
    done("describe_regions", region="bj")
    done("list_flavor_spec", zoneName=ZONE)
    done("get_zone_by_spec", spec=SPEC)
    both(
        "get_price_by_spec",
        {"spec": "bcc.nothing"},
        "BadRequest",
        spec=SPEC,
        paymentTiming="Postpaid",
        zoneName=ZONE,
        purchaseLength=1,
    )
    done("list_bid_flavor")
    both("get_bid_instance_price", {"spec": "bcc.nothing"}, "BadRequest", spec=SPEC, zoneName=ZONE)


def creation() -> None:
    (instance_id,) = both("create_instance_by_spec", {"spec": "bcc.nothing"}, "BadRequest", **ORDER).instance_ids
    bid = ORDER | {"billing": {"paymentTiming": "bidding"}, "bidModel": "market"}
    both("create_bid_instance", {"imageId": NO_IMAGE}, **bid)
    refused("BadRequest", "cancel_bid_order", orderId="order-unknown")
    settle()
    both("get_instance", {"instanceId": UNKNOWN}, instanceId=instance_id)
    both("list_instances", {"maxKeys": -1}, "BadRequest", zoneName=ZONE)
    both("list_instance_by_ids", {"maxKeys": -1}, "BadRequest", instanceIds=[instance_id])


def power() -> None:
    instance_id = running()
    done("reboot_instance", instanceId=instance_id)
    refused("Instance.RebootInstanceOperationForbidden", "reboot_instance", instanceId=instance_id)
    settle()
    both("get_instance_vnc", {"instanceId": UNKNOWN}, instanceId=instance_id)
    both("stop_instance", {}, "Instance.StopInstanceOperationForbidden", instanceId=instance_id, stopWithNoCharge=True)
    settle()
    both("get_instance_no_charge_list", {"maxKeys": -1}, "BadRequest")
    both("start_instance", {}, "Instance.StartInstanceOperationForbidden", instanceId=instance_id)
    settle()
    rescue = {"password": encrypted(PASSWORD), "forceStop": True}
    both("enter_rescue_mode", {"instanceId": UNKNOWN}, instanceId=instance_id, **rescue)
    settle()
    both("exit_rescue_mode", {"instanceId": UNKNOWN}, instanceId=instance_id)


def attributes() -> None:
    instance_id = running()
    here, nowhere = {"instanceId": instance_id}, {"instanceId": UNKNOWN}
    both("modify_instance_attributes", {"name": "1 !"}, "Instance.NameInvalid", name="renamed", **here)
    both("modify_instance_desc", nowhere, desc="what it is for", **here)
    both("get_instance_user_data_info", nowhere, **here)
    both("instance_deletion_protection", nowhere, deletionProtection=1, **here)
    both("modify_related_delete_policy", nowhere, isEipAutoRelatedDelete=True, **here)
    both("bind_instance_to_tags", nowhere, changeTags=TAGS, **here)
    both("unbind_instance_from_tags", nowhere, changeTags=TAGS, **here)
    done("get_role_list")
    both("bind_role", {"instances": []}, "BadRequest", roleName="reader", instances=[here])
    both("unbind_role", {"instances": []}, "BadRequest", roleName="reader", instances=[here])
    both("modify_instance_password", nowhere, adminPass=encrypted(ANOTHER_PASSWORD), **here)
    settle()
    both("modify_instance_hostname", {"hostname": "-"}, "BadRequest", hostname="another-host", reboot=True, **here)
    settle()
    both("rebuild_instance", nowhere, imageId=ANOTHER_LINUX, adminPass=encrypted(PASSWORD), **here)
    settle()
    done("stop_instance", **here)
    settle()
    both("resize_instance_by_spec", nowhere, spec=LARGER_SPEC, **here)
    settle()
    both("list_available_resize_spec", {"spec": SPEC}, "BadRequest", instanceIdList=[instance_id])


def rule(port: str = "80") -> dict[str, str]:
    return {
        "remark": "open", "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": port, "sourceIp": "all",
    }  # fmt: skip


def groups() -> None:
    instance_id = running()
    bad = {"rules": [rule("70000")]}
    group_id = both(
        "create_security_group", bad, "SecurityGroup.RulePortRangeInvalid", name="web", rules=[rule()]
    ).security_group_id
    other_id = done("create_security_group", name="other", rules=[rule()]).security_group_id
    listed = both("list_security_groups", {"maxKeys": -1}, "BadRequest", securityGroupIds=group_id)
    rule_id = listed.security_groups[0].rules[0].security_group_rule_id
    both(
        "authorize_security_group_rule", {}, "SecurityGroup.RuleDuplicated", securityGroupId=group_id, rule=rule("443")
    )
    both(
        "update_security_group_rule",
        {"securityGroupRuleId": "r-unknown"},
        securityGroupRuleId=rule_id,
        remark="another",
    )
    both("revoke_security_group_rule", {}, "SecurityGroup.RuleNotExist", securityGroupId=group_id, rule=rule("443"))
    both("delete_security_group_rule", {}, securityGroupRuleId=rule_id)
    both(
        "bind_instance_to_security_group",
        {"securityGroupId": NO_GROUP},
        instanceId=instance_id,
        securityGroupId=group_id,
    )
    both("unbind_instance_from_security_group", {}, instanceId=instance_id, securityGroupId=group_id)
    several = {"instanceIds": [instance_id], "securityGroupType": "normal"}
    nothing = {"securityGroupIds": [NO_GROUP]}
    both("bind_instance_security_group", nothing, securityGroupIds=[group_id], **several)
    both("replace_instance_security_group", nothing, securityGroupIds=[group_id, other_id], **several)
    both("unbind_instance_security_group", nothing, securityGroupIds=[group_id], **several)
    both("delete_security_group", {}, securityGroupId=group_id)


PUBLIC_KEY = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp/TR+fQi62F79RHWmwKOtFmwteURgLbj7D/"
    "WGuNLGOfa/2vse3G2eHnHl5CB8ruRX9fBl/KgwCVr2JaEuUm66bBQeP5XeBotdR4cvX38uPYivCDdPjJ1QWPdspTBKcxeFbccDw== a@b"
)


def keypairs() -> None:
    instance_id = running()
    done("stop_instance", instanceId=instance_id)
    settle()
    missing, code = {"keypairId": NO_KEY}, "Keypair.KeypairNotExist"
    keypair_id = both("create_keypair", {"name": "1 !"}, "Keypair.KeypairNameInvalid", name="mine").keypair.keypair_id
    both(
        "import_keypair", {"publicKey": "no key"}, "Keypair.PublicKeyFormatInvalid", name="theirs", publicKey=PUBLIC_KEY
    )
    both("list_keypair", {"maxKeys": -1}, "BadRequest")
    both("keypair_detail", missing, code, keypairId=keypair_id)
    both("attach_keypair", missing, code, keypairId=keypair_id, instanceIds=[instance_id])
    both("detach_keypair", missing, code, keypairId=keypair_id, instanceIds=[instance_id])
    both("rename_keypair", missing, code, keypairId=keypair_id, name="renamed")
    both("update_keypair_description", missing, code, keypairId=keypair_id, description="another")
    both("delete_keypair", missing, code, keypairId=keypair_id)


def images() -> None:
    instance_id = running()
    image_id = both("create_image", {"instanceId": UNKNOWN}, imageName="mine", instanceId=instance_id).image_id
    settle()
    missing = {"imageId": NO_IMAGE}
    both("list_images", {"imageType": "nothing"}, "BadRequest", imageType="Custom")
    both("get_image", missing, imageId=image_id)
    both("rename_image", {"imageIds": [NO_IMAGE]}, imageIds=[image_id], name="renamed")
    both("share_image", missing, imageId=image_id, accountId="test")
    both("list_shared_user", missing, imageId=image_id)
    both("un_share_image", missing, imageId=image_id, accountId="test")
    both("list_os", {"instanceIds": [UNKNOWN]}, instanceIds=[instance_id])
    both("bind_tag_image", missing, imageId=image_id, changeTags=TAGS)
    both("unbind_tag_image", missing, imageId=image_id, changeTags=TAGS)
    both("remote_copy_image", missing, imageId=image_id, name="copied", destRegion=["gz"])
    refused("NoSuchObject", "cancel_remote_copy_image", **missing)
    both("get_available_images_by_spec", {"spec": "bcc.nothing"}, "BadRequest", spec=SPEC)
    disk = {
        "osName": "Centos",
        "osArch": "x86_64",
        "osType": "linux",
        "osVersion": "6.5",
        "bosUrl": "http://bos.example/image.vhd",
    }
    both("import_image", {"osType": "nothing"}, "BadRequest", name="imported", **disk)
    both("delete_image", missing, imageId=image_id)


def deploy_sets() -> None:
    set_id = both(
        "create_deploy_set", {"strategy": "nothing"}, "BadRequest", name="spread", strategy="HOST_HA"
    ).deploy_set_ids[0]
    instance_id = running()
    done("list_deploy_set")
    both("get_deploy_set", {"id": NO_SET}, "BadRequest", id=set_id)
    both("update_deploy_set", {"deployId": NO_SET}, deployId=set_id, name="renamed")
    for leave in ("delete_instance_deploy_set", "deletes_instance_deploy_set"):
        both("update_deploy_set_relation", {"instanceId": UNKNOWN}, instanceId=instance_id, deploysetIdList=[set_id])
        settle()
        both(leave, {"instanceIdList": [UNKNOWN]}, deployId=set_id, instanceIdList=[instance_id])
        settle()
    both("delete_deploy_set", {"deployId": NO_SET}, deployId=set_id)


def networks() -> None:
    """What needs no network of one's own: the SDK's package for networks does not import."""
    instance_id = running()
    both("list_instance_enis", {"instanceId": UNKNOWN}, instanceId=instance_id)
    done("batch_add_ip", instanceId=instance_id, secondaryPrivateIpAddressCount=1, allocateMultiIpv6Addr=False)
    addresses = [each.private_ip for each in ask("get_instance", instanceId=instance_id).instance.nic_info.ips]
    refused(
        "BadRequest", "batch_add_ip", instanceId=instance_id, privateIps=["203.0.113.1"], allocateMultiIpv6Addr=False
    )
    both(
        "batch_delete_ip",
        {"privateIps": ["203.0.113.1"]},
        "BadRequest",
        instanceId=instance_id,
        privateIps=[addresses[-1]],
    )
    refused("NoSuchObject", "add_ipv6", instanceId=UNKNOWN)
    refused("NoSuchObject", "del_ipv6", instanceId=UNKNOWN)
    refused("NoSuchObject", "update_instance_subnet", instanceId=instance_id, subnetId="sbn-unknown")
    refused("NoSuchObject", "change_vpc", instanceId=instance_id, subnetId="sbn-unknown")


def make_volume() -> str:
    made = done("create_volume", cdsSizeInGB=50, storageType="cloud_hp1", zoneName=ZONE, billing=POSTPAID)
    settle()
    return made.volume_ids[0]


def volumes() -> None:
    instance_id = running(billing=PREPAID)
    volume_id = make_volume()
    this, missing = {"volumeId": volume_id}, {"volumeId": NO_VOLUME}
    refused(
        "Volume.DiskSizeInvalid",
        "create_volume",
        cdsSizeInGB=1,
        storageType="cloud_hp1",
        zoneName=ZONE,
        billing=POSTPAID,
    )
    both("list_volumes", {"maxKeys": -1}, "BadRequest", zoneName=ZONE)
    both("get_volume", missing, **this)
    done("get_disk_quota", zoneName=ZONE)
    price = {"cdsSizeInGB": 50, "paymentTiming": "Postpaid", "zoneName": ZONE, "purchaseCount": 1, "purchaseLength": 1}
    both("get_cds_price", {"storageType": "nothing"}, "BadRequest", storageType="cloud_hp1", **price)
    both("attach_volume", {"instanceId": UNKNOWN}, instanceId=instance_id, **this)
    settle()
    done("detach_volume", instanceId=instance_id, **this)
    settle()
    refused("Volume.DiskNotAttachedInstance", "detach_volume", instanceId=instance_id, **this)
    both("rename_volume", missing, name="renamed", **this)
    both("modify_cds_attribute", missing, cdsName="again", desc="another", **this)
    both("bind_tag_volume", missing, changeTags=TAGS, **this)
    both("unbind_tag_volume", missing, changeTags=TAGS, **this)
    both(
        "modify_volume_delete_protection_v2",
        {"volumeIds": [NO_VOLUME]},
        volumeIds=[volume_id],
        enableDeleteProtection=False,
    )
    both("resize_volume", missing, newCdsSizeInGB=100, **this)
    both("get_volume_resize_progress", missing, **this)
    settle()
    done("attach_volume", instanceId=instance_id, **this)
    settle()
    both("modify_volume_charge_type", missing, billing=PREPAID, **this)
    both("purchase_reserved_volume", missing, billing=PREPAID, **this)
    both("release_volume", missing, volumeId=make_volume())


def snapshots() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volumeId=volume_id, instanceId=instance_id)
    settle()
    snapshot_id = both(
        "create_snapshot", {"volumeId": NO_VOLUME}, volumeId=volume_id, snapshotName="before"
    ).snapshot_id
    settle()
    missing = {"snapshotId": "s-UNKNOWN0"}
    both("list_snapshots", {"maxKeys": -1}, "BadRequest", volumeId=volume_id)
    both("get_snapshot", missing, snapshotId=snapshot_id)
    both("modify_snapshot_attribute", missing, snapshotId=snapshot_id, snapshotName="renamed")
    chain_id = both("list_snapchain", {"pageSize": -1}, "BadRequest", volumeId=volume_id).snapchains[0].chain_id
    both("bind_tag_snapchain", {"chainId": "sl-UNKNOWN0"}, chainId=chain_id, changeTags=TAGS)
    both("unbind_tag_snapchain", {"chainId": "sl-UNKNOWN0"}, chainId=chain_id, changeTags=TAGS)
    both(
        "remote_copy_snapshot",
        missing,
        snapshotId=snapshot_id,
        destRegionInfos=[{"destRegion": "gz", "name": "copied"}],
    )
    both("create_snapshot_share", missing, snapshotId=snapshot_id, accountIds=["test"])
    done("list_snapshot_share", maxKeys=10)
    refused(
        "NoSuchObject",
        "cancel_snapshot_share",
        sourceSnapshotId="s-UNKNOWN0",
        shareSnapshotId="s-UNKNOWN1",
        accountIds=["test"],
    )
    done("detach_volume", volumeId=volume_id, instanceId=instance_id)
    settle()
    both("rollback_volume", missing, volumeId=volume_id, snapshotId=snapshot_id)
    settle()
    both("delete_snapshot", missing, snapshotId=snapshot_id)


def policies() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volumeId=volume_id, instanceId=instance_id)
    settle()
    nightly = {"name": "nightly", "timePoints": ["0", "12"], "repeatWeekdays": ["1", "3"], "retentionDays": "7"}
    asp_id = both("create_asp", {"timePoints": ["99"]}, "Asp.TimePointsInvalid", **nightly).asp_id
    missing = {"aspId": "asp-UNKNOWN0"}
    both("list_asps", {"maxKeys": -1}, "BadRequest")
    both("get_asp", missing, aspId=asp_id)
    both("update_asp", missing, aspId=asp_id, **nightly)
    both("attach_asp", missing, aspId=asp_id, volumeIds=[volume_id])
    both("detach_asp", missing, aspId=asp_id, volumeIds=[volume_id])
    both("delete_asp", missing, aspId=asp_id)


def batches() -> None:
    ids = create(purchaseCount=2)
    settle()
    nobody = {"instanceIds": [UNKNOWN]}
    both("batch_stop_instance", nobody, instanceIds=ids)
    settle()
    both("batch_start_instance", nobody, instanceIds=ids)
    settle()
    both("rebuild_batch_instance", nobody, instanceIds=ids, imageId=LINUX, adminPass=encrypted(PASSWORD))
    settle()
    done("batch_stop_instance", instanceIds=ids)
    settle()
    both("instance_batch_resize_by_spec", {"instanceIdList": [UNKNOWN]}, instanceIdList=ids, spec=LARGER_SPEC)


def billing() -> None:
    first, second = create(purchaseCount=2)
    settle()
    nowhere = {"instanceId": UNKNOWN}
    both("change_to_prepaid", nowhere, instanceId=first, duration=1)
    both(
        "batch_change_to_prepaid",
        {"config": [nowhere | {"duration": 1}]},
        config=[{"instanceId": second, "duration": 1}],
    )
    settle()
    both("purchase_reserved_instance", nowhere, instanceId=first, billing=PREPAID)
    both("create_auto_renew_rule", nowhere, instanceId=first, renewTimeUnit="month", renewTime=1)
    both("delete_auto_renew_rule", nowhere, instanceId=first)
    both("batch_change_to_postpaid", {"config": [nowhere]}, config=[{"instanceId": second}])
    settle()
    both("batch_refund_resource", {"instanceIds": [UNKNOWN]}, instanceIds=[first])


def release() -> None:
    ids = create(purchaseCount=5)
    (prepaid,) = create(billing=PREPAID)
    settle()
    nowhere, with_all = {"instanceId": UNKNOWN}, {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True}
    both("auto_release_instance", nowhere, instanceId=ids[0], releaseTime="2099-01-01T00:00:00Z")
    both("release_instance_by_post", nowhere, instanceId=ids[1], bccRecycleFlag=True, **with_all)
    done("release_instance_by_post", instanceId=ids[2], bccRecycleFlag=True, **with_all)
    settle()
    both("list_recycle_instance", {"maxKeys": -1}, "BadRequest")
    both("instance_recovery", {"instanceIds": [nowhere]}, instanceIds=[{"instanceId": ids[1]}])
    both("delete_recycled_instance", nowhere, instanceId=ids[2])
    both("release_multiple_instance_by_post", {"instanceIds": [UNKNOWN]}, instanceIds=[ids[3], ids[4]], **with_all)
    both("delete_prepay_instance", nowhere, instanceId=prepaid)
    both("list_task", {"maxKeys": -1}, "BadRequest")
    both("get_task", {"maxKeys": -1}, "BadRequest", taskIds=["task-unknown"])


def others() -> None:
    """What was not called: reservations, clusters, events."""
    called = SWEEP.succeeded | SWEEP.turned_down | SWEEP.unemulated
    for method in sorted(set(methods((bcc,))) - called):
        done(method, action=ACTIONS.get(method), **dict.fromkeys(("clusterId", "instanceId"), "unknown"))


PARTS = (
    offers, creation, power, attributes, groups, keypairs, images, deploy_sets, networks, volumes, snapshots, policies,
    batches, billing, release, others,
)  # fmt: skip


def sweep() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run(PARTS)
    return SWEEP.verdict((bcc,), ALWAYS_ANSWERED, ONLY_REFUSED)
