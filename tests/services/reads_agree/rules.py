"""The rows of what rules the traffic of a network: enterprise security groups and what their rules name."""

from __future__ import annotations

from tests.services.reads_agree.row import TAGS, Write

TELNET = {
    "direction": "egress",
    "ethertype": "IPv6",
    "protocol": "udp",
    "portRange": "23",
    "sourcePortRange": "1024-65535",
    "destIp": "2001:db8::/32",
    "localIp": "2001:db8::1",
    "action": "deny",
    "priority": 7,
    "remark": "of a test",
}
CHANGED = {
    "protocol": "tcp",
    "portRange": "22",
    "sourcePortRange": "1000-2000",
    "sourceIp": "10.1.0.0/16",
    "localIp": "10.2.0.0/16",
    "action": "deny",
    "priority": 9,
    "remark": "another",
}
KEPT = {"direction": "ingress", "ethertype": "IPv4", "destIp": "", "remoteIpSet": "", "remoteIpGroup": ""}

RULES = (
    Write(
        "POST /v1/enterprise/security",
        {"name": "made", "desc": "of a test", "tags": TAGS, "rules": [TELNET]},
        "esg",
        {"name": "made", "desc": "of a test", "tags": TAGS, **{f"rules.0.{name}": TELNET[name] for name in TELNET}},
        "enterpriseSecurityGroupId",
    ),
    Write(
        "PUT /v1/enterprise/security/{esg}?authorizeRule",
        {"rules": [TELNET]},
        "esg",
        {f"rules.1.{name}": TELNET[name] for name in TELNET},
    ),
    Write("PUT /v1/enterprise/security/rule/{esg_rule}", CHANGED, "esg_rule", {**CHANGED, **KEPT}),
    Write(
        "PUT /v1/eni/{nic}?bindEsg",
        {"enterpriseSecurityGroupIds": ["{esg}"]},
        "nic",
        {"enterpriseSecurityGroupIds": ["{esg}"], "securityGroupIds": []},
    ),
    Write(
        "PUT /v2/securitygroup/replace",
        {"instanceIds": ["{instance}"], "securityGroupIds": ["{esg}"], "securityGroupType": "enterprise"},
        "instance",
        {"nicInfo.securityGroups": [], "nicInfo.enterpriseSecurityGroups": ["{esg}"]},
    ),
)
