package main

import "strings"

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
	hpasNetwork(id, these, those)
	hpasImages(id, order)
	seen := onHPAS.done("DescribeHPASInstancesByMaker", these)
	expect([]string{seen.at("hpass.name"), seen.at("hpass.internalIp")}, []string{"renamed", "10.9.0.77"})
	onHPAS.done("DeleteHpas", these)
	onHPAS.refused("NoSuchObject", "DeleteHpas", these)
}

func hpasNetwork(id string, these, those object) {
	onHPAS.done("ModifyHpasJumbo", with(these, object{"enableJumboFrame": true}))
	onHPAS.refused("NoSuchObject", "ModifyHpasJumbo", with(those, object{"enableJumboFrame": true}))
	expect(onHPAS.done("DescribeHPASInstancesByMaker", these).at("hpass.enableJumboFrame"), "true")
	expect(strings.HasPrefix(onHPAS.done("DescribeHpasVncUrl", object{"hpasId": id}).at("vncUrl"), "http"), true)
	onHPAS.refused("NoSuchObject", "DescribeHpasVncUrl", object{"hpasId": nobodysHpas})

	before := onHPAS.done("DescribeHPASInstancesByMaker", these)
	_, six := newNetwork("10.8.0.0/16", true)
	onHPAS.refused("BadRequest", "AssignIpv6Addresses", object{"hpasId": id, "ipv6AddressCount": 1})
	move := object{"hpasId": id, "subnetId": six, "securityGroupType": "normal"}
	onHPAS.settled("ModifyInstanceVpc", move)
	onHPAS.refused("BadRequest", "ModifyInstanceVpc", move)
	address := onHPAS.done("AssignIpv6Addresses", object{"hpasId": id, "ipv6AddressCount": 1}).at("ipv6Addresses")
	seen := onHPAS.done("DescribeHPASInstancesByMaker", these)
	expect([]string{seen.at("hpass.subnetId"), seen.at("hpass.nicInfo.ipv6s.ipv6Address")}, []string{six, address})
	without := object{"hpasId": id, "ipv6Addresses": []string{address}, "reboot": true}
	onHPAS.settled("UnAssignIpv6Addresses", without)
	onHPAS.refused("NoSuchObject", "UnAssignIpv6Addresses", without)
	onHPAS.settled("ModifyInstanceVpc", with(move, object{"subnetId": before.at("hpass.subnetId"), "privateIp": before.at("hpass.internalIp")}))
}

func hpasImages(id string, order object) {
	image := onHPAS.done("CreateImage", object{"hpasId": id, "imageName": "kept"}).at("imageId")
	onHPAS.refused("NoSuchObject", "CreateImage", object{"hpasId": nobodysHpas, "imageName": "kept"})
	expect(onHPAS.done("ImageList", object{"imageType": "Custom"}).at("images.imageStatus"), "Creating")
	onHPAS.refused("Image.CreatingImageCannotBeDeleted", "DeleteImages", object{"imageIds": []string{image}})
	onHPAS.refused("OperationDenied", "CreateHpas", with(order, object{"imageId": image}))
	settle()
	name := object{"imageId": image, "imageName": "renamed"}
	onHPAS.done("ModifyImageAttribute", name)
	onHPAS.refused("NoSuchObject", "ModifyImageAttribute", with(name, object{"imageId": unknownImage}))
	seen := onHPAS.done("ImageList", object{"imageType": "Custom"})
	expect([]string{seen.at("images.name"), seen.at("images.imageStatus")}, []string{"renamed", "Available"})
	far := object{"imageId": image, "destinationImages": []object{{"destinationRegion": "gz", "destinationImageName": "far"}}}
	copied := onHPAS.done("CopyImages", far)
	expect([]string{copied.at("destinationImages.destinationRegion"), copied.at("destinationImages.status")}, []string{"gz", "true"})
	onHPAS.refused("Image.RegionNotSupportCopy", "CopyImages", with(far, object{"destinationImages": []object{{"destinationRegion": "moon"}}}))
	cancelled := onHPAS.done("CancelImagesCopy", object{"imageIds": []string{image}})
	expect([]string{cancelled.at("destinationImages.destinationImageId"), cancelled.at("destinationImages.status")}, []string{image, "false"})
	onHPAS.refused("BadRequest", "CancelImagesCopy", object{"imageIds": []string{}})
	onHPAS.done("DeleteImages", object{"imageIds": []string{image}})
	onHPAS.refused("NoSuchObject", "DeleteImages", object{"imageIds": []string{image}})
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
