"""What else the SDK has: reservations, clusters, events, reports."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from calls import TAGS, done
from program import SPEC, ZONE
from sdk import running


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
