package main

const nobodysHpas = "hpas-UNKNOWN0"

// Instances of HPAS and reserved ones.

func hpasInstances() {
	if !onHPAS.has("CreateHpas") {
		return
	}
	net, part := newNetwork("10.9.0.0/16", false)
	image := onHPAS.done("ImageList", object{"imageType": "System"}).at("images.imageId")
	onHPAS.refused("BadRequest", "ImageList", object{"marker": "m-nowhere"})
	order := object{
		"appType": "llama2_7B_train", "appPerformanceLevel": "10k", "zoneName": zone, "imageId": image, "subnetId": part,
		"name": "model", "tags": tags, "billingModel": object{"chargeType": "Postpaid"}, "password": sealed("Passw0rd!"),
	}
	id := onHPAS.settled("CreateHpas", order).at("hpasIds")
	onHPAS.refused("NoSuchObject", "CreateHpas", with(order, object{"imageId": unknownImage}))
	these, those := object{"hpasIds": []string{id}}, object{"hpasIds": []string{nobodysHpas}}
	expect(onHPAS.done("DescribeHPASInstancesByMaker", these).at("hpass.status"), "Active")
	onHPAS.refused("BadRequest", "DescribeHPASInstancesByMaker", object{"marker": "hpas-nowhere"})

	for _, each := range []step{
		{"StopHpas", object{}}, {"StartHpas", object{}}, {"RebootHpas", object{}},
		{"ModifyInstancesAttribute", object{"name": "renamed"}},
		{"ModifyInstancesSubnet", object{"subnetId": part, "privateIp": "10.9.0.77"}},
		{"ReplaceSecurityGroups", object{"securityGroupIds": []string{newGroup(net)}, "securityGroupType": "normal"}},
		{"ResetHpas", object{"imageId": image, "password": sealed("Passw0rd!")}},
	} {
		onHPAS.settled(each.method, with(each.arguments, these))
		onHPAS.refused("NoSuchObject", each.method, with(each.arguments, those))
	}
	password := object{"hpasId": id, "password": sealed("An0ther!pass")}
	onHPAS.settled("ModifyPasswordHpas", password)
	onHPAS.refused("BadRequest", "ModifyPasswordHpas", with(password, object{"password": "An0ther!pass"}))
	for _, method := range []string{"DetachTags", "AttachTags"} {
		onHPAS.done(method, object{"resourceType": "hpas", "resourceIds": []string{id}, "tags": tags})
		onHPAS.refused("NoSuchObject", method, object{"resourceType": "hpas", "resourceIds": []string{nobodysHpas}, "tags": tags})
	}
	disk := onBCC.settled("CreateCDSVolume", object{"cdsSizeInGB": 50, "zoneName": zone, "billing": postpaid, "purchaseCount": 1}).at("volumeIds")
	onHPAS.settled("AttachHpasVolume", object{"hpasId": id, "volumeIds": []string{disk}})
	onHPAS.refused("NoSuchObject", "AttachHpasVolume", object{"hpasId": nobodysHpas, "volumeIds": []string{disk}})
	onHPAS.settled("DetachHpasVolume", object{"volumeIds": []string{disk}})
	onHPAS.refused("NoSuchObject", "DetachHpasVolume", object{"volumeIds": []string{unknownDisk}})
	group := with(these, object{"securityGroupIds": []string{newGroup(net)}, "securityGroupType": "normal"})
	onHPAS.done("AttachSecurityGroups", group)
	onHPAS.done("DetachSecurityGroups", group)
	onHPAS.refused("NoSuchObject", "AttachSecurityGroups", with(group, those))
	onHPAS.refused("NoSuchObject", "DetachSecurityGroups", group)
	address := object{"hpasId": id, "privateIps": []string{"10.9.0.78"}}
	onHPAS.done("AssignPrivateIpAddresses", address)
	onHPAS.refused("PrivateIpInUseException", "AssignPrivateIpAddresses", address)
	onHPAS.done("UnAssignPrivateIpAddresses", address)
	onHPAS.refused("NoSuchObject", "UnAssignPrivateIpAddresses", address)
	expect(onHPAS.done("ListHpas", object{"hpasStatus": "Active", "pageNo": 1}).at("hpass.hpasId"), id)
	onHPAS.refused("BadRequest", "ListHpas", object{"pageNo": -1})
	month := object{"chargeType": "Prepaid", "period": 1, "periodUnit": "Month"}
	ahead := object{"hpasIds": []string{onHPAS.done("CreateHpas", with(order, object{"billingModel": month})).at("hpasIds")}, "period": 1}
	settle()
	onHPAS.done("RenewHpasInstances", ahead)
	onHPAS.refused("OperationDenied", "RenewHpasInstances", with(these, object{"period": 1}))
	model := object{"appType": "llama2_7B_train", "appPerformanceLevel": "10k", "zoneName": zone}
	expect(onHPAS.done("DescribeHpasSpecs", model).at("hpasSpecs.appType"), "llama2_7B_train")
	onHPAS.refused("BadRequest", "DescribeHpasSpecs", object{"zoneName": "mars"})
	onHPAS.done("DescribeInstanceInventoryQuantity", model)
	onHPAS.refused("BadRequest", "DescribeInstanceInventoryQuantity", with(model, object{"zoneName": "mars"}))
	seen := onHPAS.done("DescribeHPASInstancesByMaker", these)
	expect([]string{seen.at("hpass.name"), seen.at("hpass.internalIp")}, []string{"renamed", "10.9.0.77"})
	onHPAS.done("DeleteHpas", these)
	onHPAS.refused("NoSuchObject", "DeleteHpas", these)
}

func hpasReservedInstances() {
	if !onHPAS.has("CreateReservedHpas") {
		return
	}
	order := object{"appType": "llama2_7B_train", "appPerformanceLevel": "10k", "zoneName": zone, "name": "kept"}
	id := onHPAS.settled("CreateReservedHpas", order).at("reservedHpasIds")
	onHPAS.refused("BadRequest", "CreateReservedHpas", with(order, object{"appType": "chess"}))
	name := object{"reservedInstanceIds": []string{id}, "name": "other"}
	onHPAS.done("ModifyReservedHpasName", name)
	onHPAS.refused("NoSuchObject", "ModifyReservedHpasName", with(name, object{"reservedInstanceIds": []string{"k-UNKNOWN0"}}))
	place := object{"reservedInstanceId": id, "zoneName": "cn-bj-b"}
	onHPAS.done("ModifyReservedHpas", object{"reservedInstances": []object{place}})
	onHPAS.refused("BadRequest", "ModifyReservedHpas", object{"reservedInstances": []object{with(place, object{"zoneName": "mars"})}})
	seen := onHPAS.done("DescribeReservedHpasByMaker", object{"name": "oth"})
	expect([]string{seen.at("reservedHpasList.reservedHpasId"), seen.at("reservedHpasList.zoneName")}, []string{id, "cn-bj-b"})
	onHPAS.refused("BadRequest", "DescribeReservedHpasByMaker", object{"marker": "k-nowhere"})
	expect(onHPAS.done("DescribeReservedHpas", object{"pageNo": 1}).at("reservedHpasList.reservedHpasId"), id)
	onHPAS.refused("BadRequest", "DescribeReservedHpas", object{"pageNo": -1})
}
