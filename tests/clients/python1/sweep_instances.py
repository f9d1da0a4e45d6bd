"""What instances are, do and cost."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from calls import LATER, PREPAID, TAGS, done, refused
from program import ANOTHER_LINUX, ANOTHER_PASSWORD, LARGER_SPEC, LINUX, PASSWORD, SPEC, UNKNOWN, ZONE, run_due
from sdk import POSTPAID, create, running


def offerings() -> None:
    done("list_zones")
    done("describe_regions", "bj")
    refused("OperationDenied", "describe_regions", "nowhere")
    done("list_instance_specs")
    done("list_flavor_spec", zone_name=ZONE)
    refused("BadRequest", "list_flavor_spec", zone_name="zone-nowhere")
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
    created = done("create_instance_by_spec", SPEC, LINUX, billing=POSTPAID, admin_pass=PASSWORD)
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
    run_due()
    instance_id = created.instance_ids[0]
    done("get_instance", instance_id)
    refused("NoSuchObject", "get_instance", UNKNOWN)
    done("get_instance_with_deploy_set", instance_id)
    refused("NoSuchObject", "get_instance_with_deploy_set", UNKNOWN)
    done("get_instance_with_deploy_set_and_failed", instance_id, True)
    refused("NoSuchObject", "get_instance_with_deploy_set_and_failed", UNKNOWN, True)
    done("list_instances", zone_name=ZONE, max_keys=10)
    refused("BadRequest", "list_instances", max_keys=-1)
    done("list_instance_by_instance_ids", [instance_id])
    refused("BadRequest", "list_instance_by_instance_ids", [instance_id], max_keys=-2)
    done("list_id_mappings", [instance_id], "short", "bcc")
    refused("BadRequest", "list_id_mappings", [instance_id], "nothing", "bcc")


def power() -> None:
    instance_id = running()
    done("reboot_instance", instance_id)
    refused("Instance.RebootInstanceOperationForbidden", "reboot_instance", instance_id)
    run_due()
    done("get_instance_vnc", instance_id)
    refused("NoSuchObject", "get_instance_vnc", UNKNOWN)
    done("list_instance_no_charge")
    refused("BadRequest", "list_instance_no_charge", max_keys=-1)
    done("stop_instance", instance_id, stopWithNoCharge=True)
    refused("Instance.StopInstanceOperationForbidden", "stop_instance", instance_id)
    run_due()
    done("start_instance", instance_id)
    refused("Instance.StartInstanceOperationForbidden", "start_instance", instance_id)
    run_due()
    done("enter_rescue_mode", instance_id, True, PASSWORD)
    refused("NoSuchObject", "enter_rescue_mode", UNKNOWN, True, PASSWORD)
    run_due()
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
    done("bind_instance_role", [instance_id], "reader")
    done("list_instance_roles")
    refused("BadRequest", "bind_instance_role", [], "reader")
    done("unbind_instance_role", [instance_id], "reader")
    refused("BadRequest", "unbind_instance_role", [], "reader")
    done("modify_instance_password", instance_id, ANOTHER_PASSWORD)
    refused("NoSuchObject", "modify_instance_password", UNKNOWN, ANOTHER_PASSWORD)
    run_due()
    done("modify_instance_hostname", instance_id, "another-host", reboot=True)
    refused("BadRequest", "modify_instance_hostname", instance_id, "-", reboot=True)
    run_due()
    done("rebuild_instance", instance_id, ANOTHER_LINUX, PASSWORD)
    refused("NoSuchObject", "rebuild_instance", UNKNOWN, ANOTHER_LINUX, PASSWORD)
    run_due()
    done("stop_instance", instance_id)
    run_due()
    done("resize_instance", instance_id, 4, 16)
    refused("NoSuchObject", "resize_instance", UNKNOWN, 4, 16)
    run_due()
    done("resize_instance_by_spec", instance_id, "bcc.g4.c8m32")
    refused("NoSuchObject", "resize_instance_by_spec", UNKNOWN, LARGER_SPEC)
    done("list_available_resize_specs", [instance_id])
    refused("BadRequest", "list_available_resize_specs", [UNKNOWN], spec=SPEC)


def batches() -> None:
    ids = create(2)
    run_due()
    done("batch_stop_instance", ids)
    refused("NoSuchObject", "batch_stop_instance", [UNKNOWN])
    run_due()
    done("batch_start_instance", ids)
    refused("NoSuchObject", "batch_start_instance", [UNKNOWN])
    run_due()
    done("batch_reboot_instance", ids)
    refused("NoSuchObject", "batch_reboot_instance", [UNKNOWN])
    run_due()
    done("batch_rebuild_instances", LINUX, PASSWORD, ids)
    refused("NoSuchObject", "batch_rebuild_instances", LINUX, PASSWORD, [UNKNOWN])
    run_due()
    done("batch_stop_instance", ids)
    run_due()
    done("batch_resize_instance", ids, LARGER_SPEC)
    refused("NoSuchObject", "batch_resize_instance", [UNKNOWN], LARGER_SPEC)


def billing() -> None:
    first, second = create(2)
    run_due()
    change = bcc_model.PayTimingChangeReqModel
    done("change_to_prepaid", first, 1, False, False)
    refused("NoSuchObject", "change_to_prepaid", UNKNOWN, 1, False, False)
    done("batch_change_instance_to_prepay", [change(second, duration=1)])
    refused("NoSuchObject", "batch_change_instance_to_prepay", [change(UNKNOWN, duration=1)])
    run_due()
    done("purchase_reserved_instance", first, PREPAID)
    refused("NoSuchObject", "purchase_reserved_instance", UNKNOWN, PREPAID)
    done("batch_create_auto_renew_rules", first, "month", 1)
    refused("NoSuchObject", "batch_create_auto_renew_rules", UNKNOWN, "month", 1)
    done("batch_delete_auto_renew_rules", first)
    refused("NoSuchObject", "batch_delete_auto_renew_rules", UNKNOWN)
    done("batch_change_instance_to_postpay", [change(second)])
    refused("NoSuchObject", "batch_change_instance_to_postpay", [change(UNKNOWN)])
    run_due()
    done("batch_refund_resources", [first])
    refused("NoSuchObject", "batch_refund_resources", [UNKNOWN])


def release() -> None:
    ids = create(6)
    prepaid = create(1, billing=PREPAID)[0]
    run_due()
    done("auto_release_instance", ids[0], LATER)
    refused("NoSuchObject", "auto_release_instance", UNKNOWN, LATER)
    done("release_instance", ids[0])
    refused("NoSuchObject", "release_instance", UNKNOWN)
    done("release_instance_with_related_resources", ids[1], True, True, bcc_recycle_flag=True)
    refused("NoSuchObject", "release_instance_with_related_resources", UNKNOWN, True, True)
    done("release_instance_with_related_resources", ids[2], True, True, bcc_recycle_flag=True)
    done("get_instance_delete_progress", [ids[1]])
    refused("BadRequest", "get_instance_delete_progress", [])
    run_due()
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
