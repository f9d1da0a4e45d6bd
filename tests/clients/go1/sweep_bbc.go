package main

import (
	"net/http"

	"github.com/baidubce/bce-sdk-go/services/bbc"
)

const (
	bbcLinux, bbcWindows = "m-d6RzP1eT", "m-f8LhC5yQ"
	bbcFlavor            = "BBC-I1-01"
	bbcRaid              = "raid-c7Tq2WnB"
	unknownTask          = "task-unknown"
	unknownRule          = "rule-unknown"
)

var (
	onBBC    *sweeper
	ofFlavor = object{"flavorId": bbcFlavor, "imageId": bbcLinux, "raidId": bbcRaid, "zoneName": zone, "purchaseCount": 1, "billing": postpaid, "tags": tags}
)

// bareMetal is the client of a product that shares paths with BCC: it calls its own host, through a proxy.
func bareMetal() *bbc.Client {
	made := must(bbc.NewClient(accessKey, secretKey, "http://bbc.bj.baidubce.com"))
	made.Config.ProxyUrl = endpoint
	return made
}

func newServer(members object) string {
	return onBBC.settled("CreateInstance", with(ofFlavor, members)).at("instanceIds")
}

// tryBBC calls what is about one thing: of one that is unknown, then of one that is there, to the end of what begins.
func tryBBC(code, method, known, unknown string, arguments ...any) answer {
	onBBC.refused(code, method, append([]any{unknown}, arguments...)...)
	return onBBC.settled(method, append([]any{known}, arguments...)...)
}

// tryMember is the same for what is named by a member of the arguments.
func tryMember(code, method, member string, known, unknown any, arguments object) answer {
	onBBC.refused(code, method, with(arguments, object{member: unknown}))
	return onBBC.settled(method, with(arguments, object{member: known}))
}

func bbcFlavors() {
	onBBC.done("ListFlavors")
	onBBC.done("DescribeRegions", object{"region": "bj"})
	onBBC.refused("OperationDenied", "DescribeRegions", object{"region": "nowhere"})
	for _, method := range []string{"GetFlavorDetail", "GetFlavorRaid"} {
		tryBBC("NoSuchObject", method, bbcFlavor, "BBC-unknown")
	}
	tryMember("BadRequest", "ListFlavorZones", "flavorId", bbcFlavor, "BBC-unknown", object{})
	tryMember("BadRequest", "ListZoneFlavors", "zoneName", zone, "nowhere", object{})
	tryMember("BadRequest", "GetInstanceCreateStock", "flavorId", bbcFlavor, "BBC-unknown", object{})
	tryMember("BadRequest", "GetInstancePirce", "flavorId", bbcFlavor, "BBC-unknown", object{"purchaseCount": 1, "billing": postpaid})
}

func bbcServers() {
	for _, method := range []string{"CreateInstance", "CreateInstanceByLabel", "CreateInstanceByLabelV2"} {
		tryMember("NoSuchObject", method, "imageId", bbcLinux, unknownImage, ofFlavor)
	}
	id := newServer(object{"name": "made", "adminPass": password})
	onBBC.done("ListInstances", object{})
	onBBC.refused("BadRequest", "ListInstances", object{"marker": unknown})
	onBBC.done("ListInstanceByInstanceIds", object{"instanceIds": []string{id}})
	tryMember("NoSuchObject", "GetVpcSubnet", "bbcIds", []string{id}, []string{unknown}, object{})
	tryMember("NoSuchObject", "GetSimpleFlavor", "instanceIds", []string{id}, []string{unknown}, object{})
	try := func(method string, arguments ...any) { tryBBC("NoSuchObject", method, id, unknown, arguments...) }
	try("GetInstanceDetail")
	try("GetInstanceDetailWithDeploySet", true)
	try("GetInstanceDetailWithDeploySetAndFailed", true, false)
	try("GetInstanceVNC")
	try("GetInstanceEni")
	try("StopInstance", false)
	try("StartInstance")
	try("RebootInstance", true)
	try("ModifyInstanceName", object{"name": "renamed"})
	try("ModifyInstanceDesc", object{"desc": "another"})
	try("ModifyInstancePassword", object{"adminPass": anotherPassword})
	try("BindTags", object{"changeTags": tags})
	try("UnbindTags", object{"changeTags": tags})
	anew := object{"imageId": bbcWindows, "adminPass": password, "raidId": bbcRaid, "sysRootSize": 50}
	try("RebuildInstance", false, anew)
	for _, method := range []string{"BatchRebuildInstances", "BatchRebuildInstancesV2"} {
		tryMember("NoSuchObject", method, "instanceIds", []string{id}, []string{unknown}, anew)
	}
	bbcRelease(id)
}

func bbcRelease(id string) {
	paid := newServer(object{"billing": prepaid})
	tryBBC("NoSuchObject", "InstancePurchaseReserved", paid, unknown, object{"billing": prepaid})
	renewing := object{"renewTimeUnit": "month", "renewTime": 1}
	tryMember("NoSuchObject", "BatchCreateAutoRenewRules", "instanceId", paid, unknown, renewing)
	tryMember("NoSuchObject", "BatchDeleteAutoRenewRules", "instanceId", paid, unknown, object{})
	onBBC.refused("OperationDenied", "DeleteInstance", paid)
	onBBC.done("DeleteInstance", id)
	recycled := object{"bbcRecycleFlag": true}
	id = newServer(object{})
	onBBC.done("DeleteInstances", with(recycled, object{"instanceIds": []string{id}}))
	onBBC.refused("NoSuchObject", "DeleteInstances", with(recycled, object{"instanceIds": []string{unknown}}))
	onBBC.done("ListRecycledInstances", object{})
	onBBC.refused("BadRequest", "ListRecycledInstances", object{"recycleBegin": "today"})
	tryMember("NoSuchObject", "RecoveryInstances", "instanceIds", []string{id}, []string{unknown}, object{})
	tryMember("NoSuchObject", "DeleteInstanceIngorePayment", "instanceId", paid, unknown, object{})
	tryBBC("NoSuchObject", "DeleteRecycledInstance", paid, unknown)
	onBBC.done("GetOperationLog", object{})
	onBBC.refused("OperationLog.DateInvalid", "GetOperationLog", object{"startTime": "today"})
}

func bbcNetworks() {
	id := newServer(object{})
	seen := onBBC.done("GetVpcSubnet", object{"bbcIds": []string{id}})
	net := seen.at("networkInfo.vpc.vpcId")
	beside := onVPC.done("CreateSubnet", object{"name": "beside", "zoneName": zone, "cidr": "192.168.200.0/24", "vpcId": net}).at("subnetId")
	added := object{"privateIps": []string{"192.168.0.70"}}
	tryMember("NoSuchObject", "BatchAddIP", "instanceId", id, unknown, added)
	tryMember("NoSuchObject", "BatchDelIP", "instanceId", id, unknown, added)
	group := onBCC.done("CreateSecurityGroup", object{"name": "more", "vpcId": net, "rules": []object{}}).at("securityGroupId")
	tryMember("NoSuchObject", "BindSecurityGroups", "securityGroups", []string{group}, []string{"g-unknown"}, object{"instanceIds": []string{id}})
	tryMember("NoSuchObject", "UnBindSecurityGroups", "securityGroupId", group, "g-unknown", object{"instanceId": id})
	tryMember("NoSuchObject", "InstanceChangeSubnet", "instanceId", id, unknown, object{"subnetId": beside})
	_, part := newNetwork("10.0.0.0/16", false)
	tryMember("NoSuchObject", "InstanceChangeVpc", "instanceId", id, unknown, object{"subnetId": part})
	if onBBC.has("BatchAddIPCrossSubnet") {
		other := newServer(object{})
		across := object{"singleEniAndSubentIps": []object{{"subnetId": beside, "secondaryPrivateIpAddressCount": 1}}}
		tryMember("NoSuchObject", "BatchAddIPCrossSubnet", "instanceId", other, unknown, across)
	}
	onBCC.settled("CreateCDSVolume", object{"purchaseCount": 1, "cdsSizeInGB": 50, "storageType": "cloud_hp1", "zoneName": zone, "billing": postpaid})
	onBBC.done("ListCDSVolume", object{})
	onBBC.refused("BadRequest", "ListCDSVolume", object{"marker": unknownDisk})
}

func bbcImages() {
	id := newServer(object{})
	image := tryMember("Image.ImageNameInvalid", "CreateImageFromInstanceId", "imageName", "golden", "not so", object{"instanceId": id}).at("imageId")
	onBBC.done("ListImage", object{})
	onBBC.refused("BadRequest", "ListImage", object{"marker": unknownImage})
	tryBBC("NoSuchObject", "GetImageDetail", image, unknownImage)
	for _, method := range []string{"GetCommonImage", "GetCustomImage"} {
		tryMember("NoSuchObject", method, "flavorIds", []string{bbcFlavor}, []string{"BBC-unknown"}, object{})
	}
	tryBBC("NoSuchObject", "ShareImage", image, unknownImage, object{"account": "test-other"})
	tryBBC("NoSuchObject", "GetImageSharedUser", image, unknownImage)
	tryBBC("NoSuchObject", "UnShareImage", image, unknownImage, object{"account": "test-other"})
	tryBBC("NoSuchObject", "RemoteCopyImage", image, unknownImage, object{"destRegion": []string{"gz"}})
	if onBBC.has("RemoteCopyImageReturnImageIds") {
		copied := onBBC.done("RemoteCopyImageReturnImageIds", image, object{"name": "copy", "destRegion": []string{"su"}}).at("result.imageId")
		onBBC.refused("NoSuchObject", "RemoteCopyImageReturnImageIds", unknownImage, object{"destRegion": []string{"su"}})
		there := must(bbc.NewClient(accessKey, secretKey, "http://bbc.su.baidubce.com"))
		there.Config.ProxyUrl = endpoint
		onBBC.of(there).done("CancelRemoteCopyImage", copied)
		onBBC.refused("NoSuchObject", "CancelRemoteCopyImage", unknownImage)
	}
	tryBBC("NoSuchObject", "DeleteImage", image, unknownImage)
}

func bbcDeploySets() {
	wanted := object{"strategy": "tor_ha", "concurrency": 1, "name": "spread"}
	set := onBBC.done("CreateDeploySet", wanted).at("deploySetId")
	onBBC.refused("BadRequest", "CreateDeploySet", with(wanted, object{"concurrency": 6}))
	newServer(object{"deploySetId": set})
	onBBC.done("ListDeploySets")
	if onBBC.has("ListDeploySetsPage") {
		onBBC.done("ListDeploySetsPage", object{"strategy": "TOR_HA"})
		onBBC.refused("BadRequest", "ListDeploySetsPage", object{"marker": "dset-unknown"})
	}
	tryBBC("NoSuchObject", "GetDeploySet", set, "dset-unknown")
	stocked := object{"flavor": bbcFlavor}
	tryMember("NoSuchObject", "GetBbcStockWithDeploySet", "deploySetIds", []string{set}, []string{"dset-unknown"}, stocked)
	onBBC.refused("OperationDenied", "DeleteDeploySet", set)
	onBBC.done("DeleteDeploySet", onBBC.done("CreateDeploySet", wanted).at("deploySetId"))
	if onBCC.has("CreateReservedInstance") {
		order := object{"zoneName": zone, "spec": spec, "offeringType": "FullyPrepay", "instanceCount": 1, "reservedInstanceTime": 1}
		reserved := onBCC.done("CreateReservedInstance", order).at("reservedInstanceIds")
		for _, method := range []string{"BindReservedInstanceToTags", "UnbindReservedInstanceFromTags"} {
			tryMember("NoSuchObject", method, "reservedInstanceIds", []string{reserved}, []string{"r-unknown"}, object{"changeTags": tags})
		}
	}
}

func bbcRepairs() {
	if !onBBC.has("ListRepairTasks") {
		return
	}
	id := newServer(object{})
	report := func() string {
		return control(http.MethodPost, "servers/"+id+"/repair", object{"errResult": "DiskFailure"})["id"].(string)
	}
	task, later := report(), report()
	onBBC.done("ListRepairTasks", object{"errResult": "DiskFailure"})
	onBBC.refused("BadRequest", "ListRepairTasks", object{"marker": unknownTask})
	tryBBC("NoSuchObject", "GetRepairTaskDetail", task, unknownTask)
	try := func(method, id string, arguments object) {
		tryMember("NoSuchObject", method, "taskId", id, unknownTask, arguments)
	}
	try("UnAuthorizeRepairTask", later, object{})
	try("AuthorizeRepairTask", task, object{})
	try("DisConfirmRepairTask", task, object{"newErrResult": "MemoryFailure"})
	try("ConfirmRepairTask", task, object{})
	try("GetRepairTaskRecord", task, object{})
	onBBC.done("ListClosedRepairTasks", object{"instanceId": id})
	onBBC.refused("BadRequest", "ListClosedRepairTasks", object{"startTime": "today"})
	ahead := object{"ruleName": "ahead", "limit": 2, "enabled": 1, "extra": "of a test"}
	rule := tryMember("BadRequest", "CreateRule", "tagStr", "team:red", "", ahead).at("ruleId")
	onBBC.done("ListRule", object{"ruleName": "ahead"})
	onBBC.refused("BadRequest", "ListRule", object{"marker": unknownRule})
	tryBBC("NoSuchObject", "GetRuleDetail", rule, unknownRule)
	for _, method := range []string{"DisableRule", "EnableRule", "DeleteRule"} {
		tryMember("NoSuchObject", method, "ruleId", rule, unknownRule, object{})
	}
}
