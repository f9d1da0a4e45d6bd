"""What stands around instances: groups, keys, images, deploy sets, addresses, volumes, snapshots, policies."""

from __future__ import annotations

from calls import ACTIONS, NO_GROUP, NO_IMAGE, NO_KEY, NO_SET, NO_VOLUME, POSTPAID, PREPAID, TAGS, both, done, refused
from program import SPEC, UNKNOWN, ZONE, run_due
from sdk import ask, running


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
    run_due()
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
    run_due()
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
        task = both("list_task", {"maxKeys": -1}, "BadRequest").tasks[0]
        both("get_task", {"maxKeys": -1}, "BadRequest", taskIds=[task.task_id])
        run_due()
        both(leave, {"instanceIdList": [UNKNOWN]}, deployId=set_id, instanceIdList=[instance_id])
        run_due()
    both("delete_deploy_set", {"deployId": NO_SET}, deployId=set_id)


def networks() -> None:
    """What needs no network of one's own."""
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
        "PrivateIPNotExistException",
        instanceId=instance_id,
        privateIps=[addresses[-1]],
    )


def make_volume() -> str:
    created = done("create_volume", cdsSizeInGB=50, storageType="cloud_hp1", zoneName=ZONE, billing=POSTPAID)
    run_due()
    return created.volume_ids[0]


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
    both("get_disk_quota", {"zoneName": "zone-nowhere"}, "BadRequest", zoneName=ZONE)
    price = {"cdsSizeInGB": 50, "paymentTiming": "Postpaid", "zoneName": ZONE, "purchaseCount": 1, "purchaseLength": 1}
    both("get_cds_price", {"storageType": "nothing"}, "BadRequest", storageType="cloud_hp1", **price)
    both("attach_volume", {"instanceId": UNKNOWN}, instanceId=instance_id, **this)
    run_due()
    done("detach_volume", instanceId=instance_id, **this)
    run_due()
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
    run_due()
    done("attach_volume", instanceId=instance_id, **this)
    run_due()
    both("modify_volume_charge_type", missing, billing=PREPAID, **this)
    both("purchase_reserved_volume", missing, billing=PREPAID, **this)
    both("release_volume", missing, volumeId=make_volume())


def snapshots() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volumeId=volume_id, instanceId=instance_id)
    run_due()
    snapshot_id = both(
        "create_snapshot", {"volumeId": NO_VOLUME}, volumeId=volume_id, snapshotName="before"
    ).snapshot_id
    run_due()
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
    (share,) = both("list_snapshot_share", {"marker": "s-UNKNOWN0"}, "BadRequest", maxKeys=10).result
    done("describe_snapshots_usage", action=ACTIONS["describe_snapshots_usage"])
    shared = {"sourceSnapshotId": snapshot_id, "shareSnapshotId": share.snapshot_id, "accountIds": ["test"]}
    both("cancel_snapshot_share", {"sourceSnapshotId": "s-UNKNOWN0"}, **shared)
    done("detach_volume", volumeId=volume_id, instanceId=instance_id)
    run_due()
    both("rollback_volume", missing, volumeId=volume_id, snapshotId=snapshot_id)
    run_due()
    both("delete_snapshot", missing, snapshotId=snapshot_id)


def policies() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volumeId=volume_id, instanceId=instance_id)
    run_due()
    nightly = {"name": "nightly", "timePoints": ["0", "12"], "repeatWeekdays": ["1", "3"], "retentionDays": "7"}
    asp_id = both("create_asp", {"timePoints": ["99"]}, "Asp.TimePointsInvalid", **nightly).asp_id
    missing = {"aspId": "asp-UNKNOWN0"}
    both("list_asps", {"maxKeys": -1}, "BadRequest")
    both("get_asp", missing, aspId=asp_id)
    both("update_asp", missing, aspId=asp_id, **nightly)
    both("attach_asp", missing, aspId=asp_id, volumeIds=[volume_id])
    both("detach_asp", missing, aspId=asp_id, volumeIds=[volume_id])
    both("delete_asp", missing, aspId=asp_id)


def clusters() -> None:
    near = both("create_ehc_cluster", {"name": "1st"}, "BadRequest", name="near", zoneName=ZONE).ehc_cluster_id
    done("ehc_cluster_list", zoneName=ZONE)
    both("modify_ehc_cluster", {"ehcClusterId": "ehc-unknown"}, ehcClusterId=near, name="renamed")
    both("delete_ehc_cluster", {"ehcClusterIdList": ["ehc-unknown"]}, ehcClusterIdList=[near])
    order = {"clusterName": "own", "storageType": "hp1", "clusterSizeInGB": 97280, "billing": PREPAID}
    (own,) = both("create_volume_cluster", {"clusterSizeInGB": 97281}, "BadRequest", **order).cluster_ids
    run_due()
    missing = {"clusterId": "DC-unknown"}
    both("create_volume", missing, clusterId=own, cdsSizeInGB=50, storageType="hp1", billing=POSTPAID)
    both("list_volume_clusters", {"maxKeys": -1}, "BadRequest", clusterName="own")
    both("get_volume_cluster", missing, clusterId=own)
    both("resize_volume_cluster", missing, "Cluster.ResizeParamInvalid", clusterId=own, newClusterSizeInGB=107520)
    both("purchase_reserved_volume_cluster", missing, clusterId=own, billing=PREPAID)
    both("auto_renew_volume_cluster", missing, clusterId=own, renewTimeUnit="month", renewTime=1)
    both("cancel_auto_renew_volume_cluster", missing, clusterId=own)
    both("bind_tag_volume_cluster", missing, clusterId=own, changeTags=TAGS)
    both("unbind_tag_volume_cluster", missing, clusterId=own, changeTags=TAGS)
