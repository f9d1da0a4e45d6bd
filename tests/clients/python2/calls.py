"""How the sweep calls methods of the SDK by name, and what its parts share."""

from __future__ import annotations

from typing import Any

import sweeping
from baiducloud_python_sdk_bcc.api.bcc_client import BccClient
from baiducloud_python_sdk_core.exception import BceHttpClientError
from sdk import ask, bcc
from sweeping import Sweep

POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "Month"}}
TAGS = [{"tagKey": "team", "tagValue": "red"}]
LATER = "2099-01-01T00:00:00Z"
NO_GROUP, NO_IMAGE, NO_KEY, NO_SET, NO_VOLUME = "g-unknown", "m-UNKNOWN0", "k-unknown", "dset-unknown", "v-UNKNOWN0"
ALWAYS_ANSWERED = {
    "describe_snapshots_usage", "ehc_cluster_list", "get_role_list", "get_zone_by_spec", "list_bid_flavor", "list_deploy_set",
    "list_zones",
}  # fmt: skip
"""Methods that take nothing that could be wrong, or find nothing instead of refusing."""
ONLY_REFUSED = {
    "cancel_bid_order",  # its orders at a bid are orders by spec, which are fulfilled at once
    "cancel_remote_copy_image",  # the copy is in a region whose host name is not of this machine, and its proxies are tunnels
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


def done(method: str, client: BccClient = bcc, **members: Any) -> Any:
    """A call that must succeed."""
    return SWEEP.done(method, lambda: ask(method, client, **members))


def refused(code: str, method: str, client: BccClient = bcc, **members: Any) -> None:
    """A call that must be refused with this code."""
    SWEEP.refused(code, method, lambda: ask(method, client, **members))


def both(
    method: str, wrong: dict[str, Any], code: str = "NoSuchObject", client: BccClient = bcc, **members: Any
) -> Any:
    """A call that must succeed, and must be refused with some members changed."""
    response = done(method, client, **members)
    refused(code, method, client, **(members | wrong))
    return response


def act(method: str, wrong: dict[str, Any], code: str = "NoSuchObject", **members: Any) -> Any:
    """The same of a call at ``/``."""
    return both(method, wrong, code, action=ACTIONS[method], **members)


class Calls(sweeping.Calls):
    """The same for the client of another package, each call coming to its end."""

    def __init__(self, client: Any, sweep: Sweep | None = None) -> None:
        super().__init__(client, sweep or Sweep(BceHttpClientError))

    def of(self, client: Any) -> Calls:
        """The same sweep by another client, as another account has one."""
        return Calls(client, self.sweep)

    def ask(self, method: str, **members: Any) -> Any:
        """A call with the request that this package has for it."""
        return ask(method, self.client, **members)
