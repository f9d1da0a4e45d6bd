"""What else the SDK has: reserved instances and their transfers, maintenance events and the rules that allow them."""

from __future__ import annotations

from calls import LATER, TAGS, act, both, done, refused
from program import ACCESS_KEY, PLANNED, SECRET_KEY, SPEC, UNPLANNED, ZONE, expect, report_event, run_due
from sdk import client_of, running

NEIGHBOUR = "test-python2-neighbour"
ORDER = {"zoneName": ZONE, "spec": SPEC, "offeringType": "FullyPrepay", "reservedInstanceTime": 1}


def reservations() -> None:
    wrong, missing = "BadRequest", {"reservedInstanceIds": ["r-unknown"]}
    (mine,) = both("create_reserved_instances", {"offeringType": "Later"}, wrong, **ORDER).reserved_instance_ids
    those = {"reservedInstanceIds": [mine]}
    renamed = [{"reservedInstanceId": mine, "reservedInstanceName": "renamed"}]
    both("modify_reserved_instances", {"reservedInstances": []}, wrong, reservedInstances=renamed)
    both("bind_reserved_instance_to_tags", missing, wrong, changeTags=TAGS, **those)
    both("unbind_reserved_instance_from_tags", missing, wrong, changeTags=TAGS, **those)
    both("renew_reserved_instance", {"reservedInstanceTime": 2}, wrong, reservedInstanceTime=1, **those)
    both("auto_renew_reserved_instance", missing, autoRenewTime=1, autoRenewTimeUnit="month", **those)
    both("cancel_auto_renew_reserved_instance", missing, wrong, **those)
    seen = both("get_reserved_instance", {"sortKey": "expireTime", "marker": "r-unknown"}, wrong, maxKeys=10, **those)
    expect(seen.reserved_instances[0].reserved_instance_name, "renamed")
    asked = {name: value for name, value in ORDER.items() if name != "offeringType"}
    price = both("get_reserved_instance_price", {"specId": "c5"}, wrong, specId="g5", offeringType="NoPrepay", **asked)
    expect(price.trade_price.pre_pay_trade_price, 0.0)


def transfers() -> None:
    """Offers go to another account, which answers them; the answer to an offer is a list, which this SDK cannot read."""
    theirs = client_of(NEIGHBOUR, SECRET_KEY)
    wrong, missing = "BadRequest", {"transferRecordIds": ["t-unknown"]}
    (mine,) = done("create_reserved_instances", **ORDER).reserved_instance_ids
    order = {"reservedInstanceIds": [mine], "recipientAccountId": NEIGHBOUR}

    def offer() -> dict[str, list[str]]:
        done("create_reserved_instance_transfer", **order)
        sent = done("list_reserved_instance_transfer_out", status="pending", maxKeys=10).transfer_records
        return {"transferRecordIds": [sent[0].transfer_record_id]}

    refused(wrong, "create_reserved_instance_transfer", **(order | {"recipientAccountId": ACCESS_KEY}))
    both("revoke_reserved_instance_transfer", missing, wrong, **offer())
    both("refuse_reserved_instance_transfer", missing, wrong, client=theirs, **offer())
    (last,) = offer()["transferRecordIds"]
    both(
        "accept_reserved_instance_transfer",
        {"transferRecordId": "t-unknown"},
        wrong,
        client=theirs,
        transferRecordId=last,
    )
    came = both("list_reserved_instance_transfer_in", {"maxKeys": -1}, wrong, client=theirs, maxKeys=10)
    expect((came.transfer_records[0].transfer_record_id, came.transfer_records[0].status), (last, "accepted"))
    went = both("list_reserved_instance_transfer_out", {"maxKeys": -1}, wrong, maxKeys=10)
    expect(went.transfer_records[0].recipient_user_id, NEIGHBOUR)


def events() -> None:
    """Repairs that the cloud asks for: allowed, carried out, accepted or not."""
    instance_id = running()
    planned, unplanned = (report_event(instance_id, category) for category in (PLANNED, UNPLANNED))
    missing, bad = {"serverEventId": "event-unknown"}, {"maxKeys": -1}
    seen = act("describe_planned_events", bad, "BadRequest", instanceIds=[instance_id], maxKeys=10)
    expect(seen.planned_maintenance_events[0].server_event_id, planned)
    repair = {"serverEventId": unplanned, "authorizeMaintenanceOperation": "Repair"}
    act("authorize_server_event", missing, **repair)
    act("authorize_server_event", {"executeTime": ""}, "OperationDenied", serverEventId=planned, executeTime=LATER)
    run_due()
    act(
        "check_server_event",
        {},
        "OperationDenied",
        checkResult="Reject",
        issueEffect="slow",
        issueDescription="now",
        **repair,
    )
    run_due()
    seen = act("describe_unplanned_events", bad, "BadRequest", maxKeys=10).unplanned_maintenance_events[0]
    expect((seen.server_event_id, seen.server_event_status), (unplanned, "Executed"))
    act("check_server_event", missing, checkResult="Pass", serverEventId=unplanned)
    seen = act("describe_unplanned_event_records", bad, "BadRequest", maxKeys=10)
    expect(seen.unplanned_maintenance_events[0].server_event_id, unplanned)
    last = report_event(instance_id, PLANNED)
    act("authorize_server_event", {}, "OperationDenied", serverEventId=last, authorizeMaintenanceOperation="Reboot")
    run_due()
    seen = act("describe_planned_event_records", bad, "BadRequest", maxKeys=10)
    expect(seen.planned_maintenance_events[0].server_event_id, last)


def rules() -> None:
    """What authorizes events ahead."""
    instance_id = running()
    made = act(
        "create_authorization_rule", {"ruleName": ""}, "BadRequest",
        ruleName="mine", serverEventCategory=PLANNED, authorizeMaintenanceOperations=["Repair"], enableRule=1,
    ).rule_id  # fmt: skip
    report_event(instance_id, PLANNED)
    seen = act("describe_planned_events", {"maxKeys": -1}, "BadRequest", maxKeys=10).planned_maintenance_events[0]
    expect(seen.authorized_maintenance_operation, "Repair")
    missing = {"ruleId": "rule-unknown"}
    act("modify_inst_user_op_authorize_rule_attribute", missing, ruleId=made, ruleName="renamed", enableRule=0)
    listed = act("describe_authorize_rules", {"maxKeys": -1}, "BadRequest", ruleIds=[made], maxKeys=10).rule_list[0]
    expect((listed.rule_name, listed.status), ("renamed", "DISABLED"))
    act("delete_inst_user_op_authorize_rule", missing, ruleId=made)
