"""What else the SDK has: reservations, clusters, events, reports."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from calls import TAGS, done, refused
from program import SPEC, ZONE, run_due
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


def others() -> None:
    """What stands around: reservations, clusters, events, reports."""
    instance_id = running()
    done("create_reserved_instances", "mine", zone_name=ZONE, spec=SPEC, offering_type="FullyPrepay", instance_count=1)
    done("modify_reserved_instances", [bcc_model.ModifyReservedInstanceModel("r-unknown", ZONE, "renamed")])
    done("bind_reserved_instance_to_tags", ["r-unknown"], TAGS)
    done("unbind_reserved_instance_from_tags", ["r-unknown"], TAGS)
    done("query_reserved_instance_price", "g5", SPEC, "FullyPrepay", ZONE)
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
