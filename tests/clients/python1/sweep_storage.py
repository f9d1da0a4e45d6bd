"""Volumes, snapshots and policies."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from calls import OTHER_ACCOUNT, PREPAID, TAGS, done, refused
from program import UNKNOWN, ZONE, run_due
from sdk import POSTPAID, running


def make_volume(size: int = 50) -> str:
    created = done("create_volume_with_cds_size", size, billing=POSTPAID, storage_type="cloud_hp1", zone_name=ZONE)
    run_due()
    return created.volume_ids[0]


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
    run_due()
    done("detach_volume", volume_id, instance_id)
    run_due()
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
    run_due()
    done("attach_volume", volume_id, instance_id)
    run_due()
    done("modify_volume_charge_type", volume_id, billing=PREPAID)
    refused("NoSuchObject", "modify_volume_charge_type", "v-UNKNOWN0", billing=PREPAID)
    run_due()
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
    run_due()
    snapshot_id = done("create_snapshot", volume_id, "before").snapshot_id
    refused("NoSuchObject", "create_snapshot", "v-UNKNOWN0", "before")
    run_due()
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
    refused("BadRequest", "list_snapshot_share", "s-UNKNOWN0", 10)
    refused("NoSuchObject", "cancel_snapshot_share", "s-UNKNOWN0", [OTHER_ACCOUNT], "s-UNKNOWN1")
    done("cancel_snapshot_share", snapshot_id, [OTHER_ACCOUNT], "")
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
    run_due()
    done(image_id, "of-a-snapshot", of_system)
    refused("NoSuchObject", image_id, "of-a-snapshot", "s-UNKNOWN0")
    run_due()
    done("detach_volume", volume_id, instance_id)
    run_due()
    done("rollback_volume", volume_id, snapshot_id)
    refused("NoSuchObject", "rollback_volume", volume_id, "s-UNKNOWN0")
    run_due()
    created = done("create_instance_snapshot", instance_id, "whole")
    refused("NoSuchObject", "create_instance_snapshot", UNKNOWN, "whole")
    run_due()
    done("list_instance_snapshot")
    refused("ConstraintViolationException", "list_instance_snapshot", max_keys=-1)
    done("rename_instance_snapshot", [created.in_snapshot_id], "renamed")
    refused("InvalidParameter", "rename_instance_snapshot", ["ins-UNKNOWN0"], "renamed")
    done("delete_instance_snapshot", [created.in_snapshot_id])
    refused("InvalidParameter", "delete_instance_snapshot", ["ins-UNKNOWN0"])
    done("delete_snapshot", snapshot_id)
    refused("NoSuchObject", "delete_snapshot", "s-UNKNOWN0")


def policies() -> None:
    volume_id, instance_id = make_volume(), running()
    done("attach_volume", volume_id, instance_id)
    run_due()
    asp_id = done("create_asp", "nightly", ["0", "12"], ["1", "3"], "7").asp_id
    refused("Asp.TimePointsInvalid", "create_asp", "nightly", ["99"], ["1"], "7")
    done("list_asps")
    refused("BadRequest", "list_asps", marker="asp-unknown")
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
