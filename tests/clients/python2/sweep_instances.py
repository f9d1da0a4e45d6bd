"""What instances are, do and cost."""

from __future__ import annotations

from calls import NO_IMAGE, PREPAID, TAGS, both, done, refused
from program import ANOTHER_LINUX, ANOTHER_PASSWORD, LARGER_SPEC, LINUX, PASSWORD, SPEC, UNKNOWN, ZONE, run_due
from sdk import ORDER, create, encrypted, running


def offerings() -> None:
    done("list_zones")
    both("describe_regions", {"region": "nowhere"}, "OperationDenied", region="bj")
    both("list_flavor_spec", {"zoneName": "zone-nowhere"}, "BadRequest", zoneName=ZONE)
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
    run_due()
    both("get_instance", {"instanceId": UNKNOWN}, instanceId=instance_id)
    both("list_instances", {"maxKeys": -1}, "BadRequest", zoneName=ZONE)
    both("list_instance_by_ids", {"maxKeys": -2}, "BadRequest", instanceIds=[instance_id])


def power() -> None:
    instance_id = running()
    done("reboot_instance", instanceId=instance_id)
    refused("Instance.RebootInstanceOperationForbidden", "reboot_instance", instanceId=instance_id)
    run_due()
    both("get_instance_vnc", {"instanceId": UNKNOWN}, instanceId=instance_id)
    both("get_instance_no_charge_list", {"maxKeys": -1}, "BadRequest")
    both("stop_instance", {}, "Instance.StopInstanceOperationForbidden", instanceId=instance_id, stopWithNoCharge=True)
    run_due()
    both("start_instance", {}, "Instance.StartInstanceOperationForbidden", instanceId=instance_id)
    run_due()
    rescue = {"password": encrypted(PASSWORD), "forceStop": True}
    both("enter_rescue_mode", {"instanceId": UNKNOWN}, instanceId=instance_id, **rescue)
    run_due()
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
    both("bind_role", {"instances": []}, "BadRequest", roleName="reader", instances=[here])
    done("get_role_list")
    both("unbind_role", {"instances": []}, "BadRequest", roleName="reader", instances=[here])
    both("modify_instance_password", nowhere, adminPass=encrypted(ANOTHER_PASSWORD), **here)
    run_due()
    both("modify_instance_hostname", {"hostname": "-"}, "BadRequest", hostname="another-host", reboot=True, **here)
    run_due()
    both("rebuild_instance", nowhere, imageId=ANOTHER_LINUX, adminPass=encrypted(PASSWORD), **here)
    run_due()
    done("stop_instance", **here)
    run_due()
    both("resize_instance_by_spec", nowhere, spec=LARGER_SPEC, **here)
    run_due()
    both("list_available_resize_spec", {"spec": SPEC}, "BadRequest", instanceIdList=[instance_id])


def batches() -> None:
    ids = create(purchaseCount=2)
    run_due()
    nobody = {"instanceIds": [UNKNOWN]}
    both("batch_stop_instance", nobody, instanceIds=ids)
    run_due()
    both("batch_start_instance", nobody, instanceIds=ids)
    run_due()
    both("rebuild_batch_instance", nobody, instanceIds=ids, imageId=LINUX, adminPass=encrypted(PASSWORD))
    run_due()
    done("batch_stop_instance", instanceIds=ids)
    run_due()
    both("instance_batch_resize_by_spec", {"instanceIdList": [UNKNOWN]}, instanceIdList=ids, spec=LARGER_SPEC)


def billing() -> None:
    first, second = create(purchaseCount=2)
    run_due()
    nowhere = {"instanceId": UNKNOWN}
    both("change_to_prepaid", nowhere, instanceId=first, duration=1)
    both(
        "batch_change_to_prepaid",
        {"config": [nowhere | {"duration": 1}]},
        config=[{"instanceId": second, "duration": 1}],
    )
    run_due()
    both("purchase_reserved_instance", nowhere, instanceId=first, billing=PREPAID)
    both("create_auto_renew_rule", nowhere, instanceId=first, renewTimeUnit="month", renewTime=1)
    both("delete_auto_renew_rule", nowhere, instanceId=first)
    both("batch_change_to_postpaid", {"config": [nowhere]}, config=[{"instanceId": second}])
    run_due()
    both("batch_refund_resource", {"instanceIds": [UNKNOWN]}, instanceIds=[first])


def release() -> None:
    ids = create(purchaseCount=5)
    (prepaid,) = create(billing=PREPAID)
    run_due()
    nowhere, with_all = {"instanceId": UNKNOWN}, {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True}
    both("auto_release_instance", nowhere, instanceId=ids[0], releaseTime="2099-01-01T00:00:00Z")
    both("release_instance_by_post", nowhere, instanceId=ids[1], bccRecycleFlag=True, **with_all)
    done("release_instance_by_post", instanceId=ids[2], bccRecycleFlag=True, **with_all)
    run_due()
    both("list_recycle_instance", {"maxKeys": -1}, "BadRequest")
    both("instance_recovery", {"instanceIds": [nowhere]}, instanceIds=[{"instanceId": ids[1]}])
    both("delete_recycled_instance", nowhere, instanceId=ids[2])
    both("release_multiple_instance_by_post", {"instanceIds": [UNKNOWN]}, instanceIds=[ids[3], ids[4]], **with_all)
    both("delete_prepay_instance", nowhere, instanceId=prepaid)
