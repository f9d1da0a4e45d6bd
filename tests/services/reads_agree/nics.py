"""The rows of network interfaces that are made apart from an instance."""

from __future__ import annotations

from tests.services.reads_agree.row import TAGS, Write

NEW = {
    "name": "made",
    "description": "of a test",
    "subnetId": "{home}",
    "privateIpSet": [{"primary": True, "privateIpAddress": "192.168.0.210"}],
    "ipv6PrivateIpSet": [],
    "securityGroupIds": ["{group}"],
    "networkInterfaceTrafficMode": "highPerformance",
    "tags": TAGS,
}
MINE = "192.168.0.220"

NICS = (
    Write(
        "POST /v1/eni",
        NEW,
        "nic",
        {
            "name": "made",
            "description": "of a test",
            "subnetId": "{home}",
            "privateIpSet.0.privateIpAddress": "192.168.0.210",
            "ipv6PrivateIpSet": [],
            "securityGroupIds": ["{group}"],
            "enterpriseSecurityGroupIds": [],
            "networkInterfaceTrafficMode": "highPerformance",
            "tags": TAGS,
        },
        "eniId",
    ),
    Write(
        "PUT /v1/eni/{nic}?modifyAttribute",
        {"name": "renamed", "description": "anew"},
        "nic",
        {"name": "renamed", "description": "anew"},
    ),
    Write("PUT /v1/eni/{nic}?bindSg", {"securityGroupIds": ["{group}"]}, "nic", {"securityGroupIds": ["{group}"]}),
    Write(
        "PUT /v1/eni/{nic}?attach",
        {"instanceId": "{instance}"},
        "nic",
        {"instanceId": "{instance}", "status": "inuse"},
    ),
    Write(
        "PUT /v1/eni/{attached_nic}?detach",
        {"instanceId": "{instance}"},
        "attached_nic",
        {"instanceId": "", "status": "available"},
    ),
    Write(
        "PUT /v1/eni/{nic}?bind",
        {"privateIpAddress": "192.168.0.240", "publicIpAddress": "{eip}"},
        "nic",
        {"privateIpSet.0.privateIpAddress": "192.168.0.240", "privateIpSet.0.publicIpAddress": "{eip}"},
    ),
    Write(
        "PUT /v1/eni/{nic}?bind",
        {"privateIpAddress": "192.168.0.240", "publicIpAddress": "{eip}"},
        "eip",
        {"instanceType": "ENI", "instanceId": "{nic}", "status": "binded"},
    ),
    Write(
        "PUT /v1/eni/{nic_with_eip}?unBind",
        {"publicIpAddress": "{eip}"},
        "nic_with_eip",
        {"privateIpSet.0.publicIpAddress": ""},
    ),
    Write(
        "POST /v1/eni/{nic}/privateIp",
        {"privateIpAddress": MINE},
        "nic",
        {"privateIpSet.1.privateIpAddress": MINE},
    ),
    Write(
        "POST /v1/eni/{nic}/privateIp/batchAdd",
        {"privateIpAddresses": [MINE], "privateIpAddressCount": 1},
        "nic",
        {"privateIpSet.1.privateIpAddress": MINE},
    ),
    Write(
        "POST /v1/eni/{nic}/privateIp/batchAddCrossSubnet",
        {"privateIps": [{"privateIpAddress": "192.168.100.9", "subnetId": "{part}"}], "privateIpAddressCount": 1},
        "nic",
        {"privateIpSet.1.privateIpAddress": "192.168.100.9"},
    ),
    Write(
        "POST /v1/eni/{nic_with_ip}/privateIp/batchDel",
        {"privateIpAddresses": ["192.168.0.230"]},
        "nic_with_ip",
        {"privateIpSet.1.privateIpAddress": None},
    ),
)
