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
VPN = {
    "vpcId": "{home_vpc}",
    "vpnName": "made",
    "type": "SSL",
    "description": "of a test",
    "eip": "{eip}",
    "tags": TAGS,
}
VPN |= {"maxConnection": 20, "deleteProtect": True}
CGW = {"name": "made", "ip": "203.0.113.9", "description": "of a test"}
TUNNEL = {
    "vpnConnName": "made",
    "description": "of a test",
    "secretKey": "qwer@12345",
    "cgwId": "{cgw}",
    "remoteIp": "203.0.113.8",
    "localSubnets": ["192.168.0.0/20"],
    "remoteSubnets": ["10.20.0.0/24"],
    "ikeConfig": {
        "ikeVersion": "v2",
        "ikeMode": "aggressive",
        "ikeEncAlg": "aes256",
        "ikeAuthAlg": "md5",
        "ikePfs": "group14",
        "ikeLifeTime": "60s",
    },
    "ipsecConfig": {"ipsecEncAlg": "3des", "ipsecAuthAlg": "md5", "ipsecPfs": "group24", "ipsecLifetime": "180s"},
}
SSL_SERVER = {
    "sslVpnServerName": "made",
    "localSubnets": ["192.168.0.0/20"],
    "remoteSubnet": "10.20.0.0/24",
    "clientDns": "1.1.1.1",
}
LINE = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0", "localCidrs": ["192.168.0.0/20"]}
DEDICATED = LINE | {"name": "made", "vpcId": "{home_vpc}", "speed": 100, "description": "of a test", "tags": TAGS}
CHANGED = {
    "name": "renamed",
    "speed": 9,
    "description": "another",
    "localCidrs": ["10.0.0.0/8"],
    "enableIpv6": 1,
    "ipv6LocalCidrs": ["2001:db8::/56"],
}
CHECK = {
    "healthCheckSourceIp": "192.168.0.9",
    "healthCheckType": "ICMP",
    "healthCheckPort": 80,
    "healthCheckInterval": 3,
    "healthThreshold": 5,
    "unhealthThreshold": 2,
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
    Write("POST /v1/vpn", VPN | {"billing": POSTPAID}, "vpn", VPN | {"paymentTiming": "Postpaid"}, "vpnId"),
    Write(
        "PUT /v1/vpn/{vpn}?modifyAttribute",
        {"vpnName": "renamed", "description": "another"},
        "vpn",
        {"vpnName": "renamed", "description": "another"},
    ),
    Write("PUT /v1/vpn/{vpn}?bind", {"eip": "{eip}"}, "vpn", {"eip": "{eip}", "bandwidthInMbps": 5}),
    Write("PUT /v1/vpn/{vpn}?bind", {"eip": "{eip}"}, "eip", {"instanceType": "VPN", "instanceId": "{vpn}"}),
    Write("PUT /v1/vpn/{vpn_with_eip}?unbind", {}, "vpn_with_eip", {"eip": "", "bandwidthInMbps": 0}),
    Write("PUT /v1/vpn/{prepaid_vpn}?purchaseReserved", {"billing": MONTH}, "prepaid_vpn", {"expiredTime": SOMETHING}),
    Write("PUT /v1/vpn/{vpn}/deleteProtect", {"deleteProtect": True}, "vpn", {"deleteProtect": True}),
    Write("POST /v1/vpn/{vpn}/vpnconn", TUNNEL, "tunnel", TUNNEL | {"vpnId": "{vpn}"}, "vpnConnId"),
    Write("POST /v1/vpn/{vpn}/vpnconn", TUNNEL, "vpn", {"vpnConnNum": 1, "status": "active", "vpcId": "{home_vpc}"}),
    Write("PUT /v1/vpn/vpnconn/{tunnel}", TUNNEL | {"vpnId": "{vpn}"}, "tunnel", TUNNEL | {"vpnId": "{vpn}"}),
    Write("POST /v1/vpn/cgw", CGW, "cgw", CGW, "cgwId"),
    Write(
        "PUT /v1/vpn/cgw/{cgw}",
        {"name": "renamed", "description": "another"},
        "cgw",
        {"name": "renamed", "description": "another"},
    ),
    Write(
        "POST /v1/vpn/{ssl_vpn}/sslVpnServer",
        SSL_SERVER | {"interfaceType": "tun"},
        "ssl_server",
        SSL_SERVER | {"interfaceType": "tun"},
        "sslVpnServerId",
    ),
    Write("PUT /v1/vpn/{ssl_vpn}/sslVpnServer/{ssl_server}", SSL_SERVER, "ssl_server", SSL_SERVER),
    Write(
        "POST /v1/vpn/{ssl_vpn_with_server}/sslVpnUser",
        {"sslVpnUsers": [{"userName": "user-1", "password": "qwer@12345", "description": "of a test"}]},
        "ssl_user",
        {"userName": "user-1", "description": "of a test"},
        "sslVpnUserIds.0",
    ),
    Write(
        "PUT /v1/vpn/{ssl_vpn}/sslVpnUser/{ssl_user}",
        {"clientName": "laptop", "description": "another"},
        "ssl_user",
        {"clientName": "laptop", "description": "another"},
    ),
    Write("POST /v1/etGateway", DEDICATED, "dedicated", DEDICATED, "etGatewayId"),
    Write("PUT /v1/etGateway/{with_line}", CHANGED, "with_line", CHANGED),
    Write("PUT /v1/etGateway/{dedicated}?bind", LINE, "dedicated", LINE),
    Write("PUT /v1/etGateway/{with_line}?unbind", {}, "with_line", {"etId": "", "channelId": "", "localCidrs": []}),
    Write(
        "POST /v1/etGateway/{with_line}/healthCheck",
        CHECK,
        "with_line",
        CHECK | {"channelId": "dedicatedconn-1hpw3u4bvzd0"},
    ),
)
