"""The rows of public addresses, and of what they share."""

from __future__ import annotations

from tests.services.reads_agree.row import MONTH, SOMETHING, TAGS, Write

BANDWIDTH = {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
GROUP = {"name": "made", "eipCount": 2, "bandwidthInMbps": 20, "billing": BANDWIDTH, "routeType": "BGP", "tags": TAGS}
NEW = {"name": "made", "bandwidthInMbps": 100, "billing": BANDWIDTH, "routeType": "BGP_S", "tags": TAGS}
SHOWN_NEW = {
    "name": "made",
    "bandwidthInMbps": 100,
    "routeType": "BGP_S",
    "tags": TAGS,
    "paymentTiming": "Postpaid",
    "billingMethod": "ByBandwidth",
}

ADDRESSES = (
    Write("POST /v1/eip", NEW | {"deleteProtect": True}, "eip", SHOWN_NEW | {"deleteProtect": True}, "eip"),
    Write("POST /v1/eip?action=batch", NEW | {"count": 2}, "eip", SHOWN_NEW | {"name": "made-1"}, "eips.0"),
    Write(
        "PUT /v1/eip/{eip}?bind",
        {"instanceType": "BCC", "instanceId": "{instance}"},
        "eip",
        {"instanceType": "BCC", "instanceId": "{instance}", "status": "binded"},
    ),
    Write(
        "PUT /v1/eip/{eip}?bind",
        {"instanceType": "BCC", "instanceId": "{instance}"},
        "instance",
        {"publicIp publicIpAddress nicInfo.ips.0.eip": "{eip}"},
    ),
    Write("PUT /v1/eip/{bound}?unbind", {}, "bound", {"instanceId": "", "status": "available"}),
    Write("PUT /v1/eip/{bound}?unbind", {}, "instance", {"publicIp publicIpAddress nicInfo.ips.0.eip": ""}),
    Write("PUT /v1/eip/{eip}?resize", {"newBandwidthInMbps": 9}, "eip", {"bandwidthInMbps": 9}),
    Write("PUT /v1/eip/{bound}?resize", {"newBandwidthInMbps": 9}, "instance", {"nicInfo.ips.0.eipSize": 9}),
    Write("PUT /v1/eip/{eip}/deleteProtect", {"deleteProtect": True}, "eip", {"deleteProtect": True}),
    Write(
        "PUT /v1/eip/{eip}?action=TO_PREPAY",
        {"purchaseLength": 1, "bandWidth": 5},
        "eip",
        {"paymentTiming": "Prepaid", "expireTime": SOMETHING, "bandwidthInMbps": 5},
    ),
    Write("PUT /v1/eip/{prepaid_eip}?purchaseReserved", {"billing": MONTH}, "prepaid_eip", {"expireTime": SOMETHING}),
    Write(
        "POST /v1/eipgroup",
        GROUP,
        "eip_group",
        {"name": "made", "bandwidthInMbps": 20, "routeType": "BGP", "paymentTiming": "Postpaid", "tags": TAGS},
        "id",
    ),
    Write("PUT /v1/eipgroup/{eip_group}?update", {"name": "renamed"}, "eip_group", {"name": "renamed"}),
    Write(
        "PUT /v1/eipgroup/{eip_group}?resize",
        {"bandwidthInMbps": 30},
        "eip_group",
        {"bandwidthInMbps": 30},
    ),
    Write("PUT /v1/eipgroup/{eip_group}?move_in", {"eips": ["{eip}"]}, "eip", {"shareGroupId": "{eip_group}"}),
)
