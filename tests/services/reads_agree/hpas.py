"""The rows of HPAS, and the reads that show them."""

from __future__ import annotations

from tests.services.hpas.orders import ORDER, RESERVED
from tests.services.reads_agree.row import SOMETHING, TAGS, Write

AT = "//hpas/?action="
SHELL = "IyEvYmluL3No"
MADE = {
    "name": "made",
    "userData": SHELL,
    "tags": TAGS,
    "keypairId": "{keypair}",
    "subnetId": "{subnet}",
    "ehcClusterId": "{ehc_cluster}",
    "enableJumboFrame": True,
}
MONTH = {"chargeType": "Prepaid", "period": 1, "periodUnit": "month"}
GROUPS = {"securityGroupType": "normal", "securityGroupIds": ["{group_there}"]}
GROUPS_SHOWN = {f"nicInfo.0.{name}": value for name, value in GROUPS.items()}
ENTERPRISE = {"securityGroupType": "enterprise", "securityGroupIds": ["{esg}"]}
MOVED = {"zoneName": "cn-bj-a", "ehcClusterId": "{ehc_cluster}"}

HPAS = (
    Write(
        f"POST {AT}CreateInstances",
        ORDER | MADE | GROUPS | {"billingModel": MONTH},
        "hpas",
        ORDER | MADE | GROUPS_SHOWN | {"chargeType": "Prepaid", "keypairName": "pair", "ehcClusterName": "near"},
        "hpasIds.0",
    ),
    Write(
        f"POST {AT}ModifyInstancesAttribute",
        {"hpasIds": ["{hpas}"], "name": "other"},
        "hpas",
        {"name": "other", "hpasId": "{hpas}"},
    ),
    Write(
        f"POST {AT}ModifyInstancesSubnet",
        {"hpasIds": ["{hpas}"], "subnetId": "{subnet_near}", "privateIp": "10.0.9.9"},
        "hpas",
        {"subnetId nicInfo.0.subnetId": "{subnet_near}", "internalIp nicInfo.0.ipv4s.0.privateIp": "10.0.9.9"},
    ),
    Write(
        f"POST {AT}ResetInstances",
        {"hpasIds": ["{hpas}"], "imageId": "m-JtPe0qoJ", "keypairId": "{keypair}", "userData": SHELL},
        "hpas",
        {"imageId": "m-JtPe0qoJ", "keypairId": "{keypair}", "userData": SHELL, "status": "Active"},
    ),
    Write(f"POST {AT}StopInstances", {"hpasIds": ["{hpas}"]}, "hpas", {"status": "Stopped"}),
    Write(f"POST {AT}ModifySecurityGroups", {"hpasIds": ["{hpas}"]} | GROUPS, "hpas", GROUPS_SHOWN),
    Write(
        f"POST {AT}AttachTags",
        {"resourceType": "hpas", "resourceIds": ["{hpas}"], "tags": TAGS},
        "hpas",
        {"tags": TAGS},
    ),
    Write(
        f"POST {AT}DetachTags",
        {"resourceType": "hpas", "resourceIds": ["{tagged_hpas}"], "tags": TAGS},
        "tagged_hpas",
        {"tags": []},
    ),
    Write(
        f"POST {AT}AttachVolumes",
        {"hpasId": "{hpas}", "volumeIds": ["{volume}"]},
        "hpas",
        {"volumeInfo.1.volumeId": "{volume}", "hpasId": "{hpas}"},
    ),
    Write(
        f"POST {AT}DetachVolumes",
        {"volumeIds": ["{volume_of_hpas}"]},
        "hpas",
        {"volumeInfo.1.volumeId": None, "hpasId": "{hpas}"},
    ),
    Write(
        f"POST {AT}AttachSecurityGroups",
        {"hpasIds": ["{hpas}"]} | GROUPS,
        "hpas",
        {"nicInfo.0.securityGroupIds.1": "{group_there}", "nicInfo.0.securityGroupType": "normal"},
    ),
    Write(
        f"POST {AT}DetachSecurityGroups",
        {"hpasIds": ["{hpas_in_groups}"]} | GROUPS,
        "hpas_in_groups",
        {"nicInfo.0.securityGroupIds.1": None, "nicInfo.0.securityGroupType": "normal"},
    ),
    Write(
        f"POST {AT}AssignPrivateIpAddresses",
        {"hpasId": "{hpas}", "privateIps": ["10.0.1.77"]},
        "hpas",
        {"nicInfo.0.ipv4s.1.privateIp": "10.0.1.77", "hpasId": "{hpas}"},
    ),
    Write(
        f"POST {AT}UnassignPrivateIpAddresses",
        {"hpasId": "{hpas_with_ip}", "privateIps": ["10.0.1.78"]},
        "hpas_with_ip",
        {"nicInfo.0.ipv4s.1": None, "hpasId": "{hpas_with_ip}"},
    ),
    Write(
        f"POST {AT}AssignIpv6Addresses",
        {"hpasId": "{hpas_six}", "ipv6Addresses": ["{address_six}"]},
        "hpas_six",
        {"nicInfo.0.ipv6s.0.ipv6Address": "{address_six}", "hpasId": "{hpas_six}"},
    ),
    Write(
        f"POST {AT}UnAssignIpv6Addresses",
        {"hpasId": "{hpas_with_six}", "ipv6Addresses": ["{address_six}"]},
        "hpas_with_six",
        {"nicInfo.0.ipv6s.0": None, "hpasId": "{hpas_with_six}"},
    ),
    Write(
        f"POST {AT}ModifyInstanceVPC",
        {"hpasId": "{hpas}", "subnetId": "{subnet_six}", "privateIp": "10.6.1.9", **ENTERPRISE},
        "hpas",
        {
            "subnetId nicInfo.0.subnetId": "{subnet_six}",
            "internalIp nicInfo.0.ipv4s.0.privateIp": "10.6.1.9",
            **{f"nicInfo.0.{name}": value for name, value in ENTERPRISE.items()},
        },
    ),
    Write(
        f"POST {AT}ModifyHpasJumbo",
        {"hpasIds": ["{hpas}"], "enableJumboFrame": True},
        "hpas",
        {"enableJumboFrame": True, "hpasId": "{hpas}"},
    ),
    Write(
        f"POST {AT}CreateImage",
        {"hpasId": "{hpas}", "imageName": "made"},
        "hpas_image",
        {"name": "made", "imageType": "Custom", "supportedAppType": ["llama2_7B_train"]},
        "imageId",
    ),
    Write(
        f"POST {AT}ModifyImageAttribute",
        {"imageId": "{hpas_image}", "imageName": "other"},
        "hpas_image",
        {"name": "other"},
    ),
    Write(
        f"POST {AT}CreateReservedInstances",
        RESERVED | {"name": "made", "tags": TAGS, "ehcClusterId": "{ehc_cluster}"},
        "reserved_hpas",
        RESERVED | {"name": "made", "tags": TAGS, "ehcClusterId": "{ehc_cluster}", "expireTime": SOMETHING},
        "reservedHpasIds.0",
    ),
    Write(
        f"PUT {AT}ModifyReservedInstancesName",
        {"reservedInstanceIds": ["{reserved_hpas}"], "name": "other"},
        "reserved_hpas",
        {"name": "other"},
    ),
    Write(
        f"POST {AT}ModifyReservedInstances",
        {"reservedInstances": [MOVED | {"reservedInstanceId": "{reserved_hpas}"}]},
        "reserved_hpas",
        MOVED,
    ),
)
VIEWS_OF_HPAS = {
    "HpasInstanceView": ("hpas", "hpasId"),
    "HpasImageView": ("hpas_image", "imageId"),
    "HpasReservedInstanceView": ("reserved_hpas", "reservedHpasId"),
}
LISTS_OF_HPAS = (
    ("POST", f"{AT}DescribeHPASInstances", {}),
    ("POST", f"{AT}DescribeHPASReservedInstances", {}),
    ("POST", f"{AT}DescribeInstances", {}),
    ("POST", f"{AT}DescribeReservedInstances", {}),
    ("POST", f"{AT}DescribeImages", {"imageType": "Custom"}),
)
SET_NOTHING_OF_HPAS = {
    "hpas.StartInstances", "hpas.RebootInstances",  # change a status only
    "hpas.CopyImages", "hpas.CancelImagesCopy",  # in other places, and leaves
    "hpas.RenewHPASInstances",  # no read shows when its term ends
    "hpas.ModifyInstanceApplicationPassword",  # a secret, which nobody shows
}  # fmt: skip
