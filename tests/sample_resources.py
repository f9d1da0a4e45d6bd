"""An account with something of everything, created as a client creates it, and all of it as a client sees it."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.maintenance_event.repair import report_event
from bce_emulator.services.bcc.maintenance_event.resource import PLANNED, SYSTEM_FAILURE, UNPLANNED
from tests.cloud import LINUX, SPEC, Cloud
from tests.disks import attached_volume, new_snapshot, new_volume
from tests.network import default_vpc, make_subnet, make_vpc
from tests.sample_products import create_other_products
from tests.services.reads_agree.home import call_at_home

BILLING = {"paymentTiming": "Postpaid"}
POLICY = {"name": "daily", "timePoints": [22, 1], "repeatWeekdays": [6, 0], "retentionDays": 7}
RULE = {"direction": "ingress", "protocol": "tcp", "portRange": "22", "sourceIp": "10.0.0.0/8"}


def create_sample_resources(cloud: Cloud) -> None:
    """Something of every kind, at rest and on its way, released too, and a client token."""
    create_other_products(cloud)
    vpc = make_vpc(cloud, tags=[{"tagKey": "team", "tagValue": "one"}])
    subnet = make_subnet(cloud, vpc)
    cloud.ok("POST", "/v2/securityGroup", {"name": "web", "vpcId": vpc, "rules": [RULE]})
    cloud.ok("POST", "/v2/keypair", {"name": "mine"})
    deploy_set = cloud.ok("POST", "/v2/instance/deployset/create", {"name": "apart"})["deploySetIds"][0]
    order = {"spec": SPEC, "imageId": LINUX, "billing": BILLING}
    running = cloud.create(subnetId=subnet, deployIdList=[deploy_set])
    stopping = cloud.create(name="stopping")
    gone = cloud.create()
    cloud.create(billing={"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}})
    cloud.ok("DELETE", f"/v2/instance/{gone}")
    _create_disks(cloud, stopping)
    _create_addresses(cloud, stopping)
    _create_connections(cloud, vpc, subnet)
    _create_rules(cloud, subnet)
    _create_gateways(cloud, subnet)
    _create_the_rest(cloud, vpc, stopping, deploy_set)
    cloud.ok("POST", "/v2/image", {"imageName": "of-mine", "instanceId": running})
    cloud.clock.advance(7.5)
    cloud.ok("PUT", f"/v2/instance/{stopping}?stop", {})
    cloud.ok("POST", "/v2/instanceBySpec?clientToken=once", order | {"purchaseCount": 2})
    cloud.ok("PUT", f"/v2/instance/{stopping}/tag?bind", {"changeTags": [{"tagKey": "a", "tagValue": "b"}]})


def _create_disks(cloud: Cloud, instance: str) -> None:
    """Volumes at rest, in use and on their way, and what is made of them."""
    volume = attached_volume(cloud, instance)
    snapshot = new_snapshot(cloud, volume)
    cloud.ok("POST", "/v2/snapshot/share", {"snapshotId": snapshot, "accountIds": ["test-friend"]})
    cloud.ok("POST", "/v2/snapshot", {"volumeId": new_volume(cloud), "snapshotName": "under-way"})
    policy = cloud.ok("POST", "/v2/asp", POLICY)["aspId"]
    cloud.ok("POST", "/v2/volume", {"cdsSizeInGB": 20, "billing": BILLING, "autoSnapshotPolicy": {"id": policy}})


def _create_addresses(cloud: Cloud, instance: str) -> None:
    """EIPs that are bound, shared, recycled and offered to another account, and packages."""
    order = {"bandwidthInMbps": 50, "billing": BILLING}
    bound, recycled, offered = cloud.ok("POST", "/v1/eip?action=batch", order | {"count": 3})["eips"]
    cloud.clock.advance(5)
    cloud.ok("PUT", f"/v1/eip/{bound}?bind", {"instanceType": "BCC", "instanceId": instance})
    cloud.ok("DELETE", f"/v1/eip/{recycled}?releaseToRecycle=true")
    offer = {"transferType": "eip", "toUserId": "test-friend"}
    eip = cloud.ok("GET", f"/v1/eip?eip={offered}")["eipList"][0]["eipId"]
    cloud.ok("POST", "/v1/transfer", offer | {"transferResourceList": [eip]})
    group = cloud.ok("POST", "/v1/eipgroup", order | {"eipCount": 1})["id"]
    cloud.ok("POST", "/v1/eipbp", {"eipGroupId": group, "bandwidthInMbps": 1})
    cloud.ok("POST", "/v1/eiptp", {"reservationLength": 1, "capacity": "10G"})
    order = {
        "name": "shield",
        "lineType": "BGP",
        "ipCapacity": 1,
        "reservationLength": 1,
        "reservationTimeUnit": "YEAR",
    }
    shield = f"/v1/tbsp/{cloud.ok('POST', '/v1/tbsp', order)['id']}"
    cloud.ok("PUT", f"{shield}?bind", {"ipList": [bound]})
    cloud.ok("POST", f"{shield}/ipWhitelist", {"ip": bound, "ipCidrList": ["192.0.2.0/24"]})
    cloud.ok("POST", f"{shield}/areaBlocking", {"ip": bound, "blockTime": 30})
    subnet = cloud.instance(instance)["subnetId"]
    card = cloud.ok("POST", "/v1/eni", {"name": "card", "subnetId": subnet, "privateIpSet": [{}, {}]})["eniId"]
    cloud.ok("PUT", f"/v1/eni/{card}?attach", {"instanceId": instance})


def _create_connections(cloud: Cloud, vpc: str, subnet: str) -> None:
    """Peer connections within the region and to another account, a service card, VPN of both types, a dedicated line."""
    order = {"bandwidthInMbps": 1, "localVpcId": vpc, "peerRegion": "bj", "billing": BILLING}
    cloud.ok("POST", "/v1/peerconn", order | {"peerVpcId": default_vpc(cloud)})
    cloud.ok("POST", "/v1/peerconn", order | {"peerVpcId": "vpc-elsewhere0001", "peerAccountId": "test-friend"})
    order = {"vpcId": vpc, "subnetId": subnet, "service": "bos.bj.baidubce.com", "billing": BILLING}
    cloud.ok("POST", "/v1/endpoint", order | {"name": "card"})
    order = {"vpcId": vpc, "vpnName": "gateway", "billing": BILLING}
    tunnels, clients = (cloud.ok("POST", "/v1/vpn", order | {"type": each})["vpnId"] for each in ("IPSec", "SSL"))
    cloud.clock.advance(10)
    there = cloud.ok("POST", "/v1/vpn/cgw", {"name": "there", "ip": "203.0.113.9"})["cgwId"]
    ends = {"localSubnets": ["10.0.1.0/24"], "remoteSubnets": ["10.20.0.0/24"], "cgwId": there}
    keys = {"vpnConnName": "tunnel", "secretKey": "qwer@12345", "ikeConfig": {}, "ipsecConfig": {}}
    cloud.ok("POST", f"/v1/vpn/{tunnels}/vpnconn", ends | keys)
    server = {"sslVpnServerName": "server", "localSubnets": ["10.0.1.0/24"], "remoteSubnet": "10.20.0.0/24"}
    cloud.ok("POST", f"/v1/vpn/{clients}/sslVpnServer", server)
    users = [{"userName": "user-1", "password": "qwer@12345"}]
    cloud.ok("POST", f"/v1/vpn/{clients}/sslVpnUser", {"sslVpnUsers": users})
    order = {"vpcId": vpc, "name": "gateway", "speed": 100}
    line = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0"}
    dedicated = cloud.ok("POST", "/v1/etGateway", order | line)["etGatewayId"]
    check = {"healthCheckInterval": 3, "healthThreshold": 5, "unhealthThreshold": 2}
    cloud.ok("POST", f"/v1/etGateway/{dedicated}/healthCheck", check)


def _create_rules(cloud: Cloud, subnet: str) -> None:
    """What rules the traffic of a network, and a card that is in it."""
    offices = {"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": [{"ipAddress": "10.0.0.0/8"}]}
    ip_set = cloud.ok("POST", "/v1/ipSet", offices)["ipSetId"]
    sets = {"name": "everybody", "ipVersion": "IPv4", "ipSetIds": [ip_set]}
    ip_group = cloud.ok("POST", "/v1/ipGroup", sets)["ipGroupId"]
    rule = {"direction": "ingress", "protocol": "icmp", "remoteIpGroup": ip_group, "action": "allow", "priority": 1}
    guard = cloud.ok("POST", "/v1/enterprise/security", {"name": "guard", "rules": [rule]})["enterpriseSecurityGroupId"]
    guarded = {"name": "guarded", "subnetId": subnet, "privateIpSet": [{}], "enterpriseSecurityGroupIds": [guard]}
    cloud.ok("POST", "/v1/eni", guarded)
    ends = {"sourceIpAddress": "all", "destinationIpAddress": "all", "direction": "ingress"}
    place = {"subnetId": subnet, "protocol": "all", "position": 1, "action": "deny"}
    cloud.ok("POST", "/v1/acl/rule", {"aclRules": [ends | place]})
    cloud.ok("POST", "/v1/subnet/ipreserve", {"subnetId": subnet, "ipCidr": "10.0.1.128/25", "ipVersion": 4})
    limit = {"name": "branch", "ipVersion": "4", "serviceType": "csn", "subServiceType": "LOCAL", "resourceId": "csn-1"}
    cloud.ok("POST", "/v1/gateway/limitrule", limit | {"direction": "egress", "cidr": "10.0.0.0/8", "bandwidth": 9})


def _create_gateways(cloud: Cloud, subnet: str) -> None:
    """Gateways of IPv4 and IPv6 with their rules, an address that moves, and what asks another one."""
    vpc = make_vpc(cloud, enableIpv6=True)
    address = cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 1, "billing": BILLING})["eip"]
    cloud.clock.advance(5)
    order = {"name": "way out", "vpcId": vpc, "billing": BILLING}
    nat = f"/v1/nat/{cloud.ok('POST', '/v1/nat', order | {'cuNum': 1, 'bindEips': [address]})['natId']}"
    cloud.clock.advance(10)
    rule = {"ruleName": "out", "publicIpsAddress": [address], "sourceCIDR": "10.0.0.0/16"}
    cloud.ok("POST", f"{nat}/snatRule", rule)
    ports = {"protocol": "TCP", "publicPort": 80, "privatePort": 80}
    cloud.ok("POST", f"{nat}/dnatRule", {"publicIpAddress": address, "privateIpAddress": "10.0.0.9"} | ports)
    cloud.ok("POST", "/v1/nat", order | {"spec": "small"})
    gateway = f"/v1/IPv6Gateway/{cloud.ok('POST', '/v1/IPv6Gateway', order | {'bandwidthInMbps': 9})['gatewayId']}"
    prefix = cloud.ok("GET", f"/v1/vpc/{vpc}")["vpc"]["ipv6Cidr"].partition("::")[0]
    cloud.ok("POST", f"{gateway}/egressOnlyRule", {"cidr": f"{prefix}::/64"})
    limits = {"ingressBandwidthInMbps": 1, "egressBandwidthInMbps": 2}
    cloud.ok("POST", f"{gateway}/rateLimitRule", limits | {"ipv6Address": f"{prefix}::9"})
    cloud.ok("POST", "/v1/havip", {"name": "floating", "subnetId": subnet, "privateIpAddress": ""})
    probe = {"name": "pinger", "vpcId": cloud.ok("GET", f"/v1/subnet/{subnet}")["subnet"]["vpcId"], "subnetId": subnet}
    asked = {"protocol": "ICMP", "frequency": 10, "sourceIps": [], "sourceIpNum": 1, "destIp": "10.0.0.9"}
    cloud.ok("POST", "/v1/probe", probe | asked)


def _create_the_rest(cloud: Cloud, vpc: str, instance: str, deploy_set: str) -> None:
    """A route, a task, a bid, what is to be repaired and what was found."""
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {
        "sourceAddress": "0.0.0.0/0",
        "destinationAddress": "8.8.8.0/24",
        "nexthopType": "defaultGateway",
    }
    cloud.ok("POST", "/v1/route/rule", {"routeTableId": table} | rule)
    relation = {"instanceId": instance, "deploysetIdList": [deploy_set]}
    cloud.ok("POST", "/v2/instance/deployset/updateRelation", relation)
    hardware = {"imageId": LINUX, "instanceType": "N5", "cpuCount": 2, "memoryCapacityInGB": 8}
    cloud.ok("POST", "/v2/instance/bid", hardware | {"bidModel": "custom", "bidPrice": "0.01"})
    rule = {"ruleName": "ahead", "serverEventCategory": UNPLANNED, "authorizeMaintenanceOperations": ["Repair"]}
    cloud.ok("POST", "/?action=CreateAuthorizeRule", rule)
    for category in (PLANNED, UNPLANNED):
        report_event(cloud.account, cloud.account.get(Instance, instance), category, SYSTEM_FAILURE)
    order = {"metricSetId": "ms-failures", "instanceId": instance}
    cloud.ok("POST", "/v2/instance/diagnosticReport/create", order)


LISTS = {
    operation.key: f"//{operation.product}{route.path}" + (f"?{route.key}" if route.key else "")
    for operation in OPERATIONS.values()
    for route in operation.routes[:1]
    if route.method == "GET" and not route.variables and operation.only_reads
}


def list_responses(cloud: Cloud) -> dict[str, Any]:
    """What every list answers, byte for byte, with the ids of requests left out."""
    responses = {}
    for name, target in LISTS.items():
        reply = call_at_home(cloud, "GET", target)
        reply.body.pop("requestId", None)
        responses[name] = (reply.status, reply.body)
    return responses
