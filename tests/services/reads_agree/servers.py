"""The rows of bare metal, and the reads that show them: at the host of the product."""

from __future__ import annotations

from tests.services.reads_agree.made_servers import ORDER
from tests.services.reads_agree.row import EXPIRES, MONTH, POSTPAID, SOMETHING, TAGS, Write

V1, V2 = "//bbc/v1", "//bbc/v2"
MADE = ORDER | {
    "name": "made",
    "hostname": "made-host",
    "subnetId": "{home}",
    "deploySetId": "{server_set}",
    "tags": TAGS,
    "billing": POSTPAID,
}
SHOWN = {
    "flavorId": "BBC-I1-01",
    "imageId": "m-d6RzP1eT",
    "name": "made",
    "hostname": "made-host",
    "subnet.subnetId": "{home}",
    "deploysetId": "{server_set}",
    "tags": TAGS,
    "paymentTiming": "Postpaid",
    "raidDescription": "NoRaid",
    "zone subnet.zoneName": "cn-bj-a",
}
SET = {"strategy": "HOST_HA", "concurrency": 3, "name": "made", "desc": "of a test"}
RULE = {"ruleName": "made", "limit": 3}
TASK = {"taskId": "{repair}"}
CHECKED = {"taskId": "{repaired_server}"}
BUILT = {"imageId": "m-f8LhC5yQ", "raidId": "raid-w5Kd0RxP", "sysRootSize": 50}
REBUILT = {"imageId": "m-f8LhC5yQ", "raidDescription": "Raid5", "status": "Running"}

SERVERS = (
    Write(f"POST {V1}/instance", MADE, "server", SHOWN, "instanceIds.0"),
    Write(f"POST {V1}/instanceByLabel", MADE, "server", SHOWN, "instanceIds.0"),
    Write(f"PUT {V1}/instance/{{server}}?rename", {"name": "renamed"}, "server", {"name": "renamed"}),
    Write(f"PUT {V1}/instance/{{server}}?updateDesc", {"desc": "another"}, "server", {"desc": "another"}),
    Write(f"PUT {V1}/instance/{{server}}?stop", {}, "server", {"status": "Stopped", "hasAlive": 0}),
    Write(f"PUT {V1}/instance/{{server}}?rebuild", BUILT, "server", REBUILT),
    Write(f"PUT {V1}/instance/batchRebuild", BUILT | {"instanceIds": ["{server}"]}, "server", REBUILT),
    Write(f"PUT {V1}/instance/{{server}}/tag?bind", {"changeTags": TAGS}, "server", {"tags": TAGS}),
    Write(f"PUT {V1}/instance/{{tagged_server}}/tag?unbind", {"changeTags": TAGS}, "tagged_server", {"tags": []}),
    Write(
        f"PUT {V1}/instance/{{prepaid_server}}?purchaseReserved",
        {"billing": MONTH},
        "prepaid_server",
        {"expireTime": "2026-03-01T00:00:00Z"},
    ),
    Write(
        f"POST {V1}/instance/batchCreateAutoRenewRules",
        {"instanceId": "{prepaid_server}", "renewTimeUnit": "month", "renewTime": 1},
        "prepaid_server",
        {"autoRenew": True, "expireTime": EXPIRES, "instanceId id bbcId": "{prepaid_server}"},
    ),
    Write(
        f"POST {V1}/instance/batchDeleteAutoRenewRules",
        {"instanceId": "{renewed_server}"},
        "renewed_server",
        {"autoRenew": False},
    ),
    Write(
        f"PUT {V1}/subnet/changeSubnet",
        {"instanceId": "{server}", "subnetId": "{subnet_beside}", "internalIp": "192.168.200.9"},
        "server",
        {"subnet.subnetId": "{subnet_beside}", "internalIp": "192.168.200.9"},
    ),
    Write(
        f"PUT {V1}/subnet/changeSubnet",
        {"instanceId": "{server_card}", "subnetId": "{subnet_beside}", "internalIp": "192.168.200.9"},
        "server_card",
        {"subnetId": "{subnet_beside}", "privateIpSet.0.privateIpAddress": "192.168.200.9"},
    ),
    Write(
        f"PUT {V1}/vpc/changeVpc",
        {"instanceId": "{server}", "subnetId": "{subnet}", "internalIp": "10.0.1.99"},
        "server",
        {
            "subnet.subnetId": "{subnet}",
            "vpc.vpcId subnet.vpcId": "{vpc}",
            "internalIp": "10.0.1.99",
        },
    ),
    Write(
        f"PUT {V1}/instance/batchAddIp",
        {"instanceId": "{server_card}", "privateIps": ["192.168.0.80"]},
        "server_card",
        {"privateIpSet.1.privateIpAddress": "192.168.0.80"},
    ),
    Write(
        f"PUT {V1}/instance/batchAddIpCrossSubnet",
        {
            "instanceId": "{server_card}",
            "singleEniAndSubentIps": [{"subnetId": "{subnet_beside}", "secondaryPrivateIpAddressCount": 1}],
        },
        "server_card",
        {"privateIpSet.1.subnetId": "{subnet_beside}"},
    ),
    Write(
        f"PUT {V1}/instance/batchDelIp",
        {"instanceId": "{card_with_ip}", "privateIps": ["192.168.0.70"]},
        "card_with_ip",
        {"privateIpSet.1": None},
    ),
    Write(
        f"POST {V1}/image",
        {"imageName": "made", "instanceId": "{server}"},
        "server_image",
        {"name": "made", "type": "Custom", "osName": "Ubuntu", "status": "Available"},
        "imageId",
    ),
    Write(f"POST {V1}/image/{{server_image}}?share", {"account": "test-other"}, "server_image", {"sharedToUserNum": 1}),
    Write(
        f"POST {V1}/image/{{shared_server_image}}?unshare",
        {"account": "test-other"},
        "shared_server_image",
        {"sharedToUserNum": 0},
    ),
    Write(
        f"PUT {V2}/bbc/reserved/tag?bind",
        {"reservedInstanceIds": ["{reserved}"], "changeTags": TAGS},
        "reserved",
        {"tags": TAGS},
    ),
    Write(
        f"PUT {V2}/bbc/reserved/tag?unbind",
        {"reservedInstanceIds": ["{tagged_reserved}"], "changeTags": TAGS},
        "tagged_reserved",
        {"tags": []},
    ),
    Write(f"POST {V1}/deployset", SET, "server_set", SET, "deploySetId"),
    Write(f"POST {V2}/task/authorize", TASK, "repair", {"status": "checkTask", "authorizeTaskTime": SOMETHING}),
    Write(
        f"POST {V2}/task/unauthorize", TASK, "repair", {"status": "unAuthorizeTask", "unAuthorizeTaskTime": SOMETHING}
    ),
    Write(
        f"POST {V2}/task/confirm",
        CHECKED,
        "repaired_server",
        {"status": "closedTask", "firstConfirmedTime": SOMETHING, "endTime": SOMETHING},
    ),
    Write(
        f"POST {V2}/task/disconfirm",
        CHECKED | {"newErrResult": "another"},
        "repaired_server",
        {"errResult": "another", "checkTaskTime": SOMETHING},
    ),
    Write(
        f"POST {V2}/rule/create",
        RULE | {"enabled": 0, "tagStr": "team:red"},
        "repair_rule",
        RULE | {"status": "disabled", "tags": TAGS, "tagCount": 1},
        "ruleId",
    ),
    Write(f"PUT {V2}/rule/enable", {"ruleId": "{rule_off}"}, "rule_off", {"status": "enabled"}),
    Write(f"PUT {V2}/rule/disable", {"ruleId": "{repair_rule}"}, "repair_rule", {"status": "disabled"}),
)
VIEWS_OF_SERVERS = {
    "BareMetalServerView": ("server", "id"),
    "SimpleFlavorView": ("server", "instanceId"),
    "NetworkInfoView": ("server", "bbcId"),
    "GetInstanceEniResponse": ("server_card", "instanceId"),
    "ServerImageView": ("server_image", "id"),
    "ServerImageInFullView": ("server_image", "id"),
    "ListedServerDeploySetView": ("server_set", "deploysetId"),
    "GetServerDeploySetResponse": ("server_set", "deploySetId"),
    "RepairTaskView": ("repair", "taskId"),
    "ClosedRepairTaskView": ("repair", "taskId"),
    "GetRepairTaskDetailResponse": ("repair", "taskId"),
    "RepairRuleView": ("repair_rule", "ruleId"),
}
ALSO_SERVERS = {
    "server": ["other_server", "prepaid_server", "renewed_server", "tagged_server"],
    "server_card": ["card_with_ip"],
    "server_image": ["shared_server_image"],
    "repair": ["repaired_server"],
    "repair_rule": ["rule_off"],
}
LISTS_OF_SERVERS = (
    ("GET", f"{V1}/instance", None),
    ("GET", f"{V1}/image", None),
    ("POST", f"{V1}/customFlavor/image", {}),
    ("GET", f"{V1}/deployset", None),
    ("GET", f"{V2}/task", None),
    ("GET", f"{V2}/closedTask", None),
    ("GET", f"{V2}/rule", None),
)
ONE_SERVER = {
    "server": [
        ("GET", f"{V1}/instance/{{id}}", None),
        ("POST", f"{V1}/instance/listByInstanceId", {"instanceIdList": ["{id}"]}),
        ("POST", f"{V1}/instance/simpleFlavor", {"instanceIds": ["{id}"]}),
        ("POST", f"{V1}/vpcSubnet", {"bbcIds": ["{id}"]}),
    ],
    "server_card": [("GET", f"{V1}/vpcPort/{{id}}", None)],
    "server_image": [("GET", f"{V1}/image/{{id}}", None)],
    "server_set": [("GET", f"{V1}/deployset/{{id}}", None)],
    "repair": [("GET", f"{V2}/task/{{id}}", None)],
    "repair_rule": [("GET", f"{V2}/rule/{{id}}", None)],
}
SET_NOTHING_OF_SERVERS = {
    "bbc.RebootInstance", "bbc.StartInstance", "bbc.RecoveryInstances",  # change a status only
    "bbc.ModifyInstancePassword",  # a secret, which nobody shows
    "bbc.BindSecurityGroups", "bbc.UnBindSecurityGroups",  # no read of bare metal shows groups
    "bbc.RemoteCopyImage", "bbc.CancelRemoteCopyImage",  # in other places
}  # fmt: skip
