"""The rows of ordinary load balancers, and of what both families share. What makes a listener answers nothing that names it."""

from __future__ import annotations

from typing import Any

from tests.services.reads_agree.app_balancers import DOMAINS, SHOWN_DOMAINS, TLS
from tests.services.reads_agree.beside_balancers import LISTENER
from tests.services.reads_agree.row import MONTH, SOMETHING, TAGS, Write

BLB, APP = "/v1/blb/{balancer}", "/v1/appblb/{app}"
NEW = {
    "name": "made",
    "desc": "of a test",
    "vpcId": "{home_vpc}",
    "subnetId": "{home}",
    "address": "192.168.0.250",
    "tags": TAGS,
    "billing": MONTH,
    "performanceLevel": "large1",
    "allowDelete": False,
    "allowModify": False,
    "modificationProtectionReason": "is in use",
    "layer4ClusterId": "{lbdc}",
    "layer7ClusterId": "{lbdc_seven}",
}
SHOWN_NEW = {name: value for name, value in NEW.items() if name != "billing"} | {"paymentTiming": "Prepaid"}
RENAMED = {"name": "renamed", "desc": "another", "allowDelete": False}
CHECK = {
    "healthCheckTimeoutInSecond": 5,
    "healthCheckInterval": 6,
    "unhealthyThreshold": 4,
    "healthyThreshold": 5,
}
PAID_AHEAD = {"reservationLength": 1, "performanceLevel": "large1", "billingMethod": "BySpec"}
SEVEN_LAYERS = {name: value for name, value in LISTENER.items() if name != "redirectPort"}
BY_USE = {"billingMethod": "ByCapacityUnit", "effectiveImmediately": True, "performanceLevel": ""}


def made(kind: str, family: str, **members: Any) -> Write:
    """The row of what makes a load balancer."""
    return Write(f"POST /v1/{family}", NEW, kind, SHOWN_NEW | {"createTime": SOMETHING} | members, "blbId")


def changed(protocol: str, port: int, given: dict[str, Any], **shown: Any) -> Write:
    """The row of what changes a listener."""
    call = f"PUT {BLB}/{protocol}listener?listenerPort={port}"
    return Write(call, given, f"blb_{protocol.lower()}", {"listenerPort": port} | given | shown)


ORDINARY_BALANCERS = (
    made("balancer", "blb"),
    made("app", "appblb"),
    Write(f"PUT {BLB}", RENAMED, "balancer", RENAMED),
    Write(f"PUT {APP}", RENAMED, "app", RENAMED),
    Write(
        "PUT /v1/blb/modification_protection/{balancer}",
        {"allowModify": False, "modificationProtectionReason": "is in use"},
        "balancer",
        {"allowModify": False, "modificationProtectionReason": "is in use"},
    ),
    Write("PUT /v1/blb/acl/{app}", {"supportAcl": False}, "app", {"supportAcl": False}),
    Write(f"POST {BLB}?action=RESIZE", {"performanceLevel": "large1"}, "balancer", {"performanceLevel": "large1"}),
    Write(
        f"POST {BLB}/charge?action=TO_PREPAY",
        PAID_AHEAD,
        "balancer",
        {"paymentTiming": "Prepaid", "performanceLevel": "large1", "billingMethod": None, "expireTime": SOMETHING},
    ),
    Write(
        "POST /v1/blb/{prepaid_balancer}/charge?action=TO_POSTPAY",
        BY_USE,
        "prepaid_balancer",
        {"paymentTiming": "Postpaid", "billingMethod": "ByCapacityUnit", "performanceLevel": SOMETHING},
    ),
    Write(
        f"PUT {BLB}/backendserver?update",
        {"backendServerList": [{"instanceId": "{backend}", "weight": 7, "desc": "anew"}]},
        "backend",
        {"weight": 7, "desc": "anew"},
    ),
    changed(
        "TCP", 80, {"scheduler": "Hash", "tcpSessionTimeout": 60, "backendPort": 81, "healthCheckType": "TCP"} | CHECK
    ),
    changed(
        "UDP",
        53,
        {"scheduler": "Hash", "udpSessionTimeout": 60, "backendPort": 81, "healthCheckType": "UDP"}
        | {"healthCheckPort": 82, "healthCheckString": "ping"}
        | CHECK,
    ),
    Write(
        f"PUT {BLB}/HTTPlistener?listenerPort=8080",
        LISTENER | {"keepSessionDuration": 60, "xForwardFor": True},
        "blb_http",
        LISTENER | {"keepSessionDuration": 60, "xForwardFor": True, "listenerPort": 8080},
    ),
    Write(
        f"PUT {BLB}/HTTPSlistener?listenerPort=443",
        SEVEN_LAYERS | TLS | DOMAINS | {"keepSessionDuration": 60, "xForwardFor": True},
        "blb_https",
        SEVEN_LAYERS | TLS | SHOWN_DOMAINS | {"keepSessionDuration": 60, "xForwardFor": True, "listenerPort": 443},
    ),
    changed("SSL", 9443, {"scheduler": "Hash", "backendPort": 81, "healthCheckType": "TCP", **TLS, **CHECK}),
)
