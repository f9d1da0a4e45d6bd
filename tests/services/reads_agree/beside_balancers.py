"""The rows of what is beside load balancers, service publishing points and dedicated clusters, and of calls beside others."""

from __future__ import annotations

from tests.services.reads_agree.made_app import PREPAID
from tests.services.reads_agree.row import EXPIRES, SOMETHING, TAGS, Write

POINT = "/v1/service/{service_point}"
ALLOWED = {"uid": "friend", "auth": "allow"}
SHOP = {
    "name": "made",
    "description": "of a test",
    "serviceName": "shop",
    "instanceId": "{app}",
    "authList": [ALLOWED],
}
CLUSTER = {"name": "made", "desc": "of a test", "type": "7Layer", "ccuCount": 2, "tags": TAGS}
LISTENER = {
    "backendPort": 81,
    "scheduler": "LeastConnection",
    "keepSession": True,
    "keepSessionType": "rewrite",
    "keepSessionCookieName": "sid",
    "xForwardedProto": True,
    "serverTimeout": 60,
    "additionalAttributes": {"gzipJson": "on"},
    "redirectPort": 443,
    "healthCheckType": "HTTP",
    "healthCheckPort": 82,
    "healthCheckTimeoutInSecond": 5,
    "healthCheckInterval": 6,
    "unhealthyThreshold": 4,
    "healthyThreshold": 5,
    "healthCheckURI": "/health",
    "healthCheckNormalStatus": "http_2xx",
    "healthCheckHost": "a.example.com",
}
RENAMED = {"name": "renamed", "description": "another"}

BESIDE_BALANCERS = (
    Write("POST /v1/service", SHOP, "service_point", SHOP | {"status": "available"}, "service"),
    Write(f"PUT {POINT}?modifyAttribute", RENAMED, "service_point", RENAMED),
    Write(f"PUT {POINT}?unbind", {}, "service_point", {"instanceId": "", "status": "free"}),
    Write(
        "PUT /v1/service/{free_point}?bind",
        {"instanceId": "{app}"},
        "free_point",
        {"instanceId": "{app}", "status": "available"},
    ),
    Write(
        f"PUT {POINT}?addAuth",
        {"authList": [ALLOWED]},
        "service_point",
        {"authList": [{"uid": "*", "auth": "deny"}, ALLOWED]},
    ),
    Write(
        f"PUT {POINT}?editAuth",
        {"authList": [{"uid": "*", "auth": "allow"}]},
        "service_point",
        {"authList": [{"uid": "*", "auth": "allow"}]},
    ),
    Write(f"PUT {POINT}?removeAuth", {"uidList": ["*"]}, "service_point", {"authList": []}),
    Write("POST /v1/lbdc", CLUSTER | {"billing": PREPAID}, "lbdc", CLUSTER | {"expireTime": EXPIRES}, "id"),
    Write(
        "PUT /v1/lbdc/{lbdc}", {"name": "renamed", "desc": "another"}, "lbdc", {"name": "renamed", "desc": "another"}
    ),
    Write("PUT /v1/lbdc/{lbdc}?resize", {"ccuCount": 3}, "lbdc", {"ccuCount": 3}),
    Write("PUT /v1/lbdc/{lbdc}?purchaseReserved", {"billing": PREPAID}, "lbdc", {"expireTime": SOMETHING}),
    Write("POST /v1/blb/{balancer}", {"performanceLevel": "large1"}, "balancer", {"performanceLevel": "large1"}),
    Write(
        "POST /v1/blb/{balancer}/charge",
        {"reservationLength": 1, "performanceLevel": "large1"},
        "balancer",
        {"performanceLevel": "large1", "paymentTiming": "Prepaid", "billingMethod": None, "expireTime": SOMETHING},
    ),
    Write(
        "PUT /v1/blb/{balancer}/httplistener?listenerPort={blb_http}",
        LISTENER | {"keepSessionTimeout": 60, "xForwardedFor": True},
        "blb_http",
        LISTENER | {"keepSessionDuration": 60, "xForwardFor": True, "listenerPort": 8080},
    ),
)
