"""The rows of peer connections, service cards, VPN and dedicated-line gateways."""

from __future__ import annotations

from tests.services.reads_agree.row import MONTH, POSTPAID, SOMETHING, TAGS, Write

PEER = {
    "bandwidthInMbps": 10,
    "description": "of a test",
    "localIfName": "made",
    "localVpcId": "{home_vpc}",
    "peerVpcId": "vpc-elsewhere0001",
    "peerRegion": "gz",
    "peerAccountId": "test-friend",
    "tags": TAGS,
    "deleteProtect": True,
}
SNIC = {
    "vpcId": "{home_vpc}",
    "name": "made",
    "subnetId": "{home}",
    "service": "bos.bj.baidubce.com",
    "description": "of a test",
    "ipAddress": "192.168.0.220",
    "tags": TAGS,
}

CONNECTIONS = (
    Write(
        "POST /v1/peerconn",
        PEER | {"billing": POSTPAID},
        "peerconn",
        PEER | {"paymentTiming": "Postpaid"},
        "peerConnId",
    ),
    Write(
        "PUT /v1/peerconn/{peerconn}",
        {"localIfId": "{interface}", "localIfName": "renamed", "description": "another"},
        "peerconn",
        {"localIfId": "{interface}", "localIfName": "renamed", "description": "another"},
    ),
    Write("PUT /v1/peerconn/{peerconn}?resize", {"newBandwidthInMbps": 9}, "peerconn", {"bandwidthInMbps": 9}),
    Write(
        "PUT /v1/peerconn/{peerconn}?open=&role=initiator", {}, "peerconn", {"dnsStatus": "open", "role": "initiator"}
    ),
    Write("PUT /v1/peerconn/{synced}?close=&role=initiator", {}, "synced", {"dnsStatus": "close", "role": "initiator"}),
    Write(
        "PUT /v1/peerconn/{prepaid_peerconn}?purchaseReserved",
        {"billing": MONTH},
        "prepaid_peerconn",
        {"expiredTime": SOMETHING},
    ),
    Write("PUT /v1/peerconn/{peerconn}/deleteProtect", {"deleteProtect": True}, "peerconn", {"deleteProtect": True}),
    Write("POST /v1/endpoint", SNIC | {"billing": POSTPAID}, "endpoint", SNIC, "id"),
    Write(
        "PUT /v1/endpoint/{endpoint}",
        {"name": "renamed", "description": "another"},
        "endpoint",
        {"name": "renamed", "description": "another"},
    ),
)
