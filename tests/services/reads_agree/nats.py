"""The rows of NAT gateways and their rules."""

from __future__ import annotations

from tests.services.reads_agree.row import MONTH, POSTPAID, SOMETHING, TAGS, Write

SESSIONS = {"tcpTimeout": 60, "udpTimeout": 30, "icmpTimeout": 10}
NEW = {"name": "made", "vpcId": "{vpc}", "tags": TAGS}
SNAT = {"ruleName": "made", "publicIpsAddress": ["{eip}"], "sourceCIDR": "10.0.1.0/24"}
TO = {"ruleName": "made", "publicIpAddress": "{eip}", "privateIpAddress": "10.0.1.9"}
DNAT = TO | {"protocol": "UDP", "publicPort": 53, "privatePort": 5353}
RANGED = TO | {"protocol": "TCP", "publicPortRange": "80-81", "privatePortRange": "90-91"}

NATS = (
    Write(
        "POST /v1/nat",
        NEW
        | {"spec": "medium", "ipVersion": "v4", "bindEips": ["{eip}"], "sessionConfig": SESSIONS}
        | {"billing": POSTPAID, "deleteProtect": True},
        "nat",
        NEW
        | {"spec": "medium", "ipVersion": "v4", "bindEips": ["{eip}"], "sessionConfig": SESSIONS}
        | {"paymentTiming": "Postpaid", "deleteProtect": True, "status": "active"},
        "natId",
    ),
    Write(
        "POST /v1/nat",
        NEW | {"cuNum": 2, "eips": ["{eip}"], "billing": MONTH},
        "nat",
        NEW | {"cuNum": 2, "eips": ["{eip}"], "paymentTiming": "Prepaid", "expiredTime expireTime": SOMETHING},
        "natId",
    ),
    Write(
        "POST /v1/nat",
        NEW | {"spec": "small", "dnatEips": ["{eip}"], "billing": POSTPAID},
        "nat",
        {"dnatEips bindEips": ["{eip}"], "eips": [], "status": "unconfigured"},
        "natId",
    ),
    Write("PUT /v1/nat/{nat}", {"name": "renamed"}, "nat", {"name": "renamed"}),
    Write("PUT /v1/nat/{nat}?bind", {"bindEips": ["{eip}"]}, "nat", {"bindEips": ["{eip}"], "status": "active"}),
    Write("PUT /v1/nat/{nat}?bind", {"eips": ["{eip}"]}, "nat", {"eips bindEips": ["{eip}"]}),
    Write("PUT /v1/nat/{nat}?bind", {"dnatEips": ["{eip}"]}, "nat", {"dnatEips bindEips": ["{eip}"]}),
    Write("PUT /v1/nat/{nat}?bind", {"bindEips": ["{eip}"]}, "eip", {"instanceType": "NAT", "instanceId": "{nat}"}),
    Write(
        "PUT /v1/nat/{nat_with_eip}?unbind",
        {"bindEips": ["{eip}"]},
        "nat_with_eip",
        {"bindEips eips dnatEips": [], "status": "unconfigured"},
    ),
    Write("PUT /v1/nat/{nat_with_eip}?unbind", {"bindEips": ["{eip}"]}, "eip", {"status": "available"}),
    Write("PUT /v1/nat/{enhanced_nat}?resize", {"cuNum": 9}, "enhanced_nat", {"cuNum": 9}),
    Write(
        "PUT /v1/nat/{enhanced_nat}?purchaseReserved",
        {"billing": MONTH},
        "enhanced_nat",
        {"expiredTime expireTime": SOMETHING},
    ),
    Write("PUT /v1/nat/{nat}/deleteProtect", {"deleteProtect": True}, "nat", {"deleteProtect": True}),
    Write("POST /v1/nat/{nat_with_eip}/snatRule", SNAT, "snat_rule", SNAT | {"status": "active"}, "ruleId"),
    Write(
        "POST /v1/nat/snatRule/batchCreate",
        {"natId": "{nat_with_eip}", "snatRules": [SNAT]},
        "snat_rule",
        SNAT,
        "snatRuleIds.0",
    ),
    Write(
        "PUT /v1/nat/{nat_with_eip}/snatRule/{snat_rule}",
        SNAT | {"sourceCIDR": "10.0.2.0/24"},
        "snat_rule",
        SNAT | {"sourceCIDR": "10.0.2.0/24"},
    ),
    Write("POST /v1/nat/{nat_with_eip}/dnatRule", DNAT, "dnat_rule", DNAT | {"status": "active"}, "ruleId"),
    Write("POST /v1/nat/{nat_with_eip}/dnatRule", RANGED, "dnat_rule", RANGED, "ruleId"),
    Write("POST /v1/nat/{nat_with_eip}/dnatRule/batchCreate", {"rules": [DNAT]}, "dnat_rule", DNAT, "ruleIds.0"),
    Write("PUT /v1/nat/{nat_with_eip}/dnatRule/{dnat_rule}", DNAT, "dnat_rule", DNAT),
    Write("PUT /v1/nat/{nat_with_eip}/dnatRule/{dnat_rule}", RANGED, "dnat_rule", RANGED),
)
