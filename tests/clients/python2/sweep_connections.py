"""Connections of a VPC with others: peers, VPN tunnels and dial-ins, dedicated lines, and limits on them."""

from __future__ import annotations

from baiducloud_python_sdk_vpc.api.vpc_client import VpcClient
from calls import POSTPAID, PREPAID, TAGS
from program import expect
from sdk import client_for
from sweep_addresses import NEIGHBOUR, new_address
from sweep_network import VPCS, home
from sweep_vpc import FIRST, NO_PAGE, NO_VPC, new_network

TUNNEL_SECRET = "qwer@12345"
INSIDE, BEYOND = ["192.168.0.0/20"], "10.20.0.0/24"


def peers() -> None:
    """They are offered to another account, which answers."""
    vpc_id, _ = new_network()
    theirs = VPCS.of(client_for(VpcClient, NEIGHBOUR))
    order = {
        "bandwidthInMbps": 10, "localVpcId": vpc_id, "peerVpcId": theirs.done("query_vpc_list", **FIRST).vpcs[0].vpc_id,
        "peerRegion": "bj", "peerAccountId": NEIGHBOUR, "billing": POSTPAID, "tags": TAGS,
    }  # fmt: skip
    made = VPCS.both("create_peer_conn", {"localVpcId": "vpc-unknown"}, **order).peer_conn_id
    of_peers = VPCS.about("peerConnId", made, "peerconn-unknown")
    theirs.about("peerConnId", made, "peerconn-unknown")("accept_peer_conn")
    VPCS.both("list_peer_conn", NO_PAGE, "BadRequest", vpcId=vpc_id, **FIRST)
    end = of_peers("get_peer_conn", role="initiator").local_if_id
    of_peers("update_peer_conn", localIfId=end, localIfName="mine", description="another")
    of_peers("update_peer_conn_bandwidth", newBandwidthInMbps=20)
    of_peers("open_peer_conn_sync_dns", role="initiator")
    seen = of_peers("get_peer_conn", role="initiator")
    expect([seen.local_if_name, seen.bandwidth_in_mbps, seen.dns_status], ["mine", 20, "open"])
    of_peers("close_peer_conn_sync_dns", role="initiator")
    for kept in (True, False):
        of_peers("update_peer_conn_delete_protect", deleteProtect=kept)
    beyond = {"peerVpcId": "vpc-elsewhere0001", "peerRegion": "gz", "peerAccountId": None, "billing": PREPAID}
    paid = VPCS.done("create_peer_conn", **(order | beyond)).peer_conn_id
    of_paid = VPCS.about("peerConnId", paid, "peerconn-unknown")
    of_paid("renew_peer_conn", billing=PREPAID)
    of_paid("refund_peer_conn")
    of_peers("release_peer_conn")
    again = VPCS.done("create_peer_conn", **order).peer_conn_id
    theirs.about("peerConnId", again, "peerconn-unknown")("reject_peer_conn")


def private_networks() -> None:
    vpc_id, _ = home()
    order = {"vpcId": vpc_id, "vpnName": "gateway", "billing": POSTPAID}
    made = VPCS.both("create_vpn", NO_VPC, **order).vpn_id
    of_gateway = VPCS.about("vpnId", made, "vpn-unknown")
    of_gateway("update_vpn", vpnName="renamed", description="another")
    of_gateway("bind_eip", eip=new_address())
    tunnels(made)
    expect(of_gateway("search_for_vpn_details").vpn_name, "renamed")
    VPCS.both("query_vpn_list", {"marker": "vpn-unknown"}, "BadRequest", vpcId=vpc_id)
    of_gateway("unbind_eip")
    for kept in (True, False):
        of_gateway("update_vpn_release_protection", deleteProtect=kept)
    paid = VPCS.done("create_vpn", **(order | {"vpnName": "paid", "billing": PREPAID})).vpn_id
    VPCS.about("vpnId", paid, "vpn-unknown")("renew_vpn", billing=PREPAID)
    of_gateway("release_vpn")


def tunnels(gateway: str) -> None:
    made = VPCS.both("create_user_gateway", {"ip": "nothing"}, "BadRequest", name="office", ip="203.0.113.7").cgw_id
    of_office = VPCS.about("cgwId", made, "cgw-unknown")
    of_office("update_user_gateway", name="renamed", description="another")
    expect(of_office("user_gateway_details").name, "renamed")
    VPCS.both("user_gateway_list", {"marker": "cgw-unknown"}, "BadRequest", **FIRST)
    ike = {"ikeVersion": "v1", "ikeMode": "main", "ikeEncAlg": "aes", "ikeAuthAlg": "sha1", "ikePfs": "group2"}
    ipsec = {"ipsecEncAlg": "aes", "ipsecAuthAlg": "sha1", "ipsecPfs": "group2", "ipsecLifetime": 26500}
    order = {
        "vpnId": gateway, "vpnConnName": "tunnel", "secretKey": TUNNEL_SECRET, "localSubnets": INSIDE, "cgwId": made,
        "remoteSubnets": [BEYOND], "ikeConfig": ike | {"ikeLifeTime": 25500}, "ipsecConfig": ipsec,
    }  # fmt: skip
    tunnel = VPCS.both("create_vpn_tunnel", {"vpnId": "vpn-unknown"}, **order).vpn_conn_id
    of_tunnel = VPCS.about("vpnConnId", tunnel, "vpnconn-unknown")
    of_tunnel("update_vpn_tunnel", **(order | {"vpnConnName": "renamed"}))
    (seen,) = VPCS.about("vpnId", gateway, "vpn-unknown")("search_vpn_tunnel").vpn_conns
    expect(seen.vpn_conn_name, "renamed")
    of_tunnel("delete_vpn_tunnel")
    of_office("delete_user_gateway")


def dial_ins() -> None:
    vpc_id, _ = home()
    order = {"vpcId": vpc_id, "vpnName": "ssl", "type": "SSL", "maxConnection": 10, "billing": POSTPAID}
    made = VPCS.done("create_vpn", **order).vpn_id
    of_gateway = VPCS.about("vpnId", made, "vpn-unknown")
    routes = {"localSubnets": INSIDE, "remoteSubnet": BEYOND}
    server = of_gateway("create_ssl_vpn_server", sslVpnServerName="server", **routes).ssl_vpn_server_id
    of_gateway("update_ssl_vpn_server", sslVpnServerId=server, sslVpnServerName="renamed", **routes)
    expect(of_gateway("query_ssl_vpn_server").ssl_vpn_server_name, "renamed")
    users = [{"userName": "user-1", "password": TUNNEL_SECRET}]
    (user,) = of_gateway("batch_create_ssl_vpn_users", sslVpnUsers=users).ssl_vpn_user_ids
    of_gateway("update_ssl_vpn_users", userId=user, password=TUNNEL_SECRET, description="another")
    expect(of_gateway("query_ssl_vpn_users").ssl_vpn_users[0].description, "another")
    of_gateway("delete_ssl_vpn_user", userId=user)
    of_gateway("delete_ssl_vpn_server", sslVpnServerId=server)


def dedicated_lines() -> None:
    vpc_id, subnet_id = home()
    made = VPCS.both("create_dedicated_gateway", NO_VPC, vpcId=vpc_id, name="gateway", speed=100).et_gateway_id
    of_gateway = VPCS.about("etGatewayId", made, "dcgw-unknown")
    line = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0", "localCidrs": INSIDE}
    of_gateway("bind_physical_dedicated_line", **line)
    of_gateway("update_dedicated_gateway", name="renamed", speed=200, description="another", localCidrs=INSIDE)
    check = {"healthCheckType": "ICMP", "healthCheckInterval": 3, "healthThreshold": 5, "unhealthThreshold": 2}
    of_gateway("create_dedicated_gateway_health_check", subnetId=subnet_id, **check)
    seen = of_gateway("query_the_details_of_the_dedicated_gateway")
    expect([seen.name, seen.speed, seen.health_check_interval], ["renamed", 200, 3])
    many = "query_the_list_of_dedicated_line_gateways"
    VPCS.both(many, {"marker": "dcgw-unknown"}, "BadRequest", vpcId=vpc_id)
    limits(made)
    of_gateway("unbind_physical_dedicated_line")
    of_gateway("release_dedicated_gateway")


def limits(gateway: str) -> None:
    order = {
        "ipVersion": "4", "name": "limit", "serviceType": "et", "resourceId": gateway, "direction": "egress",
        "cidr": "192.168.0.0/24", "bandwidth": 10,
    }  # fmt: skip
    made = VPCS.both("create_gateway_limit_rules", {"resourceId": "dcgw-unknown"}, **order).glr_id
    of_limit = VPCS.about("glrId", made, "glr-unknown")
    of_limit("modify_gateway_limit_rules", name="renamed", bandwidth=20)
    (seen,) = VPCS.both("view_gateway_limit_rules", NO_PAGE, "BadRequest", resourceId=gateway, **FIRST).result
    expect([seen.name, seen.bandwidth], ["renamed", 20])
    of_limit("delete_gateway_limit_rule")


PARTS = (peers, private_networks, dial_ins, dedicated_lines)
