"""What an operation sets is what every read shows: each write of the tables is made, and looked for in all reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

import pytest
from typing_extensions import get_type_hints

from bce_emulator.cloud import ROUTES
from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.declare.response_types import is_response_type
from tests.cloud import Cloud
from tests.services.reads_agree.addresses import ADDRESSES
from tests.services.reads_agree.app_balancers import APP_BALANCERS
from tests.services.reads_agree.around_instances import AROUND_INSTANCES
from tests.services.reads_agree.beside_balancers import BESIDE_BALANCERS
from tests.services.reads_agree.clusters import CLUSTERS
from tests.services.reads_agree.connections import CONNECTIONS
from tests.services.reads_agree.home import ask_at_home, host_and_path
from tests.services.reads_agree.instances import INSTANCES
from tests.services.reads_agree.made import HOUR, Made
from tests.services.reads_agree.nats import NATS
from tests.services.reads_agree.nics import NICS
from tests.services.reads_agree.ordinary_balancers import ORDINARY_BALANCERS
from tests.services.reads_agree.outside_regions import OUTSIDE_REGIONS
from tests.services.reads_agree.repairs import REPAIRS
from tests.services.reads_agree.reserved import RESERVED
from tests.services.reads_agree.rest import REST
from tests.services.reads_agree.row import SOMETHING, Write
from tests.services.reads_agree.rules import RULES
from tests.services.reads_agree.servers import (
    ALSO_SERVERS,
    LISTS_OF_SERVERS,
    ONE_SERVER,
    SERVERS,
    SET_NOTHING_OF_SERVERS,
    VIEWS_OF_SERVERS,
)
from tests.services.reads_agree.storage import STORAGE_WRITES
from tests.services.reads_agree.ways_in import WAYS_IN

WRITES = (
    *INSTANCES,
    *AROUND_INSTANCES,
    *STORAGE_WRITES,
    *REST,
    *RESERVED,
    *REPAIRS,
    *ADDRESSES,
    *NICS,
    *RULES,
    *NATS,
    *CONNECTIONS,
    *WAYS_IN,
    *APP_BALANCERS,
    *BESIDE_BALANCERS,
    *ORDINARY_BALANCERS,
    *CLUSTERS,
    *OUTSIDE_REGIONS,
    *SERVERS,
)
VIEWS = {
    "InstanceView": ("instance", "id"),
    "InstanceV3View": ("instance", "instanceId"),
    "OsView": ("instance", "instanceId"),
    "GetInstanceUserDataInfoResponse": ("instance", "instanceId"),
    "EniView": ("eni", "instanceId"),
    "NetworkInterfaceView": ("nic", "eniId"),
    "PlannedEventView": ("event", "serverEventId"),
    "UnplannedEventView": ("event", "serverEventId"),
    "RuleView": ("authorization_rule", "ruleId"),
    "DiagnosticReportView": ("report", "reportId"),
    "VolumeView": ("volume", "id"),
    "VolumeV3View": ("volume", "volumeId"),
    "DataVolumeV3View": ("volume", "volumeId"),
    "SnapshotView": ("snapshot", "id"),
    "SnapchainView": ("chain", "chainId"),
    "EipGroupView": ("eip_group", "id"),
    "PolicyView": ("policy", "id"),
    "ImageView": ("image", "id"),
    "KeypairView": ("keypair", "keypairId"),
    "ReservedInstanceView": ("reserved", "reservedInstanceId"),
    "SecurityGroupView": ("group", "id"),
    "GetSecurityGroupDetailResponse": ("group", "id"),
    "SecurityGroupRuleView": ("rule", "securityGroupRuleId"),
    "ListedDeploySetView": ("deployset", "deploysetId"),
    "InstanceDeploySetView": ("deployset", "deploysetId"),
    "GetDeploySetResponse": ("deployset", "shortId"),
    "EnterpriseSecurityGroupView": ("esg", "id"),
    "EnterpriseRuleView": ("esg_rule", "enterpriseSecurityGroupRuleId"),
    "AclEntryView": ("acl", "subnetId"),
    "AclRuleView": ("acl_rule", "id"),
    "IpSetView": ("ip_set", "ipSetId"),
    "QueryIpGroupDetailResponse": ("ip_set", "ipSetId"),
    "IpGroupView": ("ip_group", "ipGroupId"),
    "QueryIpSetDetailResponse": ("ip_group", "ipGroupId"),
    "ReservedRangeView": ("ip_reserve", "ipReserveId"),
    "GatewayLimitRuleView": ("limit_rule", "glrId"),
    "VpcView": ("vpc", "vpcId"),
    "VpcInFullView": ("vpc", "vpcId"),
    "SubnetView": ("subnet", "subnetId"),
    "RouteRuleView": ("route", "routeRuleId"),
    "GetVPCDhcpInfoResponse": ("dhcp", "vpcId"),
    "EipView": ("eip", "eip"),
    "EipBpView": ("eip_bp", "id"),
    "EipBpDetailView": ("eip_bp", "id"),
    "TrafficPackageView": ("traffic_package", "id"),
    "AppTcpListenerView": ("app_tcp", "listenerPort"),
    "AppUdpListenerView": ("app_udp", "listenerPort"),
    "AppHttpListenerView": ("app_http", "listenerPort"),
    "AppHttpsListenerView": ("app_https", "listenerPort"),
    "AppSslListenerView": ("app_ssl", "listenerPort"),
    "ServerGroupView": ("app_group", "id"),
    "ServerGroupPortView": ("app_port", "id"),
    "ServerView": ("app_server", "instanceId"),
    "AppIpGroupView": ("app_ip_group", "id"),
    "IpGroupProtocolView": ("ip_protocol", "id"),
    "IpMemberView": ("ip_member", "memberId"),
    "AppPolicyView": ("app_policy", "id"),
    "LoadBalancerView": ("balancer", "blbId"),
    "LoadBalancerInFullView": ("balancer", "blbId"),
    "AppLoadBalancerInFullView": ("app", "blbId"),
    "BackendServerView": ("backend", "instanceId"),
    "BlbTcpListenerView": ("blb_tcp", "listenerPort"),
    "BlbUdpListenerView": ("blb_udp", "listenerPort"),
    "BlbHttpListenerView": ("blb_http", "listenerPort"),
    "BlbHttpsListenerView": ("blb_https", "listenerPort"),
    "BlbSslListenerView": ("blb_ssl", "listenerPort"),
    "ServiceView": ("service_point", "service"),
    "EhcClusterView": ("ehc_cluster", "ehcClusterId"),
    "VolumeClusterView": ("volume_cluster", "clusterId"),
    "VolumeClusterInFullView": ("volume_cluster", "clusterId"),
    "InstanceSnapshotView": ("insnap", "instanceSnapshotId"),
    "SnapshotInGroupView": ("snapshot", "snapshotId"),
    "LbdcView": ("lbdc", "id"),
    "LbdcInFullView": ("lbdc", "id"),
    "DdosView": ("ddos", "ip"),
    "TbspView": ("tbsp", "id"),
    "IpCleanView": ("cleaned", "ip"),
    "ProtocolBlockingView": ("blocked", "ip"),
    "NatView": ("nat", "id"),
    "SnatRuleView": ("snat_rule", "ruleId"),
    "DnatRuleView": ("dnat_rule", "ruleId"),
    "HaVipView": ("havip", "haVipId"),
    "Ipv6GatewayView": ("ipv6_gateway", "gatewayId"),
    "EgressOnlyRuleView": ("egress_only_rule", "egressOnlyRuleId"),
    "RateLimitRuleView": ("rate_limit_rule", "rateLimitRuleId"),
    "ProbeView": ("probe", "probeId"),
    "PeerConnView": ("peerconn", "peerConnId"),
    "SnicView": ("endpoint", "endpointId"),
    "VpnView": ("vpn", "vpnId"),
    "EtGatewayView": ("dedicated", "etGatewayId"),
    "EtGatewayInFullView": ("dedicated", "etGatewayId"),
    "VpnConnView": ("tunnel", "vpnConnId"),
    "CgwView": ("cgw", "cgwId"),
    "SslVpnServerView": ("ssl_server", "sslVpnServerId"),
    "SslVpnUserView": ("ssl_user", "userId"),
    "GroupTreeView": ("resource_group", "groupId"),
    "ZoneView": ("zone", "zoneId"),
    "GetPrivateZoneResponse": ("zone", "zoneId"),
    "RecordView": ("record", "recordId"),
} | VIEWS_OF_SERVERS
"""The types of responses that show a resource: which kind it is of, and the member that tells which one it is."""
ALSO = {
    "event": ["repaired"],
    "instance": ["prepaid", "renewed", "stopped", "tagged", "with_role", "with_pair", "grouped", "spread", "with_ip", "six",
                 "with_six", "of_image"],
    "volume": ["disk", "disk_of_made", "prepaid_disk", "renewed_disk", "tagged_volume", "guarded", "bought"],
    "image": ["shared_image"],
    "reserved": ["renewing", "tagged_reserved"],
    "vpc": ["relaying"],
    "dhcp": ["dhcp_set"],
    "rule": ["egress_rule"],
    "subnet": ["home"],
    "eip": ["prepaid_eip", "bound", "shared_eip"],
    "eip_group": ["prepaid_eip_group"],
    "nic": ["attached_nic", "nic_with_eip", "nic_with_ip"],
    "nat": ["enhanced_nat", "nat_with_eip"],
    "havip": ["havip_of_instance", "havip_with_eip"],
    "peerconn": ["prepaid_peerconn", "synced"],
    "dedicated": ["with_line"],
    "vpn": ["prepaid_vpn", "ssl_vpn", "vpn_with_eip"],
    "service_point": ["free_point"],
    "balancer": ["prepaid_balancer"],
    "volume_cluster": ["renewed_volume_cluster", "tagged_volume_cluster"],
    "zone": ["bound_zone"],
} | ALSO_SERVERS  # fmt: skip
"""Names in the table that are of a kind with another name."""
KIND = {name: kind for kind, names in ALSO.items() for name in names}
LISTS = (
    ("GET", "/v2/instance", None),
    ("POST", "/v3/instance/list", {}),
    ("GET", "/v2/instance/noCharge", None),
    ("GET", "/v2/volume", None),
    ("GET", "/v3/volume", None),
    ("GET", "/v2/snapshot", None),
    ("GET", "/v2/snapshot/chain", None),
    ("GET", "/v2/asp", None),
    ("GET", "/v2/image?imageType=Custom", None),
    ("GET", "/v2/keypair", None),
    ("POST", "/v2/instance/reserved/list", {}),
    ("GET", "/v2/securityGroup", None),
    ("GET", "/v2/instance/deployset/list", None),
    ("GET", "/v1/vpc", None),
    ("GET", "/v1/subnet", None),
    ("GET", "/v1/eip", None),
    ("GET", "/v1/eipgroup", None),
    ("GET", "/v1/eipbp", None),
    ("GET", "/v1/eiptp", None),
    ("GET", "/v1/eni?vpcId={home_vpc}", None),
    ("GET", "/v1/nat?vpcId={vpc}", None),
    ("GET", "/v1/havip", None),
    ("GET", "/v1/probe", None),
    ("GET", "/v1/ddos", None),
    ("GET", "/v1/enterprise/security", None),
    ("GET", "/v1/ipSet", None),
    ("GET", "/v1/subnet/ipreserve", None),
    ("GET", "/v1/gateway/limitrule", None),
    ("GET", "/v1/ipGroup", None),
    ("GET", "/v1/tbsp", None),
    ("GET", "/v1/peerconn", None),
    ("GET", "/v1/endpoint?vpcId={home_vpc}", None),
    ("GET", "/v1/vpn?vpcId={home_vpc}", None),
    ("GET", "/v1/vpn/cgw", None),
    ("GET", "/v1/etGateway?vpcId={home_vpc}", None),
    ("GET", "/v1/blb", None),
    ("GET", "/v1/service", None),
    ("GET", "/v1/lbdc", None),
    ("POST", "/v2/instance/ehc/cluster/list", {}),
    ("POST", "/v2/snapshot/insnap/list", {}),
    ("GET", "/v2/volume/cluster", None),
    ("GET", "/v1/res/group", None),
    ("GET", "/v1/privatezone", None),
    ("POST", "/?action=DescribePlannedEvents", {}),
    ("POST", "/?action=DescribePlannedEventRecords", {}),
    ("POST", "/?action=DescribeUnplannedEvents", {}),
    ("POST", "/?action=DescribeUnplannedEventRecords", {}),
    ("POST", "/?action=DescribeAuthorizeRules", {}),
    ("POST", "/v2/instance/diagnosticReport/list", {}),
    *LISTS_OF_SERVERS,
)
ONE = {
    "instance": [
        ("GET", "/v2/instance/{id}", None),
        ("GET", "/v2/instance/{id}?isDeploySet=true&containsFailed=true", None),
        ("POST", "/v2/instance/listByInstanceId", {"instanceIds": ["{id}"]}),
        ("POST", "/v2/image/os", {"instanceIds": ["{id}"]}),
        ("POST", "/v2/instance/attribute/getUserdata", {"instanceId": "{id}"}),
    ],
    "eni": [("GET", "/v2/eni/{id}", None)],
    "nic": [("GET", "/v1/eni/{id}", None)],
    "nat": [("GET", "/v1/nat/{id}", None)],
    "havip": [("GET", "/v1/havip/{id}", None)],
    "probe": [("GET", "/v1/probe/{id}", None)],
    "ipv6_gateway": [("GET", "/v1/IPv6Gateway?vpcId={vpc_six}", None)],
    "egress_only_rule": [
        ("GET", "/v1/IPv6Gateway?vpcId={vpc_six}", None),
        ("GET", "/v1/IPv6Gateway/{ipv6_gateway}/egressOnlyRule", None),
    ],
    "rate_limit_rule": [
        ("GET", "/v1/IPv6Gateway?vpcId={vpc_six}", None),
        ("GET", "/v1/IPv6Gateway/{ipv6_gateway}/rateLimitRule", None),
    ],
    "snat_rule": [("GET", "/v1/nat/{nat_with_eip}/snatRule", None)],
    "dnat_rule": [("GET", "/v1/nat/{nat_with_eip}/dnatRule", None)],
    "app_tcp": [("GET", "/v1/appblb/{app}/TCPlistener", None)],
    "app_udp": [("GET", "/v1/appblb/{app}/UDPlistener", None)],
    "app_http": [("GET", "/v1/appblb/{app}/HTTPlistener", None)],
    "app_https": [("GET", "/v1/appblb/{app}/HTTPSlistener", None)],
    "app_ssl": [("GET", "/v1/appblb/{app}/SSLlistener", None)],
    "app_group": [("GET", "/v1/appblb/{app}/appservergroup", None)],
    "app_port": [("GET", "/v1/appblb/{app}/appservergroup", None)],
    "app_server": [
        ("GET", "/v1/appblb/{app}/blbrs?sgId={app_group}", None),
        ("GET", "/v1/appblb/{app}/blbrsmount?sgId={app_group}", None),
    ],
    "app_ip_group": [("GET", "/v1/appblb/{app}/ipgroup", None)],
    "ip_protocol": [("GET", "/v1/appblb/{app}/ipgroup", None)],
    "ip_member": [("GET", "/v1/appblb/{app}/ipgroup/member?ipGroupId={app_ip_group}", None)],
    "app_policy": [("GET", "/v1/appblb/{app}/policys?port=8080", None)],
    "balancer": [("GET", "/v1/blb/{id}", None)],
    "app": [("GET", "/v1/appblb/{id}", None)],
    "backend": [("GET", "/v1/blb/{balancer}/backendserver", None)],
    "blb_tcp": [("GET", "/v1/blb/{balancer}/TCPlistener", None)],
    "blb_udp": [("GET", "/v1/blb/{balancer}/UDPlistener", None)],
    "blb_http": [("GET", "/v1/blb/{balancer}/HTTPlistener", None)],
    "blb_https": [("GET", "/v1/blb/{balancer}/HTTPSlistener", None)],
    "blb_ssl": [("GET", "/v1/blb/{balancer}/SSLlistener", None)],
    "volume_cluster": [("GET", "/v2/volume/cluster/{id}", None)],
    "lbdc": [("GET", "/v1/lbdc/{id}", None)],
    "service_point": [("GET", "/v1/service/{id}", None)],
    "volume": [("GET", "/v2/volume/{id}", None), ("GET", "/v3/volume/{id}", None)],
    "snapshot": [("GET", "/v2/snapshot/{id}", None)],
    "policy": [("GET", "/v2/asp/{id}", None)],
    "image": [("GET", "/v2/image/{id}", None)],
    "keypair": [("GET", "/v2/keypair/{id}", None)],
    "group": [("GET", "/v2/securityGroup/{id}", None)],
    "deployset": [("GET", "/v2/deployset/{id}", None)],
    "vpc": [("GET", "/v1/vpc/{id}", None)],
    "eip_group": [("GET", "/v1/eipgroup/{id}", None)],
    "eip_bp": [("GET", "/v1/eipbp/{id}", None)],
    "traffic_package": [("GET", "/v1/eiptp/{id}", None)],
    "tbsp": [("GET", "/v1/tbsp/{id}", None)],
    "cleaned": [("GET", "/v1/tbsp/{tbsp}/ipClean", None)],
    "blocked": [("GET", "/v1/tbsp/{tbsp}/protocolBlocking", None)],
    "peerconn": [("GET", "/v1/peerconn/{id}", None)],
    "endpoint": [("GET", "/v1/endpoint/{id}", None)],
    "vpn": [("GET", "/v1/vpn/{id}", None)],
    "tunnel": [("GET", "/v1/vpn/vpnconn/{vpn}", None)],
    "dedicated": [("GET", "/v1/etGateway/{id}", None)],
    "cgw": [("GET", "/v1/vpn/cgw/{id}", None)],
    "ssl_server": [("GET", "/v1/vpn/{ssl_vpn}/sslVpnServer", None)],
    "ssl_user": [("GET", "/v1/vpn/{ssl_vpn}/sslVpnUser", None)],
    "zone": [("GET", "/v1/privatezone/{id}", None)],
    "record": [("GET", "/v1/privatezone/{zone}/record", None)],
    "dhcp": [("GET", "/v1/vpc/{id}/dhcp", None)],
    "subnet": [("GET", "/v1/subnet/{id}", None)],
    "acl": [("GET", "/v1/acl?vpcId={vpc}", None)],
    "acl_rule": [("GET", "/v1/acl?vpcId={vpc}", None), ("GET", "/v1/acl/rule?subnetId={subnet}", None)],
    "ip_set": [("GET", "/v1/ipSet/{id}", None)],
    "ip_group": [("GET", "/v1/ipGroup/{id}", None)],
    "route": [("GET", "/v1/route?routeTableId={table}", None), ("GET", "/v1/route/rule?routeTableId={table}", None)],
} | ONE_SERVER


SHOWS_NOTHING = {
    "clientToken": "makes a call safe to repeat",
    "localDiskSizeInGB": "is refused where no such disk would be made",
    "dataVolumes": "each is a volume, which has rows of its own",
    "autoSnapshotPolicy": "is an object in a list, which CreateCDSVolumeV3 and AttachAsp set too",
    "shareSnapshotId": "is made by another account",
    "fpgaCard": "excludes gpuCard, and goes the same way",
    "bcc.CreateBidInstance gpuCard": "CreateInstance sets it by the same code",
    "bcc.CreateBidInstance cardCount": "likewise",
    "bcc.CreateInstanceBySpec enableDeleteProtection": "is shown as deletionProtection",
    "bcc.CreateKeypair publicKey": "is refused",
    "vpc.BatchAddPrivateIpCrossSubnet subnetId": "is the subnet of the addresses, not of the card",
    "bcc.CreateInstanceV3 ipv6": "is a choice, and what it gives an address",
}
"""Members of requests that have no row, and why: of all operations, or of one."""
SETS_NOTHING = {
    "bcc.BatchRebootInstance", "bcc.BatchStartInstance", "bcc.RebootInstance", "bcc.StartInstance", "bcc.EnterRescueMode",
    "bcc.ExitRescueMode", "bcc.RollbackVolume", "vpc.ActiveStandbySwitchover",  # change a status only
    "bcc.BatchRefundResource", "bcc.ReleaseInstanceByPost", "bcc.ReleaseMultipleInstanceByPost", "bcc.ReleaseVolume",
    "bcc.InstanceRecovery", "bcc.CancelBidOrder", "bcc.CancelRemoteCopyImage",  # something leaves, or comes back
    "bcc.RefundVolumeCluster",  # leaves
    "bcc.BindTagImage", "bcc.UnbindTagImage", "bcc.UnbindTagSnapchain",  # no read shows tags of these
    "bcc.CreateSnapshotShare", "bcc.CancelSnapshotShare", "bcc.RemoteCopyImage", "bcc.RemoteCopySnapshot",  # in other places
    "eip.BandwidthPackageInquiry", "eip.EipInquiry", "eip.SharedBandwidthInquiry", "eip.SharedDataPackageInquiry",  # prices
    "bcc.CreateReservedInstanceTransfer", "bcc.AcceptReservedInstanceTransfer", "bcc.RefuseReservedInstanceTransfer",
    "bcc.RevokeReservedInstanceTransfer",  # something leaves, or stays
    "eip.ReleaseEip", "eip.ReleaseEipBp", "eip.ReleaseEipFromRecycle", "eip.ReleaseEipGroup", "eip.RefundEip",
    "eip.RefundEipGroup", "eip.RestoreEipFromRecycle", "eip.CreateEipTransfer", "eip.ReceiveEipTransfer",
    "eip.RejectEipTransfer", "eip.CancelEipTransfer", "vpc.RemoveEni", "vpc.ReleaseNat",  # something leaves, or comes back
    "eip.AddTbspAreaBlocking", "eip.RemoveTbspAreaBlocking", "eip.AddTbspIpWhitelist", "eip.RemoveTbspIpWhitelist",
    "eip.RemoveTbspProtocolBlocking", "eip.EnableTbspIpClean",  # likewise, and the response does not name it
    "eip.StartEipAutoRenew", "eip.StopEipAutoRenew", "eip.DirectEip", "eip.UnDirectEip",  # no read shows it
    "vpc.AcceptPeerConn", "vpc.RejectPeerConn", "vpc.RefundPeerConn", "vpc.ReleasePeerConn", "vpc.ReleaseVpn",
    "vpc.ReleaseDedicatedGateway",  # change a status, or leave
    "resourcemanager.BindResourceToGroup", "resourcemanager.RemoveResourceFromGroup",
    "resourcemanager.ChangeResourceGroup",  # about resources of all kinds; only GetResGroupBatch shows it
    "vpc.UpdateSnicSg", "vpc.UpdateSnicEsg",  # no read shows the groups of these
    "blb.CreateAppBlbTcpListener", "blb.CreateAppBlbUdpListener", "blb.CreateAppBlbHttpListener",
    "blb.CreateAppBlbHttpsListener", "blb.CreateAppBlbSslListener", "blb.CreateListenerAppblb",
    "blb.CreateListener", "blb.ModifyListenerAttributesAppblb", "blb.AddAppBlbServerGroupRs", "blb.CreateAppBlbIpGroupMember",
    "blb.CreateBlbTcpListener", "blb.CreateBlbUdpListener", "blb.CreateBlbHttpListener", "blb.CreateBlbHttpsListener",
    "blb.CreateBlbSslListener", "blb.AddBlbServer",
    # the response does not name what was made; the updates set the same by the same code
    "blb.ReleaseBlb", "blb.ReleaseAppBlb", "blb.RefundBlb", "blb.BlbInquiry",  # something leaves; a price
    "blb.BillingChangeCancelToPostBlb", "blb.StartLoadBalancerAutoRenew",  # no read shows it before the term is over
    "blb.BindBlbSecurityGroup", "blb.UnbindBlbSecurityGroup", "blb.BindBlbEnterpriseSecurityGroup",
    "blb.UnbindBlbEnterpriseSecurityGroup",  # one read shows the groups, each as a whole
    "bcc.ModifyInstancePassword",  # a secret, which nobody shows
} | SET_NOTHING_OF_SERVERS  # fmt: skip
"""Operations whose members no read shows."""
ELSEWHERE = {
    "sts",  # shows no resource
}
"""Products that have no rows here."""
LOOKS = (
    "Get",
    "List",
    "Query",
    "View",
    "Search",
    "Describe",
    "Detail",
    "KeypairDetail",
    "EhcClusterList",
    "UserGatewayList",
    "UserGatewayDetails",
)
NOTHING = {"", "None", "[]", "{}"}


def filled(value: Any, made: Made) -> Any:
    """The value with the ids of what its names in braces stand for."""
    if isinstance(value, str):
        return re.sub(r"{(\w+)}", lambda match: made[match[1]], value)
    if isinstance(value, list):
        return [filled(each, made) for each in value]
    return {name: filled(each, made) for name, each in value.items()} if isinstance(value, dict) else value


@cache
def hints_of(declared: Any) -> dict[str, Any]:
    """The members of a type of responses; none of what is no such type."""
    return get_type_hints(declared) if is_response_type(declared) else {}


def views(declared: Any, value: Any) -> Iterator[tuple[type, dict[str, Any]]]:
    """Every object in a response that is of a type of its own, with the type."""
    hints = hints_of(declared)
    if hints and isinstance(value, dict):
        yield declared, value
        for name, hint in hints.items():
            yield from views(hint, value.get(name))
    for inner in get_args(declared):
        for each in value if isinstance(value, list) else [value] if value is not None else []:
            yield from views(inner, each)


def declares(declared: Any, path: list[str]) -> bool:
    """Whether a type has a member at a path."""
    if not path:
        return True
    if is_response_type(declared):
        hints = hints_of(declared)
        return path[0] in hints and declares(hints[path[0]], path[1:])
    inner = path[1:] if path[0].isdigit() and get_origin(declared) is list else path
    return (path[0].isdigit() and declared is str) or any(declares(each, inner) for each in get_args(declared))


def at(value: Any, path: str) -> Any:
    """What is at a path; None where a list ends before it."""
    for name in path.split("."):
        if value is None:
            return None
        if isinstance(value, list):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name)
    return value


class Seen(NamedTuple):
    """A resource as one read shows it."""

    operation: str
    declared: type
    view: dict[str, Any]

    def values(self, members: str) -> list[tuple[str, Any]]:
        """What it shows of a member, by each of its names that it has: where, and the value."""
        paths = [path.removeprefix(f"{self.declared.__name__}.") for path in members.split()]
        there = [path for path in paths if declares(self.declared, path.split("."))]
        return [(f"{self.operation} {self.declared.__name__}.{path}", at(self.view, path)) for path in there]


def look(cloud: Cloud, made: Made, kind: str, resource: str) -> list[Seen]:
    """A resource in every read that shows one of its kind."""
    made.known["id"] = resource
    seen = []
    for method, target, body in (*lists_of(kind), *ONE.get(kind, ())):
        answer = ask_at_home(cloud, method, filled(target, made), filled(body, made))
        operation = OPERATIONS[f"{cloud.last_entry.product}.{cloud.last_entry.operation}"]
        for declared, view in views(operation.response, answer):
            of, id_member = VIEWS.get(declared.__name__, ("", ""))
            if of == kind and str(view.get(id_member)) == resource:
                seen.append(Seen(operation.key, declared, view))
    return seen


def lists_of(kind: str) -> list[tuple[str, str, Any]]:
    """The lists in which something of a kind is shown."""
    return [each for each in LISTS if declared_in(called(f"{each[0]} {each[1]}").response, frozenset({kind}))]


def made_by(made: Made, write: Write, response: dict[str, Any]) -> str:
    """The id of the resource that a row is about."""
    if not write.made:
        return made["instance" if write.kind == "eni" else write.kind]
    made_id: str = at(response, write.made)
    made.cloud.clock.advance(HOUR)
    return made.disk_of(made_id) if write.kind == "disk_of_made" else made_id


def called(call: str) -> Operation:
    """The operation that a call of the tables is one of."""
    method, target = re.sub(r"{\w+}", "x-1", call).split(" ")
    host, target = host_and_path(target)
    path, _, key = target.partition("?")
    name, _, value = key.partition("=")
    return ROUTES._find(host, method, path, ((name, value),) if key else ()).target


def members_of(operation: Operation) -> set[str]:
    """What a request may name, by the API's names, beside what its path names."""
    fields = operation.model.model_fields if operation.model else {}
    names = {field.alias or name for name, field in fields.items()} - {*operation.route.variables}
    return {name for name in names if not SHOWS_NOTHING.keys() & {name, f"{operation.key} {name}"}}


@cache
def declared_in(declared: Any, kinds: frozenset[str]) -> frozenset[str]:
    """The members that the views of these kinds have in a response of this type."""
    hints = hints_of(declared)
    name = declared.__name__ if hints else ""
    own = frozenset(hints if VIEWS.get(name, ("", ""))[0] in kinds else ())
    return own.union(*(declared_in(each, kinds) for each in (*hints.values(), *get_args(declared))))


def test_each_operation_that_sets_what_a_read_shows_has_rows_for_it():
    exempt, rows = SETS_NOTHING, dict[str, list[Write]]()
    for write in WRITES:
        rows.setdefault(called(write.call).key, []).append(write)
    left = {}
    for key, operation in OPERATIONS.items():
        if operation.name.startswith((*LOOKS, "Delete")) or operation.product in ELSEWHERE or key in exempt:
            continue
        own = rows.get(key, [])
        kinds = frozenset(KIND.get(write.kind, write.kind) for write in own)
        told = {name for write in own for members in write.shown for name in re.split("[ .]", members)}
        told |= {name for write in own for name, value in write.body.items() if value == f"{{{write.kind}}}"}
        can_be_seen = set().union(*(declared_in(each.response, kinds) for each in OPERATIONS.values()))
        missing = members_of(operation) & can_be_seen - told
        if missing or not own:
            left[key] = missing

    assert left == {}
    assert exempt & rows.keys() == set()


@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write.call} {write.kind}")
def test_what_a_write_sets_is_what_every_read_shows(write):
    cloud = Cloud()
    made = Made(cloud)
    method, target = filled(write.call, made).split(" ")
    body, wanted = filled(write.body, made), filled(write.shown, made)
    kind = KIND.get(write.kind, write.kind)
    if not write.made:
        assert look(cloud, made, kind, made_by(made, write, {})), "what a read keeps of it is kept before the write"

    response = ask_at_home(cloud, method, target, body if method != "DELETE" else None)

    cloud.clock.advance(HOUR)
    seen = look(cloud, made, kind, made_by(made, write, response))
    for members, value in wanted.items():
        found = [pair for each in seen for pair in each.values(members)]
        assert found, f"no read shows {members}"
        expected = str(found[0][1] if value is SOMETHING else value)
        assert value is not SOMETHING or expected not in NOTHING, f"{members} shows nothing"
        assert [each for each in found if str(each[1]) != expected] == [], f"not {expected}"
