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
MANUAL = {"thresholdType": "manual"}
SHOWN_MANUAL = {"thresholdType": "manual", "ipCleanMbps": 130, "ipCleanPps": 60_000}
SHIELD = {
    "name": "made",
    "lineType": "BGP",
    "ipCapacity": 5,
    "reservationLength": 3,
    "reservationTimeUnit": "MONTH",
    "autoRenewTime": 1,
}
SHOWN_SHIELD = {
    "name": "made",
    "defenseLineType": "BGP",
    "defenseCountQuota": 5,
    "expireTime": "2026-04-01T00:00:00Z",
    "autoRenewSwitch": 1,
}
LATER = "2026-06-01T00:00:00Z"
PACKAGE = {
    "name": "made",
    "eip": "{eip}",
    "bandwidthInMbps": 5,
    "type": "BandwidthPackage",
    "autoReleaseTime": LATER,
    "tags": TAGS,
}
SHOWN_PACKAGE = {name: value for name, value in PACKAGE.items() if name != "eip"} | {
    "eips": ["{eip}"],
    "instanceId": SOMETHING,
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
    Write(
        "PUT /v1/ddos/{ddos}?modifyThreshold", MANUAL | {"ipCleanMbps": 130, "ipCleanPps": 60_000}, "ddos", SHOWN_MANUAL
    ),
    Write("POST /v1/tbsp", SHIELD, "tbsp", SHOWN_SHIELD, "id"),
    Write("PUT /v1/tbsp/{tbsp}?resize", {"ipCapacity": 30}, "tbsp", {"defenseCountQuota": 30}),
    Write(
        "PUT /v1/tbsp/{tbsp}?purchaseReserved",
        {"renewTime": 1, "renewTimeUnit": "DAY"},
        "tbsp",
        {"expireTime": SOMETHING},
    ),
    Write("PUT /v1/tbsp/{tbsp}?bind", {"ipList": ["{eip}"]}, "tbsp", {"ipList.0.ip": "{eip}", "ipTotalCount": 1}),
    Write("PUT /v1/tbsp/{tbsp}?unbind", {"ipList": ["{cleaned}"]}, "tbsp", {"ipList": [], "ipTotalCount": 0}),
    Write(
        "PUT /v1/tbsp/{tbsp}/ipClean?modifyThreshold",
        MANUAL | {"ip": "{cleaned}", "cleanMbps": 130, "cleanPps": 60_000},
        "cleaned",
        SHOWN_MANUAL,
    ),
    Write(
        "PUT /v1/tbsp/{tbsp}/ipClean?turnOffClean",
        {"ip": "{cleaned}", "turnOffDuration": 7_200},
        "cleaned",
        {"turnOffBeginTime": SOMETHING, "turnOffEndTime": SOMETHING},
    ),
    Write(
        "PUT /v1/tbsp/{tbsp}/ipProtectLevel", {"ip": "{cleaned}", "protectLevel": 3}, "cleaned", {"protectLevel": "3"}
    ),
    Write(
        "POST /v1/tbsp/{tbsp}/protocolBlocking",
        {"ip": "{blocked}", "protocolPortList": [{"type": "udp", "portBegin": 1, "portEnd": 9}]},
        "blocked",
        {"protocolPortList.1": {"type": "udp", "portBegin": 1, "portEnd": 9}},
    ),
    Write("PUT /v2/eipgroup/{eip_group}?resize", {"eipAddCount": 1}, "eip_group", {"eips.2.eip": SOMETHING}),
    Write(
        "PUT /v1/eipgroup/{prepaid_eip_group}?purchaseReserved",
        {"billing": MONTH},
        "prepaid_eip_group",
        {"expireTime": SOMETHING},
    ),
    Write(
        "PUT /v1/eipgroup/{eip_group}?move_out",
        {"moveOutEips": [{"eip": "{shared_eip}"}]},
        "shared_eip",
        {"shareGroupId": ""},
    ),
    Write("POST /v1/eipbp", PACKAGE, "eip_bp", SHOWN_PACKAGE, "id"),
    Write("PUT /v1/eipbp/{eip_bp}?resize", {"bandwidthInMbps": 7}, "eip_bp", {"bandwidthInMbps": 7}),
    Write("PUT /v1/eipbp/{eip_bp}?rename", {"name": "renamed"}, "eip_bp", {"name": "renamed"}),
    Write("PUT /v1/eipbp/{eip_bp}?retime", {"autoReleaseTime": LATER}, "eip_bp", {"autoReleaseTime": LATER}),
    Write(
        "POST /v1/eiptp",
        {"reservationLength": 1, "capacity": "50G", "deductPolicy": "TimeDurationPackage"},
        "traffic_package",
        {
            "capacity": 50 * 1024**3,
            "deductPolicy": "TimeDurationPackage",
            "packageType": "WebOutBytes",
            "expireTime": SOMETHING,
        },
        "id",
    ),
)
