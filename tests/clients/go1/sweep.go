package main

import (
	"fmt"
	"strings"

	"github.com/baidubce/bce-sdk-go/services/appblb"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/blb"
	"github.com/baidubce/bce-sdk-go/services/eip"
	cardservice "github.com/baidubce/bce-sdk-go/services/endpoint"
	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/etGateway"
	"github.com/baidubce/bce-sdk-go/services/localDns"
	"github.com/baidubce/bce-sdk-go/services/vpn"
)

var (
	postpaid     = object{"paymentTiming": "Postpaid"}
	prepaid      = object{"paymentTiming": "Prepaid", "reservation": object{"reservationLength": 1, "reservationTimeUnit": "Month"}}
	tags         = []object{{"tagKey": "team", "tagValue": "red"}}
	bySpec       = object{"spec": spec, "imageId": linux, "billing": postpaid, "zoneName": zone}
	unknownImage = "m-UNKNOWN0"
	unknownDisk  = "v-UNKNOWN0"

	onBCC, onVPC, onEIP, onENI, onHaVip, onESG *sweeper
	onEndpoint, onVPN, onET, onBLB, onApp      *sweeper
	onDNS, onGroups, onHPAS                    *sweeper

	// plumbing is what every client of the SDK has, beside its calls.
	plumbing = map[string]bool{
		"GetBceClientConfig": true, "SendRequest": true, "SendRequestFromBytes": true, "BuildHttpRequest": true,
		"SendRequestWithContext": true, "AddHttpInterceptor": true, "SendRequestV2": true,
	}
)

func sweep() {
	onBCC, onVPC = sweeperOf(client), sweeperOf(network)
	onEIP = sweeperOf(must(eip.NewClient(accessKey, secretKey, endpoint)))
	onENI = sweeperOf(must(eni.NewClient(accessKey, secretKey, endpoint)))
	onEndpoint = sweeperOf(must(cardservice.NewClient(accessKey, secretKey, endpoint)))
	onVPN = sweeperOf(must(vpn.NewClient(accessKey, secretKey, endpoint)))
	onET = sweeperOf(must(etGateway.NewClient(accessKey, secretKey, endpoint)))
	onBLB = sweeperOf(must(blb.NewClient(accessKey, secretKey, endpoint)))
	onApp = sweeperOf(must(appblb.NewClient(accessKey, secretKey, endpoint)))
	onBBC = sweeperOf(bareMetal())
	onDNS = sweeperOf(must(localDns.NewClient(accessKey, secretKey, endpoint)))
	floats, guards, teams, applications := newerServices()
	onHaVip, onESG, onGroups, onHPAS = sweeperOf(floats), sweeperOf(guards), sweeperOf(teams), sweeperOf(applications)
	for _, part := range []func(){
		offers, stock, creation, power, attributes, groups, keys, pictures, spreads, networks, disks, snapshots, policies,
		batches, billing, release, clusters, reservedInstances, reservedInstanceOffers, events, rules, diagnostics,
		addresses, paidAddresses, transfers, sharedBandwidth, packages, enterpriseGroups, cards,
		floating, natGateways, peers, filters, addressTemplates, sixGateways, serviceCards, privateNetworks, dedicatedLines,
		ordinaryBalancers, applicationBalancers, privateNames, resourceGroups,
		bbcFlavors, bbcServers, bbcNetworks, bbcImages, bbcDeploySets, bbcRepairs, hpasInstances, hpasReservedInstances,
	} {
		beginAnew()
		if reason := attempt(part); reason != nil {
			wrong = append(wrong, fmt.Sprint(reason))
		}
	}
	for _, each := range []*sweeper{
		onBCC, onVPC, onEIP, onENI, onHaVip, onESG, onEndpoint, onVPN, onET, onBLB, onApp, onBBC, onDNS, onGroups,
	} {
		if left := each.untried(); len(left) > 0 {
			wrong = append(wrong, fmt.Sprint("not called: ", left))
		}
	}
	if len(wrong) > 0 {
		panic(strings.Join(wrong, "; "))
	}
}

func with(members object, more object) object {
	made := object{}
	for name, value := range members {
		made[name] = value
	}
	for name, value := range more {
		made[name] = value
	}
	return made
}

func offers() {
	onBCC.done("ListZone")
	onBCC.done("ListSpec")
	onBCC.done("DescribeRegions", object{"region": "bj"})
	onBCC.refused("OperationDenied", "DescribeRegions", object{"region": "nowhere"})
	onBCC.done("ListFlavorSpec", object{"zoneName": zone})
	onBCC.refused("BadRequest", "ListFlavorSpec", object{"zoneName": "zone-nowhere"})
	onBCC.done("ListTypeZones", object{"spec": spec})
	onBCC.done("ListInstanceTypes", object{"zoneName": zone})
	onBCC.refused("BadRequest", "ListInstanceTypes", object{"zoneName": "zone-nowhere"})
	price := object{"spec": spec, "paymentTiming": "Postpaid", "zoneName": zone, "purchaseCount": 1}
	onBCC.done("GetPriceBySpec", price)
	onBCC.refused("BadRequest", "GetPriceBySpec", with(price, object{"spec": "bcc.nothing"}))
	onBCC.done("ListBidFlavor")
	bid := object{"instanceType": "N3", "cpuCount": 1, "memoryCapacityInGB": 4, "zoneName": zone, "purchaseCount": 1}
	onBCC.done("GetBidInstancePrice", bid)
	onBCC.refused("BadRequest", "GetBidInstancePrice", with(bid, object{"instanceType": "nothing"}))
}

func stock() {
	onBCC.done("GetAllStocks")
	onBCC.done("GetStockWithSpec", object{"spec": spec})
	onBCC.refused("BadRequest", "GetStockWithSpec", object{"spec": ""})
	onBCC.done("GetAvailableStockWithSpec", object{"specList": []string{spec}})
	onBCC.refused("NoSuchObject", "GetAvailableStockWithSpec", object{"specList": []string{spec}, "deploySetIds": []string{"dset-unknown"}})
	onBCC.done("GetSortedInstFlavors")
	onBCC.done("GetInstOccupyStocksOfVm", object{"flavors": []object{{"spec": spec}}})
	onBCC.refused("BadRequest", "GetInstOccupyStocksOfVm", object{"flavors": []object{{"spec": "bcc.nothing"}}})
	onBCC.done("GetInstanceCreateStock", object{"zoneName": zone, "cpuCount": 2, "memoryCapacityInGB": 8})
	onBCC.refused("BadRequest", "GetInstanceCreateStock", object{"zoneName": zone, "cpuCount": -1, "memoryCapacityInGB": 8})
	onBCC.done("GetInstanceResizeStock", object{"instanceId": running(), "cpuCount": 4, "memoryCapacityInGB": 16})
	onBCC.refused("NoSuchObject", "GetInstanceResizeStock", object{"instanceId": unknown, "cpuCount": 4, "memoryCapacityInGB": 16})
	set := onBCC.done("CreateDeploySet", object{"name": "spread", "strategy": "HOST_HA"}).at("deploySetIds")
	onBCC.done("GetStockWithDeploySet", object{"spec": spec, "deploySetIds": []string{set}})
	onBCC.refused("NoSuchObject", "GetStockWithDeploySet", object{"spec": spec, "deploySetIds": []string{"dset-unknown"}})
}

func creation() {
	byCores := object{"cpuCount": 2, "memoryCapacityInGB": 8, "imageId": linux, "instanceType": "N5", "billing": postpaid}
	onBCC.done("CreateInstance", byCores)
	onBCC.refused("NoSuchObject", "CreateInstance", with(byCores, object{"imageId": unknownImage}))
	onBCC.done("CreateInstanceV2", byCores)
	onBCC.refused("NoSuchObject", "CreateInstanceV2", with(byCores, object{"imageId": unknownImage}))
	id := onBCC.done("CreateInstanceBySpec", bySpec).at("instanceIds")
	onBCC.refused("BadRequest", "CreateInstanceBySpec", with(bySpec, object{"spec": "bcc.nothing"}))
	onBCC.done("CreateInstanceBySpecV2", bySpec)
	onBCC.refused("BadRequest", "CreateInstanceBySpecV2", with(bySpec, object{"spec": "bcc.nothing"}))
	bid := with(byCores, object{
		"billing": object{"paymentTiming": "bidding"}, "bidModel": "market", "instanceType": "N3", "cpuCount": 1, "memoryCapacityInGB": 4,
	})
	onBCC.done("CreateBidInstance", bid)
	onBCC.refused("NoSuchObject", "CreateBidInstance", with(bid, object{"imageId": unknownImage}))
	onBCC.refused("BadRequest", "CancelBidOrder", object{"orderId": "order-unknown"})
	onBCC.done("CreateInstanceV3", object{"instanceSpec": spec, "imageId": linux, "zoneName": zone, "purchaseCount": 1, "billing": postpaid})
	onBCC.refused("NoSuchObject", "CreateInstanceV3", object{"instanceSpec": spec, "imageId": unknownImage, "zoneName": zone, "purchaseCount": 1, "billing": postpaid})
	onBCC.done("CreateInstanceByLabel", object{"labelConstraints": []object{{"labelKey": "feature", "operatorName": "equal", "labelValue": "x"}}, "spec": spec, "imageId": linux, "billing": postpaid})
	onBCC.refused("NoSuchObject", "CreateInstanceByLabel", object{"labelConstraints": []object{{"labelKey": "feature", "operatorName": "equal", "labelValue": "x"}}, "spec": spec, "imageId": unknownImage, "billing": postpaid})
	settle()
	onBCC.done("GetInstanceDetail", id)
	onBCC.refused("NoSuchObject", "GetInstanceDetail", unknown)
	onBCC.done("GetInstanceDetailWithDeploySet", id, true)
	onBCC.refused("NoSuchObject", "GetInstanceDetailWithDeploySet", unknown, true)
	onBCC.done("GetInstanceDetailWithDeploySetAndFailed", id, true, true)
	onBCC.refused("NoSuchObject", "GetInstanceDetailWithDeploySetAndFailed", unknown, true, true)
	onBCC.done("ListInstances", object{"zoneName": zone})
	onBCC.refused("BadRequest", "ListInstances", object{"marker": unknown})
	all := onBCC.done("ListServersByMarkerV3", object{})
	onBCC.refused("BadRequest", "ListServersByMarkerV3", object{"marker": unknown})
	tagged := onBCC.done("ListServersByMarkerV3", object{"maxKeys": 3, "tag": object{"tagKey": "nobody", "tagValue": ""}})
	if onBCC.has("ListServersByMarkerV3") {
		expect(all.at("instances.instanceId") != "absent", true)
		expect(tagged.at("instances.instanceId"), "absent")
	}
	onBCC.done("ListInstanceByInstanceIds", object{"instanceIds": []string{id}})
	onBCC.refused("BadRequest", "ListInstanceByInstanceIds", object{"instanceIds": []string{id}, "marker": unknown})
	onBCC.done("ListIdMappings", object{"idType": "short", "objectType": "bcc", "instanceIds": []string{id}})
	onBCC.refused("BadRequest", "ListIdMappings", object{"idType": "nothing", "objectType": "bcc", "instanceIds": []string{id}})
}

func power() {
	id := running()
	onBCC.done("RebootInstance", id, false)
	onBCC.refused("Instance.RebootInstanceOperationForbidden", "RebootInstance", id, false)
	settle()
	onBCC.done("GetInstanceVNC", id)
	onBCC.refused("NoSuchObject", "GetInstanceVNC", unknown)
	onBCC.done("GetInstanceNoChargeList", object{})
	onBCC.refused("BadRequest", "GetInstanceNoChargeList", object{"marker": unknown})
	onBCC.done("StopInstanceWithNoCharge", id, false, true)
	onBCC.refused("Instance.StopInstanceOperationForbidden", "StopInstanceWithNoCharge", id, false, true)
	settle()
	onBCC.done("StartInstance", id)
	onBCC.refused("Instance.StartInstanceOperationForbidden", "StartInstance", id)
	settle()
	rescue := object{"instanceId": id, "forceStop": true, "password": password}
	onBCC.done("EnterRescueMode", rescue)
	onBCC.refused("NoSuchObject", "EnterRescueMode", with(rescue, object{"instanceId": unknown}))
	settle()
	onBCC.done("ExitRescueMode", object{"instanceId": id})
	onBCC.refused("NoSuchObject", "ExitRescueMode", object{"instanceId": unknown})
	settle()
	onBCC.done("StopInstance", id, false)
	onBCC.refused("Instance.StopInstanceOperationForbidden", "StopInstance", id, false)
}

func attributes() {
	id := running()
	onBCC.done("ModifyInstanceAttribute", id, object{"name": "renamed"})
	onBCC.refused("Instance.NameInvalid", "ModifyInstanceAttribute", id, object{"name": "1 !"})
	onBCC.done("ModifyInstanceDesc", id, object{"desc": "what it is for"})
	onBCC.refused("NoSuchObject", "ModifyInstanceDesc", unknown, object{"desc": "what it is for"})
	onBCC.done("ModifyDeletionProtection", id, object{"deletionProtection": 1})
	onBCC.refused("NoSuchObject", "ModifyDeletionProtection", unknown, object{"deletionProtection": 1})
	onBCC.done("ModifyRelatedDeletePolicy", id, object{"isEipAutoRelatedDelete": true})
	onBCC.refused("NoSuchObject", "ModifyRelatedDeletePolicy", unknown, object{"isEipAutoRelatedDelete": true})
	change := object{"changeTags": tags}
	onBCC.done("BindInstanceToTags", id, change)
	onBCC.refused("NoSuchObject", "BindInstanceToTags", unknown, change)
	onBCC.done("UnBindInstanceToTags", id, change)
	onBCC.refused("NoSuchObject", "UnBindInstanceToTags", unknown, change)
	byType := object{"resourceType": "bcc", "resourceIds": []string{id}, "tags": tags}
	onBCC.done("BindInstanceToTagsByResourceType", byType)
	onBCC.refused("BadRequest", "BindInstanceToTagsByResourceType", with(byType, object{"resourceType": "nothing"}))
	onBCC.done("UnbindInstanceToTagsByResourceType", byType)
	onBCC.refused("BadRequest", "UnbindInstanceToTagsByResourceType", with(byType, object{"resourceType": "nothing"}))
	role := object{"roleName": "reader", "instances": []object{{"instanceId": id}}}
	onBCC.done("BindInstanceRole", role)
	onBCC.done("ListInstanceRoles")
	onBCC.refused("BadRequest", "BindInstanceRole", with(role, object{"instances": []object{}}))
	onBCC.done("UnBindInstanceRole", role)
	onBCC.refused("BadRequest", "UnBindInstanceRole", with(role, object{"instances": []object{}}))
	onBCC.done("ChangeInstancePass", id, object{"adminPass": anotherPassword})
	onBCC.refused("NoSuchObject", "ChangeInstancePass", unknown, object{"adminPass": anotherPassword})
	settle()
	onBCC.done("ModifyInstanceHostname", id, object{"hostname": "another-host", "reboot": true})
	onBCC.refused("BadRequest", "ModifyInstanceHostname", id, object{"hostname": "-"})
	settle()
	anew := object{"imageId": anotherLinux, "adminPass": password}
	for _, method := range []string{"RebuildInstance", "RebuildInstanceV2"} {
		onBCC.done(method, id, anew)
		onBCC.refused("NoSuchObject", method, unknown, anew)
		settle()
	}
	onBCC.done("StopInstance", id, false)
	settle()
	larger := object{"cpuCount": 4, "memoryCapacityInGB": 16}
	onBCC.done("ResizeInstance", id, larger)
	onBCC.refused("NoSuchObject", "ResizeInstance", unknown, larger)
	settle()
	onBCC.done("ResizeInstanceBySpec", id, object{"spec": "bcc.g4.c8m32"})
	onBCC.refused("NoSuchObject", "ResizeInstanceBySpec", unknown, object{"spec": largerSpec})
	onBCC.done("ListAvailableResizeSpecs", object{"instanceIdList": []string{id}})
	onBCC.refused("BadRequest", "ListAvailableResizeSpecs", object{"instanceIdList": []string{id}, "spec": spec})
}

func groups() {
	id := running()
	open := object{"remark": "open", "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": "80", "sourceIp": "all"}
	more := with(open, object{"portRange": "443"})
	group := onBCC.done("CreateSecurityGroup", object{"name": "web", "rules": []object{open}}).at("securityGroupId")
	other := onBCC.done("CreateSecurityGroup", object{"name": "other", "rules": []object{open}}).at("securityGroupId")
	onBCC.refused("SecurityGroup.RulePortRangeInvalid", "CreateSecurityGroup", object{"name": "bad", "rules": []object{with(open, object{"portRange": "70000"})}})
	listed := onBCC.done("ListSecurityGroup", object{"securityGroupIds": group})
	onBCC.refused("BadRequest", "ListSecurityGroup", object{"marker": "g-unknown"})
	onBCC.done("GetSecurityGroupDetail", group)
	onBCC.refused("NoSuchObject", "GetSecurityGroupDetail", "g-unknown")
	onBCC.done("AuthorizeSecurityGroupRule", group, object{"rule": more})
	onBCC.refused("SecurityGroup.RuleDuplicated", "AuthorizeSecurityGroupRule", group, object{"rule": more})
	onBCC.done("RevokeSecurityGroupRule", group, object{"rule": more})
	onBCC.refused("SecurityGroup.RuleNotExist", "RevokeSecurityGroupRule", group, object{"rule": more})
	line := listed.at("securityGroups.rules.securityGroupRuleId")
	onBCC.done("UpdateSecurityGroupRule", object{"securityGroupRuleId": line, "remark": "another"})
	onBCC.refused("NoSuchObject", "UpdateSecurityGroupRule", object{"securityGroupRuleId": "r-unknown", "remark": "another"})
	onBCC.done("DeleteSecurityGroupRule", object{"securityGroupRuleId": line})
	onBCC.refused("NoSuchObject", "DeleteSecurityGroupRule", object{"securityGroupRuleId": "r-unknown"})
	onBCC.done("BindSecurityGroup", id, group)
	onBCC.refused("NoSuchObject", "BindSecurityGroup", id, "g-unknown")
	onBCC.done("UnBindSecurityGroup", id, group)
	onBCC.refused("NoSuchObject", "UnBindSecurityGroup", id, group)
	several := object{"instanceIds": []string{id}, "securityGroupIds": []string{group}, "securityGroupType": "normal"}
	nobody := with(several, object{"securityGroupIds": []string{"g-unknown"}})
	onBCC.done("InstanceBindSecurityGroup", several)
	onBCC.refused("NoSuchObject", "InstanceBindSecurityGroup", nobody)
	onBCC.done("InstanceReplaceSecurityGroup", with(several, object{"securityGroupIds": []string{group, other}}))
	onBCC.refused("NoSuchObject", "InstanceReplaceSecurityGroup", nobody)
	onBCC.done("InstanceUnbindSecurityGroup", several)
	onBCC.refused("NoSuchObject", "InstanceUnbindSecurityGroup", nobody)
	onBCC.done("DeleteSecurityGroup", group)
	onBCC.refused("NoSuchObject", "DeleteSecurityGroup", group)
}

const publicKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp/TR+fQi62F79RHWmwKOtFmwteURgLbj7D/" +
	"WGuNLGOfa/2vse3G2eHnHl5CB8ruRX9fBl/KgwCVr2JaEuUm66bBQeP5XeBotdR4cvX38uPYivCDdPjJ1QWPdspTBKcxeFbccDw== a@b"

func keys() {
	id := stopped()
	mine := onBCC.done("CreateKeypair", object{"name": "mine", "description": "what it opens"}).at("keypair.keypairId")
	onBCC.refused("Keypair.KeypairNameInvalid", "CreateKeypair", object{"name": "1 !"})
	onBCC.done("ImportKeypair", object{"name": "theirs", "publicKey": publicKey})
	onBCC.refused("Keypair.PublicKeyFormatInvalid", "ImportKeypair", object{"name": "broken", "publicKey": "no key"})
	onBCC.done("ListKeypairs", object{})
	onBCC.refused("BadRequest", "ListKeypairs", object{"marker": "k-unknown"})
	onBCC.done("GetKeypairDetail", mine)
	onBCC.refused("Keypair.KeypairNotExist", "GetKeypairDetail", "k-unknown")
	pair, nobody := object{"keypairId": mine, "instanceIds": []string{id}}, object{"keypairId": "k-unknown", "instanceIds": []string{id}}
	onBCC.done("AttachKeypair", pair)
	onBCC.refused("Keypair.KeypairNotExist", "AttachKeypair", nobody)
	onBCC.done("DetachKeypair", pair)
	onBCC.refused("Keypair.KeypairNotExist", "DetachKeypair", nobody)
	onBCC.done("RenameKeypair", object{"keypairId": mine, "name": "renamed"})
	onBCC.refused("Keypair.KeypairNotExist", "RenameKeypair", object{"keypairId": "k-unknown", "name": "renamed"})
	onBCC.done("UpdateKeypairDescription", object{"keypairId": mine, "description": "another"})
	onBCC.refused("Keypair.KeypairNotExist", "UpdateKeypairDescription", object{"keypairId": "k-unknown", "description": "another"})
	onBCC.done("DeleteKeypair", object{"keypairId": mine})
	onBCC.refused("Keypair.KeypairNotExist", "DeleteKeypair", object{"keypairId": mine})
}

func pictures() {
	id := running()
	image := onBCC.done("CreateImage", object{"imageName": "mine", "instanceId": id}).at("imageId")
	onBCC.refused("NoSuchObject", "CreateImage", object{"imageName": "mine", "instanceId": unknown})
	settle()
	onBCC.done("ListImage", object{"imageType": "Custom"})
	onBCC.refused("BadRequest", "ListImage", object{"imageType": "nothing"})
	onBCC.done("GetImageDetail", image)
	onBCC.refused("NoSuchObject", "GetImageDetail", unknownImage)
	onBCC.done("RenameImage", object{"imageId": image, "name": "renamed"})
	onBCC.refused("NoSuchObject", "RenameImage", object{"imageId": unknownImage, "name": "renamed"})
	onBCC.done("ShareImage", image, object{"accountId": "test"})
	onBCC.refused("NoSuchObject", "ShareImage", unknownImage, object{"accountId": "test"})
	onBCC.done("GetImageSharedUser", image)
	onBCC.refused("NoSuchObject", "GetImageSharedUser", unknownImage)
	onBCC.done("UnShareImage", image, object{"accountId": "test"})
	onBCC.refused("NoSuchObject", "UnShareImage", unknownImage, object{"accountId": "test"})
	onBCC.done("GetImageOS", object{"instanceIds": []string{id}})
	onBCC.refused("NoSuchObject", "GetImageOS", object{"instanceIds": []string{unknown}})
	change := object{"changeTags": tags}
	onBCC.done("BindImageToTags", image, change)
	onBCC.refused("NoSuchObject", "BindImageToTags", unknownImage, change)
	onBCC.done("UnBindImageToTags", image, change)
	onBCC.refused("NoSuchObject", "UnBindImageToTags", unknownImage, change)
	copied := object{"name": "copied", "destRegion": []string{"gz"}}
	onBCC.done("RemoteCopyImage", image, copied)
	onBCC.refused("NoSuchObject", "RemoteCopyImage", unknownImage, copied)
	copy := onBCC.done("RemoteCopyImageReturnImageIds", image, copied).at("result.imageId")
	onBCC.refused("NoSuchObject", "RemoteCopyImageReturnImageIds", unknownImage, copied)
	there := must(bcc.NewClient(accessKey, secretKey, "http://bcc.gz.baidubce.com"))
	there.Config.ProxyUrl = endpoint
	onBCC.of(there).done("CancelRemoteCopyImage", copy)
	onBCC.refused("NoSuchObject", "CancelRemoteCopyImage", unknownImage)
	onBCC.done("GetAvailableImagesBySpec", object{"spec": spec})
	onBCC.refused("BadRequest", "GetAvailableImagesBySpec", object{"spec": "bcc.nothing"})
	imported := object{"osName": "Centos", "osArch": "x86_64", "osType": "linux", "osVersion": "6.5", "name": "imported", "bosURL": "http://bos.example/image.vhd"}
	onBCC.done("ImportCustomImage", imported)
	onBCC.refused("BadRequest", "ImportCustomImage", with(imported, object{"osType": "nothing"}))
	onBCC.done("DeleteImage", image)
	onBCC.refused("NoSuchObject", "DeleteImage", image)
}

func spreads() {
	set := onBCC.done("CreateDeploySet", object{"name": "spread", "strategy": "HOST_HA"}).at("deploySetIds")
	onBCC.refused("BadRequest", "CreateDeploySet", object{"name": "spread2", "strategy": "nothing"})
	id := running()
	onBCC.done("ListDeploySets")
	onBCC.done("ListDeploySetsWithId", object{"deploymentSetIds": set})
	onBCC.done("GetDeploySet", set)
	onBCC.refused("BadRequest", "GetDeploySet", "dset-unknown")
	onBCC.done("ModifyDeploySet", set, object{"name": "renamed"})
	onBCC.refused("NoSuchObject", "ModifyDeploySet", "dset-unknown", object{"name": "renamed"})
	onBCC.done("UpdateInstanceDeploySet", object{"instanceId": id, "deploysetIdList": []string{set}})
	onBCC.refused("NoSuchObject", "UpdateInstanceDeploySet", object{"instanceId": unknown, "deploysetIdList": []string{set}})
	task := onBCC.done("ListTask", object{"maxKeys": 10}).at("tasks.taskId")
	onBCC.refused("BadRequest", "ListTask", object{"maxKeys": -1})
	onBCC.done("GetTask", object{"taskIds": []string{task}, "maxKeys": 10})
	onBCC.refused("BadRequest", "GetTask", object{"taskIds": []string{task}, "maxKeys": -1})
	settle()
	onBCC.done("DelInstanceDeploySet", object{"instanceIdList": []string{id}, "deployId": set})
	onBCC.refused("NoSuchObject", "DelInstanceDeploySet", object{"instanceIdList": []string{unknown}, "deployId": set})
	settle()
	onBCC.done("DeleteDeploySet", set)
	onBCC.refused("NoSuchObject", "DeleteDeploySet", "dset-unknown")
}
