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
ACL_RULE = {
    "description": "of a test",
    "protocol": "tcp",
    "sourceIpAddress": "10.0.0.0/8",
    "destinationIpAddress": "all",
    "sourcePort": "1024-65535",
    "destinationPort": "22",
    "position": 7,
    "action": "deny",
}
ACL_MADE = ACL_RULE | {"subnetId": "{subnet}", "direction": "egress", "ipVersion": 4}
INFO = [{"ipAddress": "10.0.0.9", "description": "of a test"}]
LIMIT = {
    "ipVersion": "4",
    "name": "made",
    "description": "of a test",
    "serviceType": "csn",
    "subServiceType": "PEER_CLOUD",
    "peerRegion": "gz",
    "resourceId": "csn-1",
    "direction": "egress",
    "cidr": "10.0.0.0/8",
    "bandwidth": 100,
}
LESS = {"name": "renamed", "description": "another", "bandwidth": 50}

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
    Write(
        "POST /v1/acl/rule",
        {"aclRules": [ACL_MADE]},
        "acl",
        {f"aclRules.0.{name}": ACL_MADE[name] for name in ACL_MADE},
    ),
    Write("PUT /v1/acl/rule/{acl_rule}", ACL_RULE, "acl_rule", ACL_RULE),
    Write(
        "POST /v1/ipSet",
        {"name": "made", "ipVersion": "IPv4", "description": "of a test", "ipAddressInfo": INFO},
        "ip_set",
        {"name": "made", "ipVersion": "IPv4", "description": "of a test", "ipAddressInfo": INFO},
        "ipSetId",
    ),
    Write(
        "PUT /v1/ipSet/{ip_set}?modifyAttribute",
        {"name": "renamed", "description": "another"},
        "ip_set",
        {"name": "renamed", "description": "another"},
    ),
    Write("POST /v1/ipSet/{ip_set}/ipAddress", {"ipAddressInfo": INFO}, "ip_set", {"ipAddressInfo.1": INFO[0]}),
    Write("POST /v1/ipSet/{ip_set}/deleteIpAddress", {"ipAddressInfo": ["10.0.0.1"]}, "ip_set", {"ipAddressInfo": []}),
    Write(
        "POST /v1/ipGroup",
        {"name": "made", "ipVersion": "IPv4", "description": "of a test", "ipSetIds": ["{ip_set}"]},
        "ip_group",
        {"name": "made", "ipVersion": "IPv4", "description": "of a test", "ipSetIds": ["{ip_set}"]},
        "ipGroupId",
    ),
    Write(
        "PUT /v1/ipGroup/{ip_group}?modifyAttribute",
        {"name": "renamed", "description": "another"},
        "ip_group",
        {"name": "renamed", "description": "another"},
    ),
    Write(
        "POST /v1/ipGroup/{ip_group}/bindIpSet",
        {"ipSetIds": ["{ip_set_apart}"]},
        "ip_group",
        {"ipSetIds": ["{ip_set}", "{ip_set_apart}"]},
    ),
    Write("POST /v1/ipGroup/{ip_group}/unbindIpSet", {"ipSetIds": ["{ip_set}"]}, "ip_group", {"ipSetIds": []}),
    Write(
        "POST /v1/subnet/ipreserve",
        {"subnetId": "{subnet}", "ipCidr": "10.0.1.64/26", "ipVersion": 4, "description": "of a test"},
        "ip_reserve",
        {"subnetId": "{subnet}", "ipCidr": "10.0.1.64/26", "ipVersion": "4", "description": "of a test"},
        "ipReserveId",
    ),
    Write(
        "POST /v1/gateway/limitrule",
        LIMIT,
        "limit_rule",
        {name: LIMIT[name] for name in LIMIT if name != "peerRegion"},
        "glrId",
    ),
    Write("PUT /v1/gateway/limitrule/{limit_rule}", LESS, "limit_rule", LESS),
)
