"""The rows of what application load balancers have. What makes a listener answers nothing that names it."""

from __future__ import annotations

from tests.services.reads_agree.made_app import CERT
from tests.services.reads_agree.row import Write

APP = "/v1/appblb/{app}"
OTHER_CERT = "cert-0123456789ab"
SESSION = {
    "scheduler": "LeastConnection",
    "keepSession": True,
    "keepSessionType": "rewrite",
    "keepSessionTimeout": 60,
    "keepSessionCookieName": "sid",
    "xForwardedProto": True,
    "serverTimeout": 60,
}
ALSO = {"xForwardedFor": True, "additionalAttributes": {"gzipJson": "on"}, "description": "anew"}
SHOWN_ALSO = {"xForwardedFor xForwardFor": True, "additionalAttributes.gzipJson": "on", "description": "anew"}
TLS = {
    "certIds": [OTHER_CERT],
    "encryptionType": "userDefind",
    "encryptionProtocols": ["tlsv12"],
    "appliedCiphers": "AES128-SHA",
    "dualAuth": True,
    "clientCertIds": [CERT],
}
DOMAINS = {"additionalCertDomains": [{"certId": CERT, "host": "a.example.com"}]}
SHOWN_DOMAINS = {
    "additionalCertDomains.0.certId": CERT,
    "additionalCertDomains.0.host additionalCertDomains.0.Host": "a.example.com",
}
CHECK = {
    "enableHealthCheck": False,
    "healthCheck": "TCP",
    "healthCheckPort": 81,
    "healthCheckUrlPath": "/health",
    "healthCheckTimeoutInSecond": 5,
    "healthCheckIntervalInSecond": 6,
    "healthCheckDownRetry": 4,
    "healthCheckUpRetry": 5,
    "healthCheckNormalStatus": "http_2xx",
    "healthCheckHost": "a.example.com",
    "udpHealthCheckString": "ping",
}
RULES = [{"key": "host", "value": "a.example.com"}]

APP_BALANCERS = (
    Write(
        f"PUT {APP}/TCPlistener?listenerPort=80",
        {"scheduler": "Hash", "tcpSessionTimeout": 60, "description": "anew"},
        "app_tcp",
        {"scheduler": "Hash", "tcpSessionTimeout": 60, "description": "anew", "listenerPort": 80},
    ),
    Write(
        f"PUT {APP}/UDPlistener?listenerPort=53",
        {"scheduler": "Hash", "udpSessionTimeout": 60, "description": "anew"},
        "app_udp",
        {"scheduler": "Hash", "udpSessionTimeout": 60, "description": "anew", "listenerPort": 53},
    ),
    Write(
        f"PUT {APP}/HTTPlistener?listenerPort=8080",
        SESSION | ALSO | {"redirectPort": 0},
        "app_http",
        SESSION | SHOWN_ALSO | {"redirectPort": 0, "listenerPort": 8080},
    ),
    Write(
        f"PUT {APP}/HTTPSlistener?listenerPort=443",
        SESSION | ALSO | TLS | DOMAINS,
        "app_https",
        SESSION | SHOWN_ALSO | TLS | SHOWN_DOMAINS | {"listenerPort": 443},
    ),
    Write(
        f"PUT {APP}/SSLlistener?listenerPort=9443",
        {"scheduler": "Hash", "description": "anew", **TLS},
        "app_ssl",
        {"scheduler": "Hash", "description": "anew", "listenerPort": 9443, **TLS},
    ),
    Write(
        f"POST {APP}/appservergroup",
        {
            "name": "made",
            "desc": "of a test",
            "preserveClientIpEnabled": False,
            "backendServerList": [{"instanceId": "{instance}"}],
        },
        "app_group",
        {"name": "made", "desc": "of a test", "preserveClientIpEnabled": False},
        "id",
    ),
    Write(
        f"PUT {APP}/appservergroup",
        {"sgId": "{app_group}", "name": "renamed", "desc": "anew", "preserveClientIpEnabled": False},
        "app_group",
        {"name": "renamed", "desc": "anew", "preserveClientIpEnabled": False},
    ),
    Write(
        f"POST {APP}/appservergroupport",
        {"sgId": "{app_group}", "port": 82, "type": "HTTP", **CHECK},
        "app_port",
        {"port": 82, "type": "HTTP", **CHECK},
        "id",
    ),
    Write(f"PUT {APP}/appservergroupport", {"sgId": "{app_group}", "portId": "{app_port}", **CHECK}, "app_port", CHECK),
    Write(
        f"PUT {APP}/blbrs",
        {"sgId": "{app_group}", "backendServerList": [{"instanceId": "{app_server}", "weight": 7, "desc": "anew"}]},
        "app_server",
        {"weight": 7, "desc": "anew"},
    ),
    Write(
        f"POST {APP}/ipgroup",
        {"name": "made", "desc": "of a test", "groupTargetType": "sameVpc", "preserveClientIpEnabled": False},
        "app_ip_group",
        {"name": "made", "desc": "of a test", "groupTargetType": "sameVpc", "preserveClientIpEnabled": False},
        "id",
    ),
    Write(
        f"PUT {APP}/ipgroup",
        {"ipGroupId": "{app_ip_group}", "name": "renamed", "desc": "anew", "preserveClientIpEnabled": True},
        "app_ip_group",
        {"name": "renamed", "desc": "anew", "preserveClientIpEnabled": True},
    ),
    Write(
        f"POST {APP}/ipgroup/backendpolicy",
        {"ipGroupId": "{app_ip_group}", "type": "HTTP", **CHECK},
        "ip_protocol",
        {"type": "HTTP", **CHECK},
        "id",
    ),
    Write(
        f"PUT {APP}/ipgroup/backendpolicy",
        {"ipGroupId": "{app_ip_group}", "id": "{ip_protocol}", **CHECK},
        "ip_protocol",
        CHECK,
    ),
    Write(
        f"PUT {APP}/ipgroup/member",
        {
            "ipGroupId": "{app_ip_group}",
            "memberList": [{"memberId": "{ip_member}", "port": 81, "weight": 7, "desc": "anew"}],
        },
        "ip_member",
        {"port": 81, "weight": 7, "desc": "anew"},
    ),
    Write(
        f"POST {APP}/policys",
        {
            "listenerPort": 8080,
            "type": "HTTP",
            "appPolicyVos": [
                {
                    "appIpGroupId": "{app_ip_group}",
                    "portType": "HTTP",
                    "priority": 9,
                    "ruleList": RULES,
                    "desc": "{ip_protocol}{app_http}",
                }
            ],
        },
        "app_policy",
        {
            "type": "HTTP",
            "priority": 9,
            "portType": "HTTP",
            "groupType": "IP",
            "appIpGroupId": "{app_ip_group}",
            "ruleList": RULES,
        },
        "idList.0",
    ),
    Write(
        f"PUT {APP}/policys?batchupdate",
        {
            "port": 8080,
            "type": "HTTP",
            "policyList": [{"policyId": "{app_policy}", "priority": 9, "description": "anew"}],
        },
        "app_policy",
        {"frontendPort": 8080, "type": "HTTP", "priority": 9, "desc": "anew", "groupType": "Server"},
    ),
)
