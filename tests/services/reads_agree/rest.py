"""The rows of images, networks and addresses."""

from __future__ import annotations

from tests.services.reads_agree.row import (
    SOMETHING,
    TAGS,
    Write,
)

REST = (
    # images
    Write(
        "POST /v2/image",
        {"imageName": "made", "instanceId": "{instance}"},
        "image",
        {"name": "made", "type": "Custom"},
        "imageId",
    ),
    Write(
        "POST /v2/image",
        {"imageName": "made", "instanceId": "{instance}", "encryptKey": "key-1"},
        "image",
        {"encrypted": True},
        "imageId",
    ),
    Write(
        "POST /v2/image/import",
        {
            "name": "made",
            "osName": "Centos",
            "osArch": "x86_64",
            "osType": "linux",
            "osVersion": "6.5",
            "bosUrl": "http://bos.example/i.vhd",
        },
        "image",
        {"name": "made", "osName": "Centos", "osType": "linux", "osVersion": "6.5", "osArch": "x86_64"},
        "id",
    ),
    Write("PUT /v2/image/rename", {"imageId": "{image}", "name": "renamed"}, "image", {"name": "renamed"}),
    Write("PUT /v2/image/rename", {"imageId": "{image}", "name": "renamed"}, "of_image", {"imageName": "renamed"}),
    Write("POST /v2/image/{image}?share", {"accountId": "test-friend"}, "image", {"sharedToUserNum": 1}),
    Write(
        "POST /v2/image/{shared_image}?unshare", {"accountId": "test-friend"}, "shared_image", {"sharedToUserNum": 0}
    ),
    # networks
    Write(
        "POST /v1/vpc",
        {"name": "made", "description": "of a test", "cidr": "10.7.0.0/16", "tags": TAGS},
        "vpc",
        {"name": "made", "description": "of a test", "cidr": "10.7.0.0/16", "tags": TAGS},
        "vpcId",
    ),
    Write(
        "PUT /v1/vpc/{vpc}?modifyAttribute",
        {"name": "renamed", "description": "another", "secondaryCidr": ["192.168.0.0/16"]},
        "vpc",
        {"name": "renamed", "description": "another", "secondaryCidr": ["192.168.0.0/16"]},
    ),
    Write("PUT /v1/vpc/{vpc}?modifyAttribute", {"name": "renamed", "enableIpv6": True}, "vpc", {"ipv6Cidr": SOMETHING}),
    Write("PUT /v1/vpc/openRelay/{vpc}", {}, "vpc", {"relay": True}),
    Write("PUT /v1/vpc/shutdownRelay/{relaying}", {}, "relaying", {"relay": False}),
    Write(
        "POST /v1/subnet",
        {
            "name": "made",
            "description": "of a test",
            "cidr": "10.0.9.0/24",
            "vpcId": "{vpc}",
            "zoneName": "cn-bj-a",
            "tags": TAGS,
            "subnetType": "BBC",
        },
        "subnet",
        {
            "name": "made",
            "description": "of a test",
            "cidr": "10.0.9.0/24",
            "vpcId": "{vpc}",
            "zoneName": "cn-bj-a",
            "tags": TAGS,
            "subnetType": "BBC",
        },
        "subnetId",
    ),
    Write(
        "PUT /v1/subnet/{subnet}?modifyAttribute",
        {"name": "renamed", "description": "another"},
        "subnet",
        {"name": "renamed", "description": "another"},
    ),
    Write(
        "POST /v1/route/rule",
        {
            "routeTableId": "{table}",
            "sourceAddress": "192.168.0.0/20",
            "destinationAddress": "172.16.0.0/16",
            "nexthopId": "{instance}",
            "nexthopType": "custom",
            "description": "of a test",
        },
        "route",
        {
            "routeTableId": "{table}",
            "sourceAddress": "192.168.0.0/20",
            "destinationAddress": "172.16.0.0/16",
            "nexthopId": "{instance}",
            "nexthopType": "custom",
            "description": "of a test",
        },
        "routeRuleId",
    ),
    Write(
        "PUT /v1/route/rule/{route}",
        {
            "description": "another",
            "sourceAddress": "192.168.0.0/24",
            "destinationAddress": "172.17.0.0/16",
            "nexthopId": "{stopped}",
            "nexthopType": "custom",
        },
        "route",
        {
            "description": "another",
            "sourceAddress": "192.168.0.0/24",
            "destinationAddress": "172.17.0.0/16",
            "nexthopId": "{stopped}",
            "nexthopType": "custom",
        },
    ),
    Write(
        "POST /v1/vpc/{vpc}/dhcp",
        {"domainNameServers": "1.1.1.1"},
        "dhcp",
        {"dhcpOptions.domainNameServers": "1.1.1.1"},
    ),
    Write(
        "PUT /v1/vpc/{vpc}/dhcp",
        {"domainNameServers": "2.2.2.2"},
        "dhcp_set",
        {"dhcpOptions.domainNameServers": "2.2.2.2"},
    ),
)
