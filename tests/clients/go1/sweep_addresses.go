package main

import "github.com/baidubce/bce-sdk-go/services/eip"

const nobodysAddress = "203.0.113.250"

var (
	byTraffic   = object{"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
	byBandwidth = object{"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
	ahead       = with(prepaid, object{"billingMethod": "ByBandwidth"})
)

func newAddress() string {
	return onEIP.settled("CreateEip", object{"bandwidthInMbps": 5, "billing": byTraffic}).at("eip")
}

func addresses() {
	id, address := running(), newAddress()
	order := object{"bandwidthInMbps": 5, "billing": byTraffic, "count": 2}
	onEIP.refused("BadRequest", "CreateEip", object{"bandwidthInMbps": -1, "billing": byTraffic})
	onEIP.settled("BatchCreateEip", order)
	onEIP.refused("BadRequest", "BatchCreateEip", with(order, object{"count": -1}))
	onEIP.refused("BadRequest", "ListEip", object{"marker": "ip-unknown"})
	bound := object{"instanceType": "BCC", "instanceId": id}
	onEIP.settled("BindEip", address, bound)
	onEIP.refused("EipNotFound", "BindEip", nobodysAddress, bound)
	seen := onEIP.done("ListEip", object{"eip": address, "maxKeys": 10})
	expect([]string{seen.at("eipList.instanceId"), seen.at("eipList.status")}, []string{id, "binded"})
	onEIP.settled("ResizeEip", address, object{"newBandwidthInMbps": 9})
	onEIP.refused("EipNotFound", "ResizeEip", nobodysAddress, object{"newBandwidthInMbps": 9})
	for _, method := range []string{"DirectEip", "UnDirectEip", "UnBindEip"} {
		onEIP.settled(method, address, "")
		onEIP.refused("EipNotFound", method, nobodysAddress, "")
	}
	onEIP.done("ListDdos", object{"ips": address, "type": "ipv4"})
	onEIP.refused("BadRequest", "ListDdos", object{"ips": address, "type": "nothing"})
	onEIP.done("ListDdosAttackRecord", object{"ip": address})
	onEIP.refused("EipNotFound", "ListDdosAttackRecord", object{"ip": nobodysAddress})
	threshold := object{"ip": address, "thresholdType": "manual", "ipCleanMbps": 500, "ipCleanPps": 100000}
	onEIP.done("ModifyDdosThreshold", threshold)
	onEIP.refused("EipNotFound", "ModifyDdosThreshold", with(threshold, object{"ip": nobodysAddress}))
	onEIP.done("UpdateEipDeleteProtect", address, object{"deleteProtect": true})
	onEIP.refused("EipNotFound", "UpdateEipDeleteProtect", nobodysAddress, object{"deleteProtect": true})
	onEIP.done("UpdateEipDeleteProtect", address, object{"deleteProtect": false})
	recycle(address)
	onEIP.done("ListEipCluster", object{})
	onEIP.refused("BadRequest", "ListEipCluster", object{"marker": "ec-unknown"})
	onEIP.refused("NoSuchObject", "GetEipCluster", "ec-unknown")
}

func recycle(address string) {
	onEIP.settled("OptionalDeleteEip", address, "", true)
	onEIP.refused("EipNotFound", "OptionalDeleteEip", nobodysAddress, "", true)
	onEIP.done("ListRecycleEip", object{})
	onEIP.refused("BadRequest", "ListRecycleEip", object{"marker": "ip-unknown"})
	onEIP.settled("RestoreRecycleEip", address, "")
	onEIP.refused("EipNotFound", "RestoreRecycleEip", nobodysAddress, "")
	onEIP.settled("OptionalDeleteEip", address, "", true)
	onEIP.settled("DeleteRecycleEip", address, "")
	onEIP.refused("EipNotFound", "DeleteRecycleEip", nobodysAddress, "")
	onEIP.done("DeleteEip", newAddress(), "")
	onEIP.refused("EipNotFound", "DeleteEip", nobodysAddress, "")
}

func paidAddresses() {
	address := newAddress()
	onEIP.settled("EipPostpayToPrepay", address, object{"bandWidth": 5, "purchaseLength": 1})
	onEIP.refused("EipNotFound", "EipPostpayToPrepay", nobodysAddress, object{"bandWidth": 5, "purchaseLength": 1})
	paid := onEIP.settled("CreateEip", object{"bandwidthInMbps": 5, "billing": ahead}).at("eip")
	if onEIP.tried["PurchaseReservedEip"] = true; allMethods { // what old versions send names no action
		onEIP.settled("PurchaseReservedEip", paid, object{"billing": ahead})
		onEIP.refused("EipNotFound", "PurchaseReservedEip", nobodysAddress, object{"billing": ahead})
	}
	onEIP.done("StartAutoRenew", paid, object{"autoRenewTimeUnit": "month", "autoRenewTime": 1})
	onEIP.refused("EipNotFound", "StartAutoRenew", nobodysAddress, object{"autoRenewTimeUnit": "month", "autoRenewTime": 1})
	onEIP.done("StopAutoRenew", paid, "")
	onEIP.refused("EipNotFound", "StopAutoRenew", nobodysAddress, "")
	onEIP.settled("RefundEip", paid, "")
	onEIP.refused("EipNotFound", "RefundEip", nobodysAddress, "")
}

const neighbour = "test-go-neighbour"

// transfers are offered to another account, which answers them.
func transfers() {
	theirs := onEIP.of(must(eip.NewClient(neighbour, secretKey, endpoint)))
	newAddress()
	mine := onEIP.done("ListEip", object{}).at("eipList.eipId")
	order := object{"transferType": "eip", "transferResourceList": []string{mine}, "toUserId": neighbour}
	offer := func() object {
		return object{"transferIdList": []string{onEIP.done("CreateEipTransfer", order).at("transfers.transferId")}}
	}
	unknownOffer := object{"transferIdList": []string{"transfer-unknown"}}
	onEIP.refused("EipNotFound", "CreateEipTransfer", with(order, object{"transferResourceList": []string{"ip-unknown"}}))
	theirs.done("RejectEipTransfer", offer())
	theirs.refused("NoSuchObject", "RejectEipTransfer", unknownOffer)
	onEIP.done("CancelEipTransfer", offer())
	onEIP.refused("NoSuchObject", "CancelEipTransfer", unknownOffer)
	last := offer()
	onEIP.done("ListEipTransfer", object{"direction": "sent"})
	onEIP.refused("BadRequest", "ListEipTransfer", object{"direction": "nothing"})
	theirs.done("AcceptEipTransfer", last)
	theirs.refused("NoSuchObject", "AcceptEipTransfer", unknownOffer)
}

func sharedBandwidth() {
	order := object{"name": "shared", "eipCount": 2, "bandwidthInMbps": 50, "billing": byBandwidth}
	made := onEIP.settled("CreateEipGroup", order).at("id")
	onEIP.refused("BadRequest", "CreateEipGroup", with(order, object{"bandwidthInMbps": -1}))
	onEIP.done("ListEipGroup", object{"maxKeys": 10})
	onEIP.refused("BadRequest", "ListEipGroup", object{"status": "nothing"})
	first := onEIP.done("EipGroupDetail", made).at("eips.eip")
	onEIP.refused("NoSuchObject", "EipGroupDetail", "eg-unknown")
	address := newAddress()
	for _, each := range []step{
		{"ResizeEipGroupBandWidth", object{"bandwidthInMbps": 60}}, {"EipGroupAddEipCount", object{"eipAddCount": 1}},
		{"RenameEipGroup", object{"name": "renamed"}}, {"ReleaseEipGroupIps", object{"releaseIps": []string{first}}},
		{"EipGroupMoveIn", object{"eips": []string{address}}},
	} {
		onEIP.settled(each.method, made, each.arguments)
		onEIP.refused("NoSuchObject", each.method, "eg-unknown", each.arguments)
	}
	if onEIP.has("EipGroupDetail") {
		expect(onEIP.done("EipGroupDetail", made).at("name"), "renamed")
	}
	out := object{"moveOutEips": []object{{"eip": address, "bandwidthInMbps": 5, "billing": byTraffic}}}
	onEIP.settled("EipGroupMoveOut", made, out)
	onEIP.refused("NoSuchObject", "EipGroupMoveOut", "eg-unknown", out)
	paid := onEIP.settled("CreateEipGroup", with(order, object{"name": "paid", "billing": ahead})).at("id")
	onEIP.settled("EipGroupPurchaseReserved", paid, object{"billing": ahead})
	onEIP.refused("NoSuchObject", "EipGroupPurchaseReserved", "eg-unknown", object{"billing": ahead})
	onEIP.settled("RefundEipGroup", paid, "")
	onEIP.refused("NoSuchObject", "RefundEipGroup", "eg-unknown", "")
	onEIP.settled("DeleteEipGroup", made, "")
	onEIP.refused("NoSuchObject", "DeleteEipGroup", made, "")
}

func packages() {
	order := object{"name": "more", "eip": newAddress(), "bandwidthInMbps": 10}
	made := onEIP.settled("CreateEipBp", order).at("id")
	onEIP.refused("EipNotFound", "CreateEipBp", with(order, object{"eip": nobodysAddress}))
	onEIP.done("GetEipBp", made, "")
	onEIP.refused("NoSuchObject", "GetEipBp", "bw-unknown", "")
	onEIP.done("ListEipBp", object{"bindType": "eip", "maxKeys": 10})
	onEIP.refused("BadRequest", "ListEipBp", object{"bindType": "nothing", "maxKeys": 10})
	for _, each := range []step{
		{"ResizeEipBp", object{"bandwidthInMbps": 20}}, {"UpdateEipBpName", object{"name": "renamed"}},
		{"UpdateEipBpAutoReleaseTime", object{"autoReleaseTime": "2099-01-01T00:00:00Z"}},
	} {
		onEIP.settled(each.method, made, each.arguments)
		onEIP.refused("NoSuchObject", each.method, "bw-unknown", each.arguments)
	}
	onEIP.done("GetEipBpPrice", object{"bandwidthInMbps": 10, "count": 1, "type": "BandwidthPackage"})
	onEIP.refused("BadRequest", "GetEipBpPrice", object{"bandwidthInMbps": -1, "count": 1, "type": "BandwidthPackage"})
	onEIP.settled("DeleteEipBp", made, "")
	onEIP.refused("NoSuchObject", "DeleteEipBp", made, "")
	traffic := object{"reservationLength": 1, "capacity": "10G"}
	onEIP.done("GetEipTpPrice", traffic)
	onEIP.refused("BadRequest", "GetEipTpPrice", with(traffic, object{"capacity": "11G"}))
	bought := onEIP.settled("CreateEipTp", traffic).at("id")
	onEIP.refused("BadRequest", "CreateEipTp", with(traffic, object{"capacity": "11G"}))
	onEIP.done("ListEipTp", object{"maxKeys": 10})
	onEIP.refused("BadRequest", "ListEipTp", object{"status": "nothing"})
	onEIP.done("GetEipTp", bought)
	onEIP.refused("NoSuchObject", "GetEipTp", "tp-unknown")
}
