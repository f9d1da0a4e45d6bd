"""What the rows of the tables speak of: each thing is made when it is first asked for, and has the name of a method."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.services.reads_agree.home import ask_at_home
from tests.services.reads_agree.made_app import MadeApp
from tests.services.reads_agree.made_clusters import MadeClusters
from tests.services.reads_agree.made_hpas import MadeHpas
from tests.services.reads_agree.made_names import MadeNames
from tests.services.reads_agree.made_reserved import MadeReserved
from tests.services.reads_agree.made_servers import MadeServers
from tests.services.reads_agree.row import MONTH, POSTPAID, TAGS

DISK = {"cdsSizeInGB": 50, "storageType": "cloud_hp1"}
PUBLIC_KEY = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp/TR+fQi62F79RHWmwKOtFmwteURgLbj7D/"
    "WGuNLGOfa/2vse3G2eHnHl5CB8ruRX9fBl/KgwCVr2JaEuUm66bBQeP5XeBotdR4cvX38uPYivCDdPjJ1QWPdspTBKcxeFbccDw== a@b"
)
HOUR = 3600


class Made(MadeServers, MadeReserved, MadeApp, MadeClusters, MadeNames, MadeHpas):
    """The ids of what was made, by name."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = getattr(self, f"make_{name}")()
            self.pause()
        return self.known[name]

    def pause(self) -> None:
        self.cloud.clock.advance(HOUR)

    def ask(self, method: str, target: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return ask_at_home(self.cloud, method, target, body)

    def disk_of(self, instance: str) -> str:
        volumes = self.ask("GET", f"/v2/volume?instanceId={instance}")["volumes"]
        return next(each["id"] for each in volumes if each["type"] == "Cds")

    def make_instance(self) -> str:
        return self.cloud.create(createCdsList=[DISK])

    def make_disk(self) -> str:
        return self.disk_of(self["instance"])

    def make_stopped(self) -> str:
        instance = self.cloud.create()
        self.ask("PUT", f"/v2/instance/{instance}?stop")
        return instance

    def make_prepaid(self) -> str:
        return self.cloud.create(billing=MONTH, createCdsList=[DISK])

    def make_prepaid_disk(self) -> str:
        return self.disk_of(self["prepaid"])

    def make_renewed(self) -> str:
        return self.cloud.create(billing=MONTH, createCdsList=[DISK], autoRenewTime=1, cdsAutoRenew=True)

    def make_renewed_disk(self) -> str:
        return self.disk_of(self["renewed"])

    def make_tagged(self) -> str:
        return self.cloud.create(tags=TAGS)

    def make_with_role(self) -> str:
        self.ask(
            "POST", "/v2/instance/role?bind", {"roleName": "reader", "instances": [{"instanceId": self["instance"]}]}
        )
        return self["instance"]

    def make_with_pair(self) -> str:
        self.ask("PUT", f"/v2/keypair/{self['keypair']}?attach", {"instanceIds": [self["stopped"]]})
        return self["stopped"]

    def make_grouped(self) -> str:
        self.ask("PUT", f"/v2/instance/{self['instance']}?bind", {"securityGroupId": self["group"]})
        return self["instance"]

    def make_spread(self) -> str:
        return self.cloud.create(deployIdList=[self["deployset"]])

    def make_with_ip(self) -> str:
        added = {"instanceId": self["instance"], "privateIps": ["192.168.0.200"]}
        self.ask("PUT", "/v2/instance/batchAddIp", added)
        return self["instance"]

    def make_six(self) -> str:
        return self.cloud.create(subnetId=self["subnet_six"])

    def make_with_six(self) -> str:
        self.ask("POST", "/v2/instance/addIpv6", {"instanceId": self["six"], "reboot": True})
        return self["six"]

    def make_address_six(self) -> str:
        network = self.ask("GET", f"/v1/subnet/{self['subnet_six']}")["subnet"]["ipv6Cidr"]
        return network.partition("::")[0] + "::77"

    def make_of_image(self) -> str:
        return self.cloud.create(imageId=self["image"])

    def make_keypair(self) -> str:
        return self.ask("POST", "/v2/keypair", {"name": "pair"})["keypair"]["keypairId"]

    def make_public_key(self) -> str:
        return PUBLIC_KEY

    def make_default_group(self) -> str:
        return self.ask("GET", "/v2/securityGroup")["securityGroups"][-1]["id"]

    def make_group(self) -> str:
        rule = {"direction": "ingress", "protocol": "tcp", "portRange": "22", "sourceIp": "10.0.0.0/8"}
        return self.ask("POST", "/v2/securityGroup", {"name": "web", "rules": [rule]})["securityGroupId"]

    def make_rule(self) -> str:
        return self.ask("GET", f"/v2/securityGroup/{self['group']}")["rules"][0]["securityGroupRuleId"]

    def make_egress_rule(self) -> str:
        rule = {"direction": "egress", "protocol": "tcp", "portRange": "22", "destIp": "10.0.0.0/8"}
        self.ask("PUT", f"/v2/securityGroup/{self['group']}?authorizeRule", {"rule": rule})
        rules = self.ask("GET", f"/v2/securityGroup/{self['group']}")["rules"]
        return next(each["securityGroupRuleId"] for each in rules if each["direction"] == "egress")

    def make_group_there(self) -> str:
        return self.ask("POST", "/v2/securityGroup", {"name": "there", "vpcId": self["vpc"], "rules": []})[
            "securityGroupId"
        ]

    def make_deployset(self) -> str:
        return self.ask("POST", "/v2/instance/deployset/create", {"name": "spread", "strategy": "HOST_HA"})[
            "deploySetIds"
        ][0]

    def make_volume(self) -> str:
        order = DISK | {"zoneName": "cn-bj-a", "billing": POSTPAID}
        return self.ask("POST", "/v2/volume", order)["volumeIds"][0]

    def make_bought(self) -> str:
        """A postpaid volume of a prepaid instance."""
        self.ask("PUT", f"/v2/volume/{self['volume']}?attach", {"instanceId": self["prepaid"]})
        return self["volume"]

    def make_tagged_volume(self) -> str:
        self.ask("PUT", f"/v2/volume/{self['volume']}/tag?bind", {"changeTags": TAGS})
        return self["volume"]

    def make_snapshot(self) -> str:
        return self.ask("POST", "/v2/snapshot", {"volumeId": self["disk"], "snapshotName": "first"})["snapshotId"]

    def make_chain(self) -> str:
        assert self["snapshot"]
        return self.ask("GET", f"/v2/snapshot/chain?volumeId={self['disk']}")["snapchains"][0]["chainId"]

    def make_policy(self) -> str:
        order = {"name": "nightly", "timePoints": [0], "repeatWeekdays": [1], "retentionDays": 3}
        return self.ask("POST", "/v2/asp", order)["aspId"]

    def make_guarded(self) -> str:
        self.ask("PUT", f"/v2/asp/{self['policy']}?attach", {"volumeIds": [self["disk"]]})
        return self["disk"]

    def make_image(self) -> str:
        return self.ask("POST", "/v2/image", {"imageName": "mine", "instanceId": self["instance"]})["imageId"]

    def make_shared_image(self) -> str:
        self.ask("POST", f"/v2/image/{self['image']}?share", {"accountId": "test-friend"})
        return self["image"]

    def make_vpc(self) -> str:
        return self.ask("POST", "/v1/vpc", {"name": "net", "cidr": "10.0.0.0/16"})["vpcId"]

    def make_relaying(self) -> str:
        self.ask("PUT", f"/v1/vpc/openRelay/{self['vpc']}")
        return self["vpc"]

    def make_dhcp(self) -> str:
        return self["vpc"]

    def make_dhcp_set(self) -> str:
        self.ask("POST", f"/v1/vpc/{self['vpc']}/dhcp", {"domainNameServers": "1.1.1.1"})
        return self["vpc"]

    def make_subnet(self) -> str:
        order = {"name": "part", "cidr": "10.0.1.0/24", "vpcId": self["vpc"], "zoneName": "cn-bj-a"}
        return self.ask("POST", "/v1/subnet", order)["subnetId"]

    def make_subnet_six(self) -> str:
        net = self.ask("POST", "/v1/vpc", {"name": "six", "cidr": "10.6.0.0/16", "enableIpv6": True})["vpcId"]
        order = {"name": "six", "cidr": "10.6.1.0/24", "vpcId": net, "zoneName": "cn-bj-a", "enableIpv6": True}
        return self.ask("POST", "/v1/subnet", order)["subnetId"]

    def make_home(self) -> str:
        """The subnet that instances are in which name none."""
        subnet: str = self.cloud.instance(self["instance"])["subnetId"]
        return subnet

    def make_home_vpc(self) -> str:
        vpc: str = self.cloud.instance(self["instance"])["vpcId"]
        return vpc

    def make_nic(self) -> str:
        addresses = [{"primary": True, "privateIpAddress": "192.168.0.240"}]
        return self.ask("POST", "/v1/eni", {"name": "card", "subnetId": self["home"], "privateIpSet": addresses})[
            "eniId"
        ]

    def make_attached_nic(self) -> str:
        self.ask("PUT", f"/v1/eni/{self['nic']}?attach", {"instanceId": self["instance"]})
        return self["nic"]

    def make_nic_with_eip(self) -> str:
        pair = {"privateIpAddress": "192.168.0.240", "publicIpAddress": self["eip"]}
        self.ask("PUT", f"/v1/eni/{self['nic']}?bind", pair)
        return self["nic"]

    def make_nic_with_ip(self) -> str:
        self.ask("POST", f"/v1/eni/{self['nic']}/privateIp", {"privateIpAddress": "192.168.0.230"})
        return self["nic"]

    def make_part(self) -> str:
        net = self.cloud.instance(self["instance"])["vpcId"]
        order = {"name": "part", "cidr": "192.168.100.0/24", "vpcId": net, "zoneName": "cn-bj-a"}
        return self.ask("POST", "/v1/subnet", order)["subnetId"]

    def make_eip(self) -> str:
        billing = {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
        return self.ask("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": billing})["eip"]

    def make_prepaid_eip(self) -> str:
        return self.ask("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": MONTH})["eip"]

    def make_bound(self) -> str:
        target = {"instanceType": "BCC", "instanceId": self["instance"]}
        self.ask("PUT", f"/v1/eip/{self['eip']}?bind", target)
        return self["eip"]

    def make_eip_group(self) -> str:
        order = {
            "name": "shared",
            "eipCount": 2,
            "bandwidthInMbps": 20,
            "billing": POSTPAID | {"billingMethod": "ByBandwidth"},
        }
        return self.ask("POST", "/v1/eipgroup", order)["id"]

    def make_prepaid_eip_group(self) -> str:
        order = {"name": "ahead", "eipCount": 2, "bandwidthInMbps": 20, "billing": MONTH}
        return self.ask("POST", "/v1/eipgroup", order)["id"]

    def make_shared_eip(self) -> str:
        self.ask("PUT", f"/v1/eipgroup/{self['eip_group']}?move_in", {"eips": [self["eip"]]})
        return self["eip"]

    def make_eip_bp(self) -> str:
        return self.ask("POST", "/v1/eipbp", {"eip": self["eip"], "bandwidthInMbps": 5})["id"]

    def make_ddos(self) -> str:
        return self["eip"]

    def make_tbsp(self) -> str:
        order = {"name": "shield", "lineType": "BGP", "ipCapacity": 5}
        return self.ask("POST", "/v1/tbsp", order | {"reservationLength": 1, "reservationTimeUnit": "YEAR"})["id"]

    def make_cleaned(self) -> str:
        self.ask("PUT", f"/v1/tbsp/{self['tbsp']}?bind", {"ipList": [self["eip"]]})
        return self["eip"]

    def make_blocked(self) -> str:
        body = {"ip": self["cleaned"], "protocolPortList": [{"type": "icmp"}]}
        self.ask("POST", f"/v1/tbsp/{self['tbsp']}/protocolBlocking", body)
        return self["cleaned"]

    def make_esg(self) -> str:
        rule = {"direction": "ingress", "protocol": "tcp", "portRange": "443", "sourceIp": "all", "action": "allow"}
        order = {"name": "guard", "rules": [rule | {"priority": 1}]}
        return self.ask("POST", "/v1/enterprise/security", order)["enterpriseSecurityGroupId"]

    def make_esg_rule(self) -> str:
        assert self["esg"]
        group = self.ask("GET", "/v1/enterprise/security")["enterpriseSecurityGroups"][0]
        return group["rules"][0]["enterpriseSecurityGroupRuleId"]

    def make_acl(self) -> str:
        return self["subnet"]

    def make_acl_rule(self) -> str:
        rule = {"sourceIpAddress": "all", "destinationIpAddress": "all", "position": 1, "direction": "ingress"}
        rule |= {"subnetId": self["subnet"], "protocol": "all", "action": "allow"}
        self.ask("POST", "/v1/acl/rule", {"aclRules": [rule]})
        return self.ask("GET", f"/v1/acl/rule?subnetId={self['subnet']}")["aclRules"][0]["id"]

    def make_ip_set(self) -> str:
        order = {"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": [{"ipAddress": "10.0.0.1"}]}
        return self.ask("POST", "/v1/ipSet", order)["ipSetId"]

    def make_ip_set_apart(self) -> str:
        return self.make_ip_set()

    def make_ip_group(self) -> str:
        order = {"name": "everybody", "ipVersion": "IPv4", "ipSetIds": [self["ip_set"]]}
        return self.ask("POST", "/v1/ipGroup", order)["ipGroupId"]

    def make_limit_rule(self) -> str:
        order = {"name": "branch", "serviceType": "csn", "subServiceType": "LOCAL", "resourceId": "csn-1"}
        order |= {"ipVersion": "4", "direction": "egress", "cidr": "10.0.0.0/8"}
        return self.ask("POST", "/v1/gateway/limitrule", order | {"bandwidth": 9})["glrId"]

    def make_table(self) -> str:
        return self.ask("GET", f"/v1/route?vpcId={self.cloud.instance(self['instance'])['vpcId']}")["routeTableId"]

    def make_route(self) -> str:
        order = {"sourceAddress": "192.168.0.0/20", "destinationAddress": "172.16.0.0/16", "nexthopType": "custom"}
        body = order | {"routeTableId": self["table"], "nexthopId": self["instance"]}
        return self.ask("POST", "/v1/route/rule", body)["routeRuleId"]

    def make_nat(self) -> str:
        order = {"name": "out", "vpcId": self["vpc"], "spec": "small", "billing": POSTPAID}
        return self.ask("POST", "/v1/nat", order)["natId"]

    def make_enhanced_nat(self) -> str:
        order = {"name": "out", "vpcId": self["vpc"], "cuNum": 1, "billing": MONTH}
        return self.ask("POST", "/v1/nat", order)["natId"]

    def make_nat_with_eip(self) -> str:
        self.ask("PUT", f"/v1/nat/{self['nat']}?bind", {"bindEips": [self["eip"]]})
        return self["nat"]

    def make_snat_rule(self) -> str:
        rule = {"ruleName": "out", "publicIpsAddress": [self["eip"]], "sourceCIDR": "10.0.9.0/24"}
        return self.ask("POST", f"/v1/nat/{self['nat_with_eip']}/snatRule", rule)["ruleId"]

    def make_dnat_rule(self) -> str:
        rule = {"publicIpAddress": self["eip"], "privateIpAddress": "10.0.9.9", "protocol": "all"}
        return self.ask("POST", f"/v1/nat/{self['nat_with_eip']}/dnatRule", rule)["ruleId"]

    def connect(self, **members: Any) -> str:
        """A peer connection whose other end is beyond the emulator."""
        order = {"bandwidthInMbps": 5, "localVpcId": self["home_vpc"], "peerVpcId": "vpc-beyond000001"}
        body = order | {"peerRegion": "gz", "billing": POSTPAID} | members
        return self.ask("POST", "/v1/peerconn", body)["peerConnId"]

    def make_peerconn(self) -> str:
        return self.connect()

    def make_prepaid_peerconn(self) -> str:
        return self.connect(billing=MONTH)

    def make_synced(self) -> str:
        self.ask("PUT", f"/v1/peerconn/{self['peerconn']}?open&role=initiator")
        return self["peerconn"]

    def make_interface(self) -> str:
        return self.ask("GET", f"/v1/peerconn/{self['peerconn']}")["localIfId"]

    def make_endpoint(self) -> str:
        order = {"vpcId": self["home_vpc"], "subnetId": self["home"], "service": "bos.bj.baidubce.com"}
        return self.ask("POST", "/v1/endpoint", order | {"name": "card", "billing": POSTPAID})["id"]

    def make_gateway(self, **members: Any) -> str:
        order = {"vpcId": self["home_vpc"], "vpnName": "gateway", "billing": POSTPAID}
        return self.ask("POST", "/v1/vpn", order | members)["vpnId"]

    def make_vpn(self) -> str:
        return self.make_gateway()

    def make_prepaid_vpn(self) -> str:
        return self.make_gateway(billing=MONTH)

    def make_vpn_with_eip(self) -> str:
        return self.make_gateway(eip=self["eip"])

    def make_ssl_vpn(self) -> str:
        return self.make_gateway(type="SSL")

    def make_ssl_server(self) -> str:
        order = {"sslVpnServerName": "server", "localSubnets": ["192.168.0.0/20"], "remoteSubnet": "10.20.0.0/24"}
        return self.ask("POST", f"/v1/vpn/{self['ssl_vpn']}/sslVpnServer", order)["sslVpnServerId"]

    def make_ssl_vpn_with_server(self) -> str:
        assert self["ssl_server"]
        return self["ssl_vpn"]

    def make_ssl_user(self) -> str:
        users = {"sslVpnUsers": [{"userName": "user-1", "password": "qwer@12345"}]}
        return self.ask("POST", f"/v1/vpn/{self['ssl_vpn_with_server']}/sslVpnUser", users)["sslVpnUserIds"][0]

    def make_cgw(self) -> str:
        return self.ask("POST", "/v1/vpn/cgw", {"name": "there", "ip": "203.0.113.9"})["cgwId"]

    def make_tunnel(self) -> str:
        ends = {"localSubnets": ["192.168.0.0/20"], "remoteSubnets": ["10.20.0.0/24"], "remoteIp": "203.0.113.7"}
        keys = {"vpnConnName": "tunnel", "secretKey": "qwer@12345", "ikeConfig": {}, "ipsecConfig": {}}
        return self.ask("POST", f"/v1/vpn/{self['vpn']}/vpnconn", ends | keys)["vpnConnId"]

    def make_dedicated(self) -> str:
        order = {"vpcId": self["home_vpc"], "name": "gateway", "speed": 100}
        return self.ask("POST", "/v1/etGateway", order)["etGatewayId"]

    def make_with_line(self) -> str:
        line = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0"}
        self.ask("PUT", f"/v1/etGateway/{self['dedicated']}?bind", line | {"localCidrs": ["192.168.0.0/20"]})
        return self["dedicated"]

    def make_havip(self) -> str:
        return self.ask("POST", "/v1/havip", {"name": "floating", "subnetId": self["home"], "privateIpAddress": ""})[
            "haVipId"
        ]

    def make_havip_of_instance(self) -> str:
        members = {"instanceIds": [self["instance"]], "instanceType": "SERVER"}
        self.ask("PUT", f"/v1/havip/{self['havip']}?attach", members)
        return self["havip"]

    def make_havip_with_eip(self) -> str:
        self.ask("PUT", f"/v1/havip/{self['havip']}?bindPublicIp", {"publicIpAddress": self["eip"]})
        return self["havip"]

    def make_vpc_six(self) -> str:
        return self.ask("GET", f"/v1/subnet/{self['subnet_six']}")["subnet"]["vpcId"]

    def make_ipv6_gateway(self) -> str:
        order = {"vpcId": self["vpc_six"], "name": "six", "bandwidthInMbps": 5, "billing": POSTPAID}
        return self.ask("POST", "/v1/IPv6Gateway", order)["gatewayId"]

    def make_rate_limit_rule(self) -> str:
        limits = {"ipv6Address": self["address_six"], "ingressBandwidthInMbps": 1, "egressBandwidthInMbps": 1}
        return self.ask("POST", f"/v1/IPv6Gateway/{self['ipv6_gateway']}/rateLimitRule", limits)["rateLimitRuleId"]

    def make_probe(self) -> str:
        order = {"name": "pinger", "vpcId": self["vpc"], "subnetId": self["subnet"], "protocol": "TCP", "frequency": 20}
        return self.ask(
            "POST", "/v1/probe", order | {"sourceIps": ["10.0.1.71"], "destIp": "10.1.2.3", "destPort": 80}
        )["probeId"]

    def make_event(self) -> str:
        path = f"instances/{self['instance']}/maintenance"
        return control_of(self.cloud)("POST", path, {}).body["id"]

    def make_repaired(self) -> str:
        self.ask("POST", "/?action=AuthorizeServerEvent", {"serverEventId": self["event"]})
        return self["event"]

    def make_authorization_rule(self) -> str:
        rule = {"ruleName": "rule", "authorizeMaintenanceOperations": ["Repair"]}
        return self.ask(
            "POST", "/?action=CreateAuthorizeRule", rule | {"serverEventCategory": "PlannedMaintenanceEvent"}
        )["ruleId"]
