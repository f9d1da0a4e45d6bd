"""What else the SDK has: clusters, reserved instances, maintenance events and their rules, diagnostics."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from calls import LATER, TAGS, done, refused
from program import PLANNED, SPEC, UNKNOWN, UNPLANNED, ZONE, expect, report_event, run_due
from sdk import POSTPAID, running


def clusters() -> None:
    """EHC clusters of instances, and dedicated clusters of volumes."""
    near = done("create_ehc_cluster", "cluster", ZONE).ehc_cluster_id
    refused("BadRequest", "create_ehc_cluster", "1st", ZONE)
    done("modify_ehc_cluster", near, "renamed")
    refused("NoSuchObject", "modify_ehc_cluster", "ehc-unknown", "renamed")
    done("get_ehc_cluster_list")
    done("delete_ehc_cluster", [near])
    refused("NoSuchObject", "delete_ehc_cluster", [near])
    own = done("create_volume_cluster", 97280).cluster_ids[0]
    refused("BadRequest", "create_volume_cluster", 97281)
    run_due()
    done("create_volume_with_cds_size", 50, billing=POSTPAID, storage_type="hp1", cluster_id=own)
    refused("NoSuchObject", "create_volume_with_cds_size", 50, billing=POSTPAID, cluster_id="DC-unknown")
    done("list_volume_cluster")
    refused("BadRequest", "list_volume_cluster", max_keys=-1)
    done("get_volume_cluster", own)
    refused("NoSuchObject", "get_volume_cluster", "DC-unknown")
    done("resize_volume_cluster", own, 107520)
    refused("Cluster.ResizeParamInvalid", "resize_volume_cluster", "DC-unknown", 107520)
    done("renew_volume_cluster", own)
    refused("NoSuchObject", "renew_volume_cluster", "DC-unknown")


def reservations() -> None:
    """Reserved instances; this SDK neither lists nor transfers them."""
    order = {
        "zone_name": ZONE,
        "spec": SPEC,
        "offering_type": "FullyPrepay",
        "reserved_instance_time": 1,
        "auto_renew": False,
    }
    mine = done("create_reserved_instances", "mine", **order).reserved_instance_ids[0]
    refused("BadRequest", "create_reserved_instances", "1st", **order)
    done("modify_reserved_instances", [bcc_model.ModifyReservedInstanceModel(mine, reservedInstanceName="renamed")])
    refused("BadRequest", "modify_reserved_instances", [bcc_model.ModifyReservedInstanceModel(mine, ZONE, "both")])
    for method in ("bind_reserved_instance_to_tags", "unbind_reserved_instance_from_tags"):
        done(method, [mine], TAGS)
        refused("BadRequest", method, ["r-unknown"], TAGS)
    price = done("query_reserved_instance_price", "g5", SPEC, "FullyPrepay", ZONE, reserved_instance_time=1)
    expect(price.trade_price.pre_pay_trade_price > price.trade_price.post_pay_trade_price, True)
    refused("BadRequest", "query_reserved_instance_price", "c5", SPEC, "FullyPrepay", ZONE, reserved_instance_time=1)


def events() -> None:
    """Repairs that the cloud asks for: allowed, carried out, accepted or not."""
    instance_id = running()
    planned, unplanned = (report_event(instance_id, category) for category in (PLANNED, UNPLANNED))
    waiting = done("describe_planned_events", 10, instance_ids=[instance_id]).planned_maintenance_events[0]
    expect((waiting.server_event_id, waiting.server_event_status), (planned, "Inquiring"))
    expect(done("describe_unplanned_events", 10).unplanned_maintenance_events[0].server_event_id, unplanned)
    allowed = done("authorize_server_event", "Repair", server_event_id=planned)
    expect(allowed.associated_unplanned_maintenance_server_event_ids, [unplanned])
    done("authorize_server_event", "Reboot", instance_id=instance_id)
    later = report_event(instance_id, PLANNED)
    done("authorize_server_event", "Repair", server_event_id=later, execute_time=LATER)
    refused("OperationDenied", "authorize_server_event", "Repair", server_event_id=planned)
    refused("NoSuchObject", "authorize_server_event", "Repair", server_event_id="event-unknown")
    refused("OperationDenied", "check_unplanned_event", unplanned, "Pass")
    run_due()
    expect(done("describe_unplanned_events", 10).unplanned_maintenance_events[0].server_event_status, "Executed")
    expect(done("describe_planned_recored_events", 10).planned_maintenance_events[0].server_event_id, planned)
    expect(done("describe_planned_events", 10).planned_maintenance_events[0].server_event_status, "Processing")
    refused("BadRequest", "check_unplanned_event", unplanned, "Reject")
    done("check_unplanned_event", unplanned, "Reject", "it is slow", "it was not before", "Repair")
    run_due()
    done("check_unplanned_event", unplanned, "Pass")
    refused("NoSuchObject", "check_unplanned_event", "event-unknown", "Pass")
    expect(done("describe_unplanned_recored_events", 10).unplanned_maintenance_events[0].server_event_id, unplanned)
    for records in ("", "_recored"):
        refused("BadRequest", f"describe_planned{records}_events", -1)
        refused("BadRequest", f"describe_unplanned{records}_events", -1)


def rules() -> None:
    """What authorizes events ahead."""
    instance_id = running()
    rule = done("create_authorize_rule", PLANNED, ["Repair"], "mine").rule_id
    refused("BadRequest", "create_authorize_rule", PLANNED, ["Repair"], "mine", effective_scope="Tags")
    report_event(instance_id, PLANNED)
    expect(done("describe_planned_events", 10).planned_maintenance_events[0].authorized_maintenance_operation, "Repair")
    refused("OperationDenied", "delete_authorize_rule", rule)
    done("modify_authorize_rule", rule, rule_name="renamed", enable_rule=0)
    refused("NoSuchObject", "modify_authorize_rule", "rule-unknown", rule_name="renamed")
    seen = done("describe_authorize_rules", 10, rule_ids=[rule]).rule_list[0]
    expect((seen.rule_name, seen.status), ("renamed", "DISABLED"))
    refused("BadRequest", "describe_authorize_rules", -1)
    done("delete_authorize_rule", rule)
    refused("NoSuchObject", "delete_authorize_rule", rule)


def diagnostics() -> None:
    """What a look at an instance finds."""
    instance_id = running()
    event = report_event(instance_id, UNPLANNED)
    failures = next(
        each for each in done("get_diagnostic_schemas").metric_set_list if each.metric_set_name == "maintenance"
    ).metric_set_id
    report = done("create_diagnostic", failures, instance_id, "").report_id
    refused("NoSuchObject", "create_diagnostic", failures, UNKNOWN, "")
    refused("OperationDenied", "delete_diagnostic_report", [report])
    run_due()
    found = done("list_diagnostic_report", report, instance_id, "Finished", "Critical").diagnostic_reports[0]
    expect((found.report_id, found.issues[0].metric_item), (report, f"event {event}"))
    refused("BadRequest", "list_diagnostic_report", "", "", None, None, max_keys=-1)
    done("delete_diagnostic_report", [report])
    refused("NoSuchObject", "delete_diagnostic_report", [report])
