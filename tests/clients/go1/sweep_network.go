package main

import "github.com/baidubce/bce-sdk-go/services/vpc"

// home answers the default VPC, and its subnet in the zone where instances are made.
func home() (net, part string) {
	found := onVPC.done("ListSubnets", object{"zoneName": zone})
	return found.at("subnets.vpcId"), found.at("subnets.subnetId")
}

func newNetwork(cidr string, six bool) (net, part string) {
	net = onVPC.done("CreateVPC", object{"name": "net", "cidr": cidr, "enableIpv6": six}).at("vpcId")
	order := object{"name": "part", "zoneName": zone, "cidr": cidr[:len(cidr)-2] + "24", "vpcId": net, "enableIpv6": six}
	return net, onVPC.done("CreateSubnet", order).at("subnetId")
}

func newGroup(net string) string {
	return onBCC.done("CreateSecurityGroup", object{"name": "cards", "vpcId": net, "rules": []object{}}).at("securityGroupId")
}

var allowed = object{
	"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": "443", "sourceIp": "all", "action": "allow",
	"priority": 1,
}

func newEnterpriseGroup() string {
	return onESG.done("CreateEsg", object{"name": "guard", "rules": []object{allowed}}).at("enterpriseSecurityGroupId")
}

func enterpriseGroups() {
	group := newEnterpriseGroup()
	onESG.refused("Esg.EsgNameDuplicate", "CreateEsg", object{"name": "guard", "rules": []object{allowed}})
	rule := onESG.done("ListEsg", object{"maxKeys": 10}).at("enterpriseSecurityGroups.rules.enterpriseSecurityGroupRuleId")
	onESG.refused("BadRequest", "ListEsg", object{"maxKeys": -1})
	more := object{"enterpriseSecurityGroupId": group, "rules": []object{with(allowed, object{"portRange": "80"})}}
	onESG.done("CreateEsgRules", more)
	onESG.refused("Esg.EsgResourceNotExist", "CreateEsgRules", with(more, object{"enterpriseSecurityGroupId": "esg-unknown"}))
	onESG.done("UpdateEsgRule", object{"enterpriseSecurityGroupRuleId": rule, "remark": "another"})
	onESG.refused("Esg.EsgRuleResourceNotExist", "UpdateEsgRule", object{"enterpriseSecurityGroupRuleId": "esgr-unknown", "remark": "another"})
	onESG.done("DeleteEsgRule", object{"enterpriseSecurityGroupRuleId": rule})
	onESG.refused("Esg.EsgRuleResourceNotExist", "DeleteEsgRule", object{"enterpriseSecurityGroupRuleId": rule})
	onESG.done("DeleteEsg", object{"enterpriseSecurityGroupId": group})
	onESG.refused("Esg.EsgResourceNotExist", "DeleteEsg", object{"enterpriseSecurityGroupId": group})
}

func cards() {
	id := running()
	net, part := home()
	group := newGroup(net)
	order := object{
		"name": "card", "subnetId": part, "securityGroupIds": []string{group},
		"privateIpSet": []object{{"primary": true, "privateIpAddress": "192.168.0.240"}},
	}
	card := onENI.settled("CreateEni", order).at("eniId")
	onENI.refused("NoSuchObject", "CreateEni", with(order, object{"subnetId": "sbn-unknown"}))
	onENI.refused("EniIdException", "GetEniDetail", "eni-unknown")
	onENI.done("GetEniStatus", card)
	onENI.refused("EniIdException", "GetEniStatus", "eni-unknown")
	onENI.done("GetEniQuota", object{"instanceId": id})
	onENI.refused("NoSuchObject", "GetEniQuota", object{"instanceId": unknown})
	try := func(method string, arguments object) {
		onENI.settled(method, with(arguments, object{"eniId": card}))
		onENI.refused("EniIdException", method, with(arguments, object{"eniId": "eni-unknown"}))
	}
	try("UpdateEni", object{"name": "renamed"})
	try("AddPrivateIp", object{"privateIpAddress": "192.168.0.241"})
	try("BatchAddPrivateIp", object{"privateIpAddresses": []string{"192.168.0.242"}})
	across := object{"subnetId": part, "privateIps": []object{{"privateIpAddress": "192.168.0.243", "subnetId": part}}}
	try("BatchAddPrivateIpCrossSubnet", across)
	try("DeletePrivateIp", object{"privateIpAddress": "192.168.0.241"})
	try("BatchDeletePrivateIp", object{"privateIpAddresses": []string{"192.168.0.242"}})
	public := newAddress()
	try("BindEniPublicIp", object{"privateIpAddress": "192.168.0.240", "publicIpAddress": public})
	onENI.done("ListEni", object{"vpcId": net})
	onENI.refused("NoSuchObject", "ListEni", object{"vpcId": "vpc-unknown"})
	expect(onENI.done("GetEniDetail", card).at("privateIpSet.publicIpAddress"), public)
	try("UnBindEniPublicIp", object{"publicIpAddress": public})
	try("AttachEniInstance", object{"instanceId": id})
	expect(onENI.done("GetEniDetail", card).at("instanceId"), id)
	try("DetachEniInstance", object{"instanceId": id})
	try("UpdateEniSecurityGroup", object{"securityGroupIds": []string{group}})
	guard := object{"enterpriseSecurityGroupIds": []string{newEnterpriseGroup()}}
	if onESG.has("CreateEsg") {
		onENI.settled("UpdateEniEnterpriseSecurityGroup", with(guard, object{"eniId": card}))
	}
	onENI.refused("EniIdException", "UpdateEniEnterpriseSecurityGroup", with(guard, object{"eniId": "eni-unknown"}))
	try("DeleteEni", object{})
}

func floating() {
	id := running()
	net, part := home()
	order := object{"name": "floating", "subnetId": part}
	made := onHaVip.settled("CreateHaVip", order).at("haVipId")
	onHaVip.refused("NoSuchObject", "CreateHaVip", with(order, object{"subnetId": "sbn-unknown"}))
	onHaVip.done("ListHaVip", object{"vpcId": net, "maxKeys": 10})
	onHaVip.refused("BadRequest", "ListHaVip", object{"vpcId": net, "maxKeys": -1})
	onHaVip.refused("NoSuchObject", "GetHaVipDetail", "havip-unknown")
	try := func(method string, arguments object) {
		onHaVip.settled(method, with(arguments, object{"haVipId": made}))
		onHaVip.refused("NoSuchObject", method, with(arguments, object{"haVipId": "havip-unknown"}))
	}
	members := object{"instanceIds": []string{id}, "instanceType": "SERVER"}
	try("UpdateHaVip", object{"name": "renamed"})
	try("HaVipAttachInstance", members)
	if onHaVip.has("GetHaVipDetail") {
		expect(onHaVip.done("GetHaVipDetail", made).at("bindedInstances.instanceId"), id)
	}
	try("HaVipBindPublicIp", object{"publicIpAddress": newAddress()})
	try("HaVipUnbindPublicIp", object{})
	try("HaVipDetachInstance", members)
	try("DeleteHaVip", object{})
}

func natGateways() {
	net, _ := newNetwork("10.0.0.0/16", false)
	order := object{"name": "out", "vpcId": net, "spec": "small", "billing": postpaid}
	nat := onVPC.settled("CreateNatGateway", order).at("natId")
	onVPC.refused("NoSuchObject", "CreateNatGateway", with(order, object{"vpcId": "vpc-unknown"}))
	paid := onVPC.settled("CreateNatGateway", with(order, object{"name": "paid", "billing": prepaid})).at("natId")
	onVPC.done("ListNatGateway", object{"vpcId": net})
	onVPC.refused("NoSuchObject", "ListNatGateway", object{"vpcId": "vpc-unknown"})
	onVPC.refused("NoSuchNat", "GetNatGatewayDetail", "nat-unknown")
	try := func(method, id string, arguments object) {
		onVPC.settled(method, id, arguments)
		onVPC.refused("NoSuchNat", method, "nat-unknown", arguments)
	}
	try("UpdateNatGateway", nat, object{"name": "renamed"})
	first, second, spare := newAddress(), newAddress(), []string{newAddress()}
	try("BindEips", nat, object{"eips": spare})
	try("UnBindEips", nat, object{"eips": spare})
	try("BindDnatEips", nat, object{"dnatEips": spare})
	try("UnBindDnatEips", nat, object{"dnatEips": spare})
	onVPC.settled("BindEips", nat, object{"eips": []string{first}})
	onVPC.settled("BindDnatEips", nat, object{"dnatEips": []string{second}})
	expect(onVPC.done("GetNatGatewayDetail", nat).at("eips"), first)
	outwards(nat, first)
	inwards(nat, second)
	if onVPC.has("ResizeNatGateway") {
		enhanced := onVPC.settled("CreateNatGateway", object{"name": "wide", "vpcId": net, "cuNum": "1", "billing": postpaid}).at("natId")
		try("ResizeNatGateway", enhanced, object{"cuNum": 2})
		try("EnhanceNatBindEips", enhanced, object{"bindEips": spare})
		try("EnhanceNatUnBindEips", enhanced, object{"bindEips": spare})
		try("UpdateNatReleaseProtectionSwitch", enhanced, object{"deleteProtect": true})
	}
	try("RenewNatGateway", paid, object{"billing": prepaid})
	elsewhere, _ := newNetwork("10.1.0.0/16", false)
	alone := onVPC.settled("CreateNatGateway", with(order, object{"vpcId": elsewhere})).at("natId")
	onVPC.settled("DeleteNatGateway", alone, "")
	onVPC.refused("NoSuchNat", "DeleteNatGateway", alone, "")
}

func outwards(nat, address string) {
	out := object{"ruleName": "out", "sourceCIDR": "10.0.1.0/24", "publicIpsAddress": []string{address}}
	rule := onVPC.settled("CreateNatGatewaySnatRule", nat, out).at("ruleId")
	onVPC.refused("NoSuchNat", "CreateNatGatewaySnatRule", "nat-unknown", out)
	several := object{"natId": nat, "snatRules": []object{with(out, object{"sourceCIDR": "10.0.2.0/24"})}}
	onVPC.settled("BatchCreateNatGatewaySnatRule", several)
	onVPC.refused("NoSuchNat", "BatchCreateNatGatewaySnatRule", with(several, object{"natId": "nat-unknown"}))
	onVPC.settled("UpdateNatGatewaySnatRule", nat, rule, with(out, object{"ruleName": "renamed"}))
	onVPC.refused("NoSuchObject", "UpdateNatGatewaySnatRule", nat, "rule-unknown", out)
	onVPC.done("ListNatGatewaySnatRules", object{"natId": nat})
	onVPC.refused("NoSuchNat", "ListNatGatewaySnatRules", object{"natId": "nat-unknown"})
	onVPC.settled("DeleteNatGatewaySnatRule", nat, rule, "")
	onVPC.refused("NoSuchObject", "DeleteNatGatewaySnatRule", nat, rule, "")
}

func inwards(nat, address string) {
	in := object{
		"ruleName": "in", "publicIpAddress": address, "privateIpAddress": "10.0.1.9", "protocol": "TCP", "publicPort": "80",
		"privatePort": "8080",
	}
	ports := object{"rules": []object{with(in, object{"publicPort": "81"})}}
	onVPC.refused("NoSuchNat", "CreateNatGatewayDnatRule", "nat-unknown", in)
	onVPC.refused("NoSuchNat", "BatchCreateNatGatewayDnatRule", "nat-unknown", ports)
	onVPC.refused("NoSuchObject", "UpdateNatGatewayDnatRule", nat, "rule-unknown", in)
	onVPC.refused("NoSuchNat", "ListNatGatewayDnatRules", "nat-unknown", object{})
	onVPC.refused("NoSuchObject", "DeleteNatGatewayDnatRule", nat, "rule-unknown", "")
	if !onVPC.has("BindDnatEips") {
		return // old versions cannot give a gateway an address for these rules
	}
	rule := onVPC.settled("CreateNatGatewayDnatRule", nat, in).at("ruleId")
	onVPC.settled("BatchCreateNatGatewayDnatRule", nat, ports)
	onVPC.settled("UpdateNatGatewayDnatRule", nat, rule, with(in, object{"ruleName": "renamed"}))
	onVPC.done("ListNatGatewayDnatRules", nat, object{})
	onVPC.settled("DeleteNatGatewayDnatRule", nat, rule, "")
}

// peers are offered to another account, which answers them.
func peers() {
	net, _ := newNetwork("10.0.0.0/16", false)
	theirs := onVPC.of(must(vpc.NewClient(neighbour, secretKey, endpoint)))
	order := object{
		"bandwidthInMbps": 10, "localVpcId": net, "peerVpcId": theirs.done("ListVPC", object{"maxKeys": 10}).at("vpcs.vpcId"),
		"peerRegion": "bj", "peerAccountId": neighbour, "billing": postpaid, "tags": tags,
	}
	offered := onVPC.settled("CreatePeerConn", order).at("peerConnId")
	onVPC.refused("NoSuchObject", "CreatePeerConn", with(order, object{"localVpcId": "vpc-unknown"}))
	theirs.settled("AcceptPeerConnApply", offered, "")
	theirs.refused("NoSuchObject", "AcceptPeerConnApply", "peerconn-unknown", "")
	onVPC.done("ListPeerConn", object{"vpcId": net})
	onVPC.refused("BadRequest", "ListPeerConn", object{"vpcId": net, "maxKeys": -1})
	end := onVPC.done("GetPeerConnDetail", offered, "initiator").at("localIfId")
	onVPC.refused("NoSuchObject", "GetPeerConnDetail", "peerconn-unknown", "initiator")
	try := func(method, id string, arguments object) {
		onVPC.settled(method, id, arguments)
		onVPC.refused("NoSuchObject", method, "peerconn-unknown", arguments)
	}
	try("UpdatePeerConn", offered, object{"localIfId": end, "localIfName": "mine", "description": "another"})
	try("ResizePeerConn", offered, object{"newBandwidthInMbps": 20})
	try("OpenPeerConnSyncDNS", offered, object{"role": "initiator"})
	try("ClosePeerConnSyncDNS", offered, object{"role": "initiator"})
	try("UpdatePeerConnDeleteProtect", offered, object{"deleteProtect": true})
	onVPC.settled("UpdatePeerConnDeleteProtect", offered, object{"deleteProtect": false})
	beyond := object{"peerVpcId": "vpc-elsewhere0001", "peerRegion": "gz", "peerAccountId": "", "billing": prepaid}
	paid := onVPC.settled("CreatePeerConn", with(order, beyond)).at("peerConnId")
	try("RenewPeerConn", paid, object{"billing": prepaid})
	onVPC.settled("RefundPeerConn", paid, "")
	onVPC.refused("NoSuchObject", "RefundPeerConn", "peerconn-unknown", "")
	onVPC.settled("DeletePeerConn", offered, "")
	onVPC.refused("NoSuchObject", "DeletePeerConn", offered, "")
	again := onVPC.settled("CreatePeerConn", order).at("peerConnId")
	theirs.settled("RejectPeerConnApply", again, "")
	theirs.refused("NoSuchObject", "RejectPeerConnApply", "peerconn-unknown", "")
}

func filters() {
	net, part := newNetwork("10.0.0.0/16", false)
	rule := object{
		"subnetId": part, "protocol": "tcp", "sourceIpAddress": "10.0.0.0/24", "destinationIpAddress": "10.0.0.0/24", "sourcePort": "1-65535",
		"destinationPort": "443", "position": 12, "direction": "ingress", "action": "allow",
	}
	onVPC.done("CreateAclRule", object{"aclRules": []object{rule}})
	onVPC.refused("NoSuchObject", "CreateAclRule", object{"aclRules": []object{with(rule, object{"subnetId": "sbn-unknown"})}})
	onVPC.done("ListAclEntrys", net)
	onVPC.refused("NoSuchObject", "ListAclEntrys", "vpc-unknown")
	made := onVPC.done("ListAclRules", object{"subnetId": part}).at("aclRules.id")
	onVPC.refused("NoSuchObject", "ListAclRules", object{"subnetId": "sbn-unknown"})
	change := with(rule, object{"position": 13, "description": "another"})
	delete(change, "subnetId")
	delete(change, "direction")
	onVPC.done("UpdateAclRule", made, change)
	onVPC.refused("NoSuchObject", "UpdateAclRule", "ar-unknown", change)
	onVPC.done("DeleteAclRule", made, "")
	onVPC.refused("NoSuchObject", "DeleteAclRule", made, "")
	probes(net, part)
}

func probes(net, part string) {
	order := object{
		"name": "probe", "vpcId": net, "subnetId": part, "protocol": "TCP", "frequency": 20, "destIp": "10.0.0.9", "destPort": 80,
		"sourceIpNum": 1,
	}
	made := onVPC.settled("CreateProbe", order).at("probeId")
	onVPC.refused("NoSuchObject", "CreateProbe", with(order, object{"vpcId": "vpc-unknown"}))
	onVPC.done("ListProbes", object{"maxKeys": 10})
	onVPC.refused("BadRequest", "ListProbes", object{"marker": "probe-unknown", "maxKeys": 10})
	onVPC.done("GetProbeDetail", made)
	onVPC.refused("NoSuchObject", "GetProbeDetail", "probe-unknown")
	change := object{"name": "renamed", "frequency": 30, "destIp": "10.0.0.10", "destPort": 81}
	onVPC.done("UpdateProbe", made, change)
	onVPC.refused("NoSuchObject", "UpdateProbe", "probe-unknown", change)
	onVPC.done("DeleteProbe", made, "")
	onVPC.refused("NoSuchObject", "DeleteProbe", made, "")
}

func addressTemplates() {
	order := object{"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": []object{{"ipAddress": "10.0.0.1", "description": "first"}}}
	set := onVPC.done("CreateIpSet", order).at("ipSetId")
	onVPC.refused("BadRequest", "CreateIpSet", with(order, object{"ipVersion": "nothing"}))
	spare := onVPC.done("CreateIpSet", with(order, object{"name": "spare"})).at("ipSetId")
	group := onVPC.done("CreateIpGroup", object{"name": "everybody", "ipVersion": "IPv4", "ipSetIds": []string{set}}).at("ipGroupId")
	onVPC.refused("NoSuchObject", "CreateIpGroup", object{"name": "everybody", "ipVersion": "IPv4", "ipSetIds": []string{"ips-unknown"}})
	onVPC.done("ListIpSet", object{"ipVersion": "IPv4"})
	onVPC.refused("BadRequest", "ListIpSet", object{"ipVersion": "nothing"})
	onVPC.done("ListIpGroup", object{"ipVersion": "IPv4"})
	onVPC.refused("BadRequest", "ListIpGroup", object{"ipVersion": "nothing"})
	try := func(method, id string, arguments ...any) {
		onVPC.done(method, append([]any{id}, arguments...)...)
		onVPC.refused("NoSuchObject", method, append([]any{id[:4] + "unknown"}, arguments...)...)
	}
	try("GetIpSetDetail", set)
	try("GetIpGroupDetail", group)
	try("AddIpAddress2IpSet", set, object{"ipAddressInfo": []object{{"ipAddress": "10.0.0.2"}}})
	try("DeleteIpAddress", set, object{"ipAddressInfo": []string{"10.0.0.2"}})
	try("UpdateIpSet", set, object{"name": "renamed"})
	try("UpdateIpGroup", group, object{"name": "renamed"})
	try("AddIpSet2IpGroup", group, object{"ipSetIds": []string{spare}})
	try("UnbindIpSet", group, object{"ipSetIds": []string{spare}})
	try("DeleteIpGroup", group, object{})
	try("DeleteIpSet", set, object{})
}

func sixGateways() {
	net, part := newNetwork("10.6.0.0/16", true)
	order := object{"name": "six", "vpcId": net, "bandwidthInMbps": 5, "billing": byTraffic}
	made := onVPC.settled("CreateIPv6Gateway", order).at("gatewayId")
	onVPC.refused("NoSuchObject", "CreateIPv6Gateway", with(order, object{"vpcId": "vpc-unknown"}))
	onVPC.refused("NoSuchObject", "ListIPv6Gateway", object{"vpcId": "vpc-unknown"})
	try := func(method string, arguments ...any) {
		onVPC.settled(method, append([]any{made}, arguments...)...)
		onVPC.refused("NoSuchObject", method, append([]any{"ipv6gw-unknown"}, arguments...)...)
	}
	try("ResizeIPv6Gateway", object{"bandwidthInMbps": 9})
	try("UpdateIPv6GatewayDeleteProtect", object{"deleteProtect": true})
	onVPC.done("UpdateIPv6GatewayDeleteProtect", made, object{"deleteProtect": false})
	net6 := onVPC.done("GetSubnetDetail", part).at("subnet.ipv6Cidr")
	try("CreateIPv6GatewayEgressOnlyRule", object{"cidr": net6})
	try("ListIPv6GatewayEgressOnlyRule", object{})
	onVPC.done("ListIPv6Gateway", object{"vpcId": net})
	rule := onVPC.done("ListIPv6GatewayEgressOnlyRule", made, object{}).at("egressOnlyRules.egressOnlyRuleId")
	try("DeleteIPv6GatewayEgressOnlyRule", rule, object{})
	id := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"subnetId": part})).at("instanceIds")
	settle()
	onBCC.done("AddIpv6", object{"instanceId": id, "reboot": true})
	settle()
	address := onBCC.done("GetInstanceDetail", id).at("instance.ipv6")
	limits := object{"ingressBandwidthInMbps": 3, "egressBandwidthInMbps": 3}
	try("CreateIPv6GatewayRateLimitRule", with(limits, object{"ipv6Address": address}))
	try("ListIPv6GatewayRateLimitRule", object{})
	limit := onVPC.done("ListIPv6GatewayRateLimitRule", made, object{}).at("rateLimitRules.rateLimitRuleId")
	try("UpdateIPv6GatewayRateLimitRule", limit, limits)
	try("DeleteIPv6GatewayRateLimitRule", limit, object{})
	try("DeleteIPv6Gateway", object{})
}
