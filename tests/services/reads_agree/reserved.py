"""The rows of reserved instances."""

from __future__ import annotations

from tests.services.reads_agree.row import TAGS, Write

RESERVE = {
    "reservedInstanceName": "made",
    "scope": "Region",
    "zoneName": "cn-bj-b",
    "spec": "bcc.g5.c4m16",
    "offeringType": "FullyPrepay",
    "instanceCount": 1,
    "reservedInstanceTime": 3,
    "autoRenew": True,
    "autoRenewTime": 3,
    "effectiveTime": "2026-01-01T00:15:00Z",
    "tags": TAGS,
    "ehcClusterId": "ehc-1",
}
ALL = {"reservedInstanceIds": ["{reserved}"]}

RESERVED = (
    Write(
        "POST /v2/instance/reserved/create",
        RESERVE,
        "reserved",
        {name: value for name, value in RESERVE.items() if name != "autoRenewTime"}
        | {"renewTime": 3, "expireTime nextRenewTime": "2026-04-01T00:15:00Z", "reservedInstanceStatus": "active"},
        "reservedInstanceIds.0",
    ),
    Write(
        "PUT /v2/instance/reserved/modify",
        {"reservedInstances": [{"reservedInstanceId": "{reserved}", "zoneName": "cn-bj-b", "ehcClusterId": "ehc-2"}]},
        "reserved",
        {"zoneName logicalZone": "cn-bj-b", "ehcClusterId": "ehc-2"},
    ),
    Write(
        "POST /v2/instance/reserved/renew",
        ALL | {"reservedInstanceTime": 1, "autoRenew": True, "autoRenewTime": 1},
        "reserved",
        {"expireTime": "2026-03-01T00:00:00Z", "reservedInstanceTime renewTime": 1, "autoRenew": True},
    ),
    Write(
        "POST /v2/instance/reserved/autoRenew",
        ALL | {"autoRenewTime": 1, "autoRenewTimeUnit": "month"},
        "reserved",
        {"autoRenew": True, "renewTime": 1},
    ),
    Write(
        "POST /v2/instance/reserved/cancelAutoRenew",
        {"reservedInstanceIds": ["{renewing}"]},
        "renewing",
        {"autoRenew": False, "renewTime": 0},
    ),
    Write("PUT /v2/bcc/reserved/tag?bind", ALL | {"changeTags": TAGS}, "reserved", {"tags": TAGS}),
    Write(
        "PUT /v2/bcc/reserved/tag?unbind",
        {"reservedInstanceIds": ["{tagged_reserved}"], "changeTags": TAGS},
        "tagged_reserved",
        {"tags": []},
    ),
)
