package main

func networks() {
	net := onVPC.done("CreateVPC", object{"name": "net", "cidr": "10.0.0.0/16"}).at("vpcId")
	onVPC.refused("BadRequest", "CreateVPC", object{"name": "net", "cidr": "10.0.0.0/99"})
	onVPC.done("ListVPC", object{"maxKeys": 10, "isDefault": ""})
	onVPC.refused("BadRequest", "ListVPC", object{"marker": "vpc-unknown"})
	onVPC.done("GetVPCDetail", net)
	onVPC.refused("NoSuchObject", "GetVPCDetail", "vpc-unknown")
	onVPC.done("UpdateVPC", net, object{"name": "renamed"})
	onVPC.refused("NoSuchObject", "UpdateVPC", "vpc-unknown", object{"name": "renamed"})
	onVPC.done("OpenRelay", object{"vpcId": net})
	onVPC.refused("NoSuchObject", "OpenRelay", object{"vpcId": "vpc-unknown"})
	onVPC.done("ShutdownRelay", object{"vpcId": net})
	onVPC.refused("NoSuchObject", "ShutdownRelay", object{"vpcId": "vpc-unknown"})
	servers := object{"domainNameServers": "1.1.1.1"}
	onVPC.done("CreateVPCDhcp", net, servers)
	onVPC.refused("NoSuchObject", "CreateVPCDhcp", "vpc-unknown", servers)
	onVPC.done("UpdateVPCDhcp", net, servers)
	onVPC.refused("NoSuchObject", "UpdateVPCDhcp", "vpc-unknown", servers)
	onVPC.done("GetVPCDhcpInfo", net)
	onVPC.refused("NoSuchObject", "GetVPCDhcpInfo", "vpc-unknown")
	part := object{"name": "part", "zoneName": zone, "cidr": "10.0.1.0/24", "vpcId": net}
	first := onVPC.done("CreateSubnet", part).at("subnetId")
	second := onVPC.done("CreateSubnet", with(part, object{"name": "other", "cidr": "10.0.2.0/24"})).at("subnetId")
	onVPC.refused("CidrConflict", "CreateSubnet", part)
	onVPC.done("ListSubnets", object{"vpcId": net})
	onVPC.refused("BadRequest", "ListSubnets", object{"vpcId": net, "marker": "sbn-unknown"})
	onVPC.done("GetSubnetDetail", first)
	onVPC.refused("NoSuchObject", "GetSubnetDetail", "sbn-unknown")
	onVPC.done("UpdateSubnet", first, object{"name": "renamed"})
	onVPC.refused("NoSuchObject", "UpdateSubnet", "sbn-unknown", object{"name": "renamed"})
	reserved := onVPC.done("CreateIpreserve", object{"subnetId": first, "ipCidr": "10.0.1.128/28", "ipVersion": 4}).at("ipReserveId")
	onVPC.refused("NoSuchObject", "CreateIpreserve", object{"subnetId": "sbn-unknown", "ipCidr": "10.0.1.128/28", "ipVersion": 4})
	onVPC.done("ListIpreserve", object{"subnetId": first})
	onVPC.refused("NoSuchObject", "ListIpreserve", object{"subnetId": "sbn-unknown"})
	onVPC.done("DeleteIpreserve", reserved, "")
	onVPC.refused("NoSuchObject", "DeleteIpreserve", "ipr-unknown", "")
	id := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"subnetId": first})).at("instanceIds")
	settle()
	onVPC.done("GetPrivateIpAddressesInfo", object{"vpcId": net, "privateIpRange": "10.0.1.0-10.0.1.20"})
	onVPC.refused("NoSuchObject", "GetPrivateIpAddressesInfo", object{"vpcId": "vpc-unknown", "privateIpRange": "10.0.1.0-10.0.1.20"})
	onVPC.done("GetResourceIp", object{"vpcId": net, "pageNo": 1, "pageSize": 10})
	onVPC.refused("NoSuchObject", "GetResourceIp", object{"vpcId": "vpc-unknown", "pageNo": 1, "pageSize": 10})
	onBCC.done("BatchAddIP", object{"instanceId": id, "privateIps": []string{"10.0.1.77"}})
	onBCC.refused("BadRequest", "BatchAddIP", object{"instanceId": id, "privateIps": []string{"10.9.9.9"}})
	onBCC.done("BatchDelIP", object{"instanceId": id, "privateIps": []string{"10.0.1.77"}})
	onBCC.refused("PrivateIPNotExistException", "BatchDelIP", object{"instanceId": id, "privateIps": []string{"10.0.1.78"}})
	onBCC.done("ListInstanceEnis", id)
	onBCC.refused("NoSuchObject", "ListInstanceEnis", unknown)
	routes(net, id)
	onBCC.done("InstanceChangeSubnet", object{"instanceId": id, "subnetId": second, "reboot": true})
	onBCC.refused("NoSuchObject", "InstanceChangeSubnet", object{"instanceId": id, "subnetId": "sbn-unknown"})
	settle()
	onVPC.done("DeleteSubnet", first, "")
	onVPC.refused("ResourceNeedRelease", "DeleteSubnet", second, "")
	changeVPC(id)
	onVPC.done("DeleteSubnet", second, "")
	onVPC.done("DeleteVPC", net, "")
	onVPC.refused("NoSuchObject", "DeleteVPC", net, "")
	six()
}

func changeVPC(id string) {
	net := onVPC.done("CreateVPC", object{"name": "moved", "cidr": "10.1.0.0/16"}).at("vpcId")
	part := onVPC.done("CreateSubnet", object{"name": "moved", "zoneName": zone, "cidr": "10.1.1.0/24", "vpcId": net}).at("subnetId")
	onBCC.done("StopInstance", id, false)
	settle()
	onBCC.done("InstanceChangeVpc", object{"instanceId": id, "subnetId": part})
	onBCC.refused("NoSuchObject", "InstanceChangeVpc", object{"instanceId": id, "subnetId": "sbn-unknown"})
	settle()
}

func routes(net, id string) {
	table := onVPC.done("GetRouteTableDetail", "", net).at("routeTableId")
	onVPC.refused("NoSuchObject", "GetRouteTableDetail", "", "vpc-unknown")
	rule := object{
		"routeTableId": table, "sourceAddress": "10.0.1.0/24", "destinationAddress": "172.16.0.0/16", "nexthopId": id,
		"nexthopType": "custom", "description": "out",
	}
	made := onVPC.done("CreateRouteRule", rule).at("routeRuleId")
	onVPC.refused("NoSuchObject", "CreateRouteRule", with(rule, object{"routeTableId": "rt-unknown"}))
	onVPC.done("GetRouteRuleDetail", object{"vpcId": net})
	onVPC.refused("NoSuchObject", "GetRouteRuleDetail", object{"vpcId": "vpc-unknown"})
	onVPC.done("UpdateRouteRule", object{"routeRuleId": made, "description": "another"})
	onVPC.refused("NoSuchObject", "UpdateRouteRule", object{"routeRuleId": "rr-unknown", "description": "another"})
	onVPC.refused("NoSuchObject", "SwitchRoute", "rr-unknown", "")
	onVPC.done("DeleteRouteRule", made, "")
	onVPC.refused("NoSuchObject", "DeleteRouteRule", made, "")
}

func six() {
	net := onVPC.done("CreateVPC", object{"name": "six", "cidr": "10.6.0.0/16", "enableIpv6": true}).at("vpcId")
	part := onVPC.done("CreateSubnet", object{"name": "six", "zoneName": zone, "cidr": "10.6.1.0/24", "vpcId": net, "enableIpv6": true}).at("subnetId")
	id := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"subnetId": part})).at("instanceIds")
	settle()
	onBCC.done("AddIpv6", object{"instanceId": id, "reboot": true})
	onBCC.refused("NoSuchObject", "AddIpv6", object{"instanceId": unknown})
	settle()
	onBCC.done("DeleteIpv6", object{"instanceId": id, "reboot": true})
	onBCC.refused("NoSuchObject", "DeleteIpv6", object{"instanceId": unknown})
}

var disk = object{"purchaseCount": 1, "cdsSizeInGB": 50, "storageType": "cloud_hp1", "zoneName": zone, "billing": postpaid}

func makeDisk() string {
	made := onBCC.done("CreateCDSVolume", disk).at("volumeIds")
	settle()
	return made
}

func attach(volume, id string) {
	onBCC.done("AttachCDSVolume", volume, object{"instanceId": id})
	settle()
}

func disks() {
	id := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"billing": prepaid})).at("instanceIds")
	settle()
	volume := makeDisk()
	onBCC.refused("Volume.DiskSizeInvalid", "CreateCDSVolume", with(disk, object{"cdsSizeInGB": 1}))
	onBCC.done("CreateCDSVolumeV3", object{"volumeName": "third", "volumeSize": 50, "storageType": "Cloud_SSD_General", "zoneName": zone, "purchaseCount": 1, "instanceId": "", "billing": postpaid})
	onBCC.refused("Volume.DiskSizeInvalid", "CreateCDSVolumeV3", object{"volumeName": "third", "volumeSize": 1, "storageType": "Cloud_SSD_General", "zoneName": zone, "purchaseCount": 1, "instanceId": "", "billing": postpaid})
	onBCC.done("ListCDSVolume", object{"zoneName": zone})
	onBCC.refused("BadRequest", "ListCDSVolume", object{"marker": unknownDisk})
	onBCC.done("ListCDSVolumeV3", object{"zoneName": zone})
	onBCC.refused("BadRequest", "ListCDSVolumeV3", object{"marker": unknownDisk})
	for _, method := range []string{"GetCDSVolumeDetail", "GetCDSVolumeDetailV3"} {
		onBCC.done(method, volume)
		onBCC.refused("NoSuchObject", method, unknownDisk)
	}
	onBCC.done("GetAvailableDiskInfo", zone)
	onBCC.done("ListPurchasableDisksInfo", zone)
	onBCC.refused("BadRequest", "ListPurchasableDisksInfo", "zone-nowhere")
	onBCC.done("AttachCDSVolume", volume, object{"instanceId": id})
	onBCC.refused("NoSuchObject", "AttachCDSVolume", volume, object{"instanceId": unknown})
	settle()
	onBCC.done("DetachCDSVolume", volume, object{"instanceId": id})
	settle()
	onBCC.refused("Volume.DiskNotAttachedInstance", "DetachCDSVolume", volume, object{"instanceId": id})
	onBCC.done("RenameCDSVolume", volume, object{"name": "renamed"})
	onBCC.refused("NoSuchObject", "RenameCDSVolume", unknownDisk, object{"name": "renamed"})
	onBCC.done("ModifyCDSVolume", volume, object{"cdsName": "again", "desc": "another"})
	onBCC.refused("NoSuchObject", "ModifyCDSVolume", unknownDisk, object{"cdsName": "again"})
	change := object{"changeTags": tags}
	onBCC.done("TagVolume", volume, change)
	onBCC.refused("NoSuchObject", "TagVolume", unknownDisk, change)
	onBCC.done("UntagVolume", volume, change)
	onBCC.refused("NoSuchObject", "UntagVolume", unknownDisk, change)
	onBCC.done("ResizeCDSVolume", volume, object{"newCdsSizeInGB": 100})
	onBCC.refused("NoSuchObject", "ResizeCDSVolume", unknownDisk, object{"newCdsSizeInGB": 100})
	settle()
	attach(volume, id)
	onBCC.done("ModifyChargeTypeCDSVolume", volume, object{"billing": prepaid})
	onBCC.refused("NoSuchObject", "ModifyChargeTypeCDSVolume", unknownDisk, object{"billing": prepaid})
	onBCC.done("PurchaseReservedCDSVolume", volume, object{"billing": prepaid})
	onBCC.refused("NoSuchObject", "PurchaseReservedCDSVolume", unknownDisk, object{"billing": prepaid})
	renew := object{"volumeId": volume, "renewTimeUnit": "month", "renewTime": 1}
	onBCC.done("AutoRenewCDSVolume", renew)
	onBCC.refused("NoSuchObject", "AutoRenewCDSVolume", with(renew, object{"volumeId": unknownDisk}))
	onBCC.done("CancelAutoRenewCDSVolume", object{"volumeId": volume})
	onBCC.refused("NoSuchObject", "CancelAutoRenewCDSVolume", object{"volumeId": unknownDisk})
	onBCC.done("DetachCDSVolume", volume, object{"instanceId": id})
	settle()
	onBCC.done("DeletePrepayVolume", object{"volumeId": volume, "relatedReleaseFlag": true})
	onBCC.refused("NoSuchObject", "DeletePrepayVolume", object{"volumeId": unknownDisk, "relatedReleaseFlag": true})
	onBCC.done("DeleteCDSVolume", makeDisk())
	onBCC.refused("NoSuchObject", "DeleteCDSVolume", unknownDisk)
	onBCC.done("DeleteCDSVolumeNew", makeDisk(), object{"autoSnapshot": "on"})
	onBCC.refused("NoSuchObject", "DeleteCDSVolumeNew", unknownDisk, object{"autoSnapshot": "on"})
}

func snapshots() {
	volume, id := makeDisk(), running()
	attach(volume, id)
	snapshot := onBCC.done("CreateSnapshot", object{"volumeId": volume, "snapshotName": "before"}).at("snapshotId")
	onBCC.refused("NoSuchObject", "CreateSnapshot", object{"volumeId": unknownDisk, "snapshotName": "before"})
	settle()
	onBCC.done("ListSnapshot", object{"volumeId": volume})
	onBCC.refused("BadRequest", "ListSnapshot", object{"volumeId": volume, "marker": "s-UNKNOWN0"})
	onBCC.done("GetSnapshotDetail", snapshot)
	onBCC.refused("NoSuchObject", "GetSnapshotDetail", "s-UNKNOWN0")
	onBCC.done("ModifySnapshotAttribute", snapshot, object{"snapshotName": "renamed"})
	onBCC.refused("NoSuchObject", "ModifySnapshotAttribute", "s-UNKNOWN0", object{"snapshotName": "renamed"})
	chain := onBCC.done("ListSnapshotChain", object{"volumeId": volume}).at("snapchains.chainId")
	onBCC.refused("BadRequest", "ListSnapshotChain", object{"volumeId": volume, "order": "nothing"})
	change := object{"changeTags": tags}
	onBCC.done("TagSnapshotChain", chain, change)
	onBCC.refused("NoSuchObject", "TagSnapshotChain", "sl-UNKNOWN0", change)
	onBCC.done("UntagSnapshotChain", chain, change)
	onBCC.refused("NoSuchObject", "UntagSnapshotChain", "sl-UNKNOWN0", change)
	copied := object{"destRegionInfos": []object{{"destRegion": "gz", "name": "copied"}}}
	onBCC.done("CreateRemoteCopySnapshot", snapshot, copied)
	onBCC.refused("NoSuchObject", "CreateRemoteCopySnapshot", "s-UNKNOWN0", copied)
	onBCC.done("CreateSnapshotShare", object{"snapshotId": snapshot, "accountIds": []string{"test"}})
	onBCC.refused("NoSuchObject", "CreateSnapshotShare", object{"snapshotId": "s-UNKNOWN0", "accountIds": []string{"test"}})
	share := onBCC.done("ListSnapshotShare", object{"maxKeys": 10}).at("result.snapshotId")
	onBCC.refused("BadRequest", "ListSnapshotShare", object{"marker": "s-UNKNOWN0"})
	shared := object{"sourceSnapshotId": snapshot, "accountIds": []string{"test"}, "shareSnapshotId": share}
	onBCC.done("CancelSnapshotShare", shared)
	onBCC.refused("NoSuchObject", "CancelSnapshotShare", with(shared, object{"sourceSnapshotId": "s-UNKNOWN0"}))
	onBCC.done("DetachCDSVolume", volume, object{"instanceId": id})
	settle()
	onBCC.done("RollbackCDSVolume", volume, object{"snapshotId": snapshot})
	onBCC.refused("NoSuchObject", "RollbackCDSVolume", volume, object{"snapshotId": "s-UNKNOWN0"})
	settle()
	whole := onBCC.done("CreateInstanceSnapshot", object{"instanceId": id, "name": "whole"}).at("inSnapshotId")
	onBCC.refused("NoSuchObject", "CreateInstanceSnapshot", object{"instanceId": unknown, "name": "whole"})
	settle()
	onBCC.done("ListInstanceSnapshot", object{"maxKeys": 10})
	onBCC.refused("ConstraintViolationException", "ListInstanceSnapshot", object{"maxKeys": -1})
	onBCC.done("RenameInstanceSnapshot", object{"insnapIds": []string{whole}, "name": "renamed"})
	onBCC.refused("InvalidParameter", "RenameInstanceSnapshot", object{"insnapIds": []string{"insnap-unknown"}, "name": "renamed"})
	onBCC.done("DeleteInstanceSnapshot", object{"deleteInsnapIds": []string{whole}})
	onBCC.refused("OperationDenied", "DeleteInstanceSnapshot", object{"deleteInsnapIds": []string{whole}})
	onBCC.done("DeleteSnapshot", snapshot)
	onBCC.refused("NoSuchObject", "DeleteSnapshot", "s-UNKNOWN0")
}

func policies() {
	volume, id := makeDisk(), running()
	attach(volume, id)
	nightly := object{"name": "nightly", "timePoints": []string{"0", "12"}, "repeatWeekdays": []string{"1", "3"}, "retentionDays": "7"}
	policy := onBCC.done("CreateAutoSnapshotPolicy", nightly).at("aspId")
	onBCC.refused("Asp.TimePointsInvalid", "CreateAutoSnapshotPolicy", with(nightly, object{"timePoints": []string{"99"}}))
	onBCC.done("ListAutoSnapshotPolicy", object{"maxKeys": 10})
	onBCC.refused("BadRequest", "ListAutoSnapshotPolicy", object{"maxKeys": 10, "marker": "asp-unknown"})
	onBCC.done("GetAutoSnapshotPolicy", policy)
	onBCC.refused("NoSuchObject", "GetAutoSnapshotPolicy", "asp-UNKNOWN0")
	onBCC.done("UpdateAutoSnapshotPolicy", with(nightly, object{"aspId": policy, "name": "renamed"}))
	onBCC.refused("NoSuchObject", "UpdateAutoSnapshotPolicy", with(nightly, object{"aspId": "asp-UNKNOWN0"}))
	those := object{"volumeIds": []string{volume}}
	onBCC.done("AttachAutoSnapshotPolicy", policy, those)
	onBCC.refused("NoSuchObject", "AttachAutoSnapshotPolicy", "asp-UNKNOWN0", those)
	onBCC.done("DetachAutoSnapshotPolicy", policy, those)
	onBCC.refused("NoSuchObject", "DetachAutoSnapshotPolicy", "asp-UNKNOWN0", those)
	onBCC.done("DeleteAutoSnapshotPolicy", policy)
	onBCC.refused("NoSuchObject", "DeleteAutoSnapshotPolicy", policy)
}

func batches() {
	ids := create(2, nil)
	settle()
	all, nobody := object{"instanceIds": ids}, object{"instanceIds": []string{unknown}}
	for _, method := range []string{"BatchStopInstance", "BatchStartInstance", "BatchRebootInstance"} {
		onBCC.done(method, all)
		onBCC.refused("NoSuchObject", method, nobody)
		settle()
	}
	anew := object{"imageId": linux, "adminPass": password}
	for _, method := range []string{"BatchRebuildInstances", "BatchRebuildInstancesV2"} {
		onBCC.done(method, with(anew, all))
		onBCC.refused("NoSuchObject", method, with(anew, nobody))
		settle()
	}
	onBCC.done("BatchStopInstance", all)
	settle()
	onBCC.done("BatchResizeInstance", object{"instanceIdList": ids, "spec": largerSpec})
	onBCC.refused("NoSuchObject", "BatchResizeInstance", object{"instanceIdList": []string{unknown}, "spec": largerSpec})
}

func billing() {
	ids := create(2, nil)
	settle()
	onBCC.done("ChangeToPrepaid", ids[0], object{"duration": 1})
	onBCC.refused("NoSuchObject", "ChangeToPrepaid", unknown, object{"duration": 1})
	one := func(id string) object { return object{"config": []object{{"instanceId": id, "duration": 1}}} }
	onBCC.done("BatchChangeInstanceToPrepay", one(ids[1]))
	onBCC.refused("NoSuchObject", "BatchChangeInstanceToPrepay", one(unknown))
	settle()
	onBCC.done("InstancePurchaseReserved", ids[0], object{"billing": prepaid})
	onBCC.refused("NoSuchObject", "InstancePurchaseReserved", unknown, object{"billing": prepaid})
	renew := object{"instanceId": ids[0], "renewTimeUnit": "month", "renewTime": 1}
	onBCC.done("BatchCreateAutoRenewRules", renew)
	onBCC.refused("NoSuchObject", "BatchCreateAutoRenewRules", with(renew, object{"instanceId": unknown}))
	onBCC.done("BatchDeleteAutoRenewRules", object{"instanceId": ids[0]})
	onBCC.refused("NoSuchObject", "BatchDeleteAutoRenewRules", object{"instanceId": unknown})
	onBCC.done("BatchChangeInstanceToPostpay", one(ids[1]))
	onBCC.refused("NoSuchObject", "BatchChangeInstanceToPostpay", one(unknown))
	settle()
	onBCC.done("BatchRefundResource", object{"instanceIds": []string{ids[0]}})
	onBCC.refused("NoSuchObject", "BatchRefundResource", object{"instanceIds": []string{unknown}})
}

func release() {
	ids := create(6, nil)
	paid := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"billing": prepaid})).at("instanceIds")
	paidToo := onBCC.done("CreateInstanceBySpec", with(bySpec, object{"billing": prepaid})).at("instanceIds")
	settle()
	onBCC.done("AutoReleaseInstance", ids[0], "2099-01-01T00:00:00Z")
	onBCC.refused("NoSuchObject", "AutoReleaseInstance", unknown, "2099-01-01T00:00:00Z")
	onBCC.done("DeleteInstance", ids[0])
	onBCC.refused("NoSuchObject", "DeleteInstance", unknown)
	onBCC.done("DeleteInstanceWithRelateResource", ids[1], object{"bccRecycleFlag": true})
	onBCC.done("DeleteInstanceWithRelateResource", ids[2], object{"bccRecycleFlag": true})
	onBCC.refused("NoSuchObject", "DeleteInstanceWithRelateResource", unknown, object{})
	onBCC.done("GetInstanceDeleteProgress", object{"instanceIds": []string{ids[1]}})
	onBCC.refused("BadRequest", "GetInstanceDeleteProgress", object{"instanceIds": []string{}})
	settle()
	onBCC.done("ListRecycleInstances", object{"maxKeys": 10})
	onBCC.refused("BadRequest", "ListRecycleInstances", object{"maxKeys": -1})
	onBCC.done("RecoveryInstance", object{"instanceIds": []object{{"instanceId": ids[1]}}})
	onBCC.refused("NoSuchObject", "RecoveryInstance", object{"instanceIds": []object{{"instanceId": unknown}}})
	onBCC.done("DeleteRecycledInstance", ids[2])
	onBCC.refused("NoSuchObject", "DeleteRecycledInstance", unknown)
	onBCC.done("BatchDeleteInstanceWithRelateResource", object{"instanceIds": []string{ids[3], ids[4]}})
	onBCC.refused("NoSuchObject", "BatchDeleteInstanceWithRelateResource", object{"instanceIds": []string{unknown}})
	onBCC.done("DeletePrepaidInstanceWithRelateResource", object{"instanceId": paid})
	onBCC.refused("NoSuchObject", "DeletePrepaidInstanceWithRelateResource", object{"instanceId": unknown})
	onBCC.done("DeleteInstanceIngorePayment", object{"instanceId": paidToo})
	onBCC.refused("NoSuchObject", "DeleteInstanceIngorePayment", object{"instanceId": unknown})
}
