"""What each operation sets and which members show it: rows for each operation that takes what a read shows.

A member is told by all the names that the reads have for it, with blanks between them, each of which may be a path with
dots. ``{instance}`` and its like stand for what ``made.py`` makes when it is asked for.
"""

from __future__ import annotations

from typing import Any, NamedTuple

SOMETHING = ...
"""Whatever it is, every read shows the same."""
NAME, DESC = "name instanceName volumeName", "desc description"
HOST, SPEC, CPU, MEMORY = "hostname hostName", "spec instanceSpec", "cpuCount cpu", "memoryCapacityInGB memory"
DEPLOY_SET, KEYPAIR = "deploysetId deployId.0", "keypairId"
SIZE, POLICY = "diskSizeInGB volumeSizeInGB volumeSizeInGb", "autoSnapshotPolicyInfos.0.id autoSnapshotPolicyId"
DEDICATED = "dedicatedHostId hypervisorDedicatedId"
SOURCE = "sourceSnapshotId DataVolumeV3View.snapshotId"
TAGS = [{"tagKey": "team", "tagValue": "red"}]
MONTH = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "Month"}}
POSTPAID = {"paymentTiming": "Postpaid"}
ORDER = {"imageId": "m-z2UUQHH9", "billing": POSTPAID, "zoneName": "cn-bj-a"}
EXPIRES = "2026-02-01T00:00:00Z"


class Write(NamedTuple):
    """A call, the kind of resource it is about, and the values of its members afterwards; empty means its own."""

    call: str
    body: dict[str, Any]
    kind: str
    shown: dict[str, Any]
    made: str = ""
    """Where its response has the id of what it made; else the resource of that kind is in the call."""


CREATED = {
    "name": "made",
    "hostname": "made-host",
    "tags": TAGS,
    "keypairId": "{keypair}",
    "deployIdList": ["{deployset}"],
    "subnetId": "{subnet}",
    "securityGroupIds": ["{group_there}"],
    "deletionProtection": 1,
    "isEipAutoRelatedDelete": True,
    "roleName": "reader",
    "enableJumboFrame": True,
    "hosteyeType": "basic",
    "networkCapacityInMbps": 5,
    "ehcClusterId": "{ehc_cluster}",
    "resGroupId": "RESG-1",
    "userData": "IyEvYmluL3No",
    "dedicatedHostId": "d-MPgs6jPr",
}
BANDWIDTH = "InstanceView.networkCapacityInMbps InstanceV3View.networkCapacityInMbps.internetMaxBandwidthOut"
SHOWN_CREATED = {
    "roleName": "reader",
    "enableJumboFrame": True,
    "hosteyeType": "basic",
    BANDWIDTH: 5,
    "ehcClusterId": "{ehc_cluster}",
    "resGroupInfos.0.groupId": "RESG-1",
    "userData": "IyEvYmluL3No",
    DEDICATED: "d-MPgs6jPr",
    NAME: "made",
    HOST: "made-host",
    "tags": TAGS,
    KEYPAIR: "{keypair}",
    "keypairName": "pair",
    DEPLOY_SET: "{deployset}",
    "deploysetList.0.name": "spread",
    "subnetId": "{subnet}",
    "vpcId": "{vpc}",
    "nicInfo.securityGroups": ["{group_there}"],
    "deletionProtection": 1,
    "isEipAutoRelatedDelete": True,
    "paymentTiming": "Postpaid",
    "zoneName": "cn-bj-a",
    "imageId": "m-z2UUQHH9",
}
RENEWED = {"autoRenewTimeUnit": "month", "autoRenewTime": 2, "cdsAutoRenew": True}
DISK = {"cdsSizeInGB": 60, "storageType": "cloud_hp1"}
VOLUME = {
    "name": "made",
    "description": "of a test",
    "cdsSizeInGB": 60,
    "storageType": "cloud_hp1",
    "zoneName": "cn-bj-a",
    "billing": POSTPAID,
    "tags": TAGS,
    "encryptKey": "key-1",
    "enableDeleteProtection": True,
    "deleteWithInstance": True,
    "deleteAutoSnapshot": True,
    "cdsExtraIo": 100,
    "clusterId": "{volume_cluster}",
    "snapshotId": "{snapshot}",
    "resGroupId": "RESG-1",
}
STORAGE = "VolumeView.storageType"
SHOWN_VOLUME = {
    STORAGE: "cloud_hp1",
    "deleteWithInstance": True,
    "deleteAutoSnapshot": True,
    "cdsExtraIo": 100,
    "clusterId": "{volume_cluster}",
    SOURCE: "{snapshot}",
    "resGroupInfos.0.groupId": "RESG-1",
    NAME: "made",
    DESC: "of a test",
    SIZE: 60,
    "zoneName": "cn-bj-a",
    "paymentTiming": "Postpaid",
    "tags": TAGS,
    "encrypted": True,
    "encryptKey": "key-1",
    "enableDeleteProtection": True,
}
