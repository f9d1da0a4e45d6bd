package main

const nobodysZone, nobodysRecord = "zone-nobody000000", "rc-nobody000000"

// What belongs to no region: names that resolve inside VPCs, and resource groups.

func privateNames() {
	net, _ := home()
	name := object{"zoneName": "example.com"}
	zone := onDNS.done("CreatePrivateZone", name).at("zoneId")
	onDNS.refused("OperationDenied", "CreatePrivateZone", name)
	expect(onDNS.done("ListPrivateZone", object{}).at("zones.zoneId"), zone)
	onDNS.refused("BadRequest", "ListPrivateZone", object{"marker": "zone-nowhere"})
	here := object{"region": "bj", "vpcIds": []string{net}}
	onDNS.done("BindVpc", zone, here)
	onDNS.refused("OperationDenied", "BindVpc", zone, here)
	expect(onDNS.done("GetPrivateZone", zone).at("bindVpcs.vpcId"), net)
	onDNS.refused("NoSuchObject", "GetPrivateZone", nobodysZone)
	onDNS.done("UnbindVpc", zone, here)
	onDNS.refused("NoSuchObject", "UnbindVpc", zone, here)
	www := object{"rr": "www", "type": "A", "value": "192.168.1.1"}
	record := onDNS.done("AddRecord", zone, www).at("recordId")
	onDNS.refused("OperationDenied", "AddRecord", zone, www)
	mail := object{"rr": "mail", "type": "MX", "value": "mail.example.com", "ttl": 30, "priority": 5, "description": "post"}
	onDNS.done("UpdateRecord", record, mail)
	onDNS.refused("NoSuchObject", "UpdateRecord", nobodysRecord, mail)
	for _, method := range []string{"DisableRecord", "EnableRecord"} {
		onDNS.done(method, record, "")
		onDNS.refused("NoSuchObject", method, nobodysRecord, "")
	}
	if allMethods {
		expect(onDNS.done("ListRecord", zone, object{"type": "MX"}).at("records.recordId"), record)
		onDNS.refused("NoSuchObject", "ListRecord", nobodysZone, object{})
	} else { // old versions ask for all of them
		expect(onDNS.done("ListRecord", zone).at("records.recordId"), record)
		onDNS.refused("NoSuchObject", "ListRecord", nobodysZone)
	}
	onDNS.done("DeleteRecord", record, "")
	onDNS.refused("NoSuchObject", "DeleteRecord", record, "")
	onDNS.done("DeletePrivateZone", zone, "")
	onDNS.refused("NoSuchObject", "DeletePrivateZone", zone, "")
}

func resourceGroups() {
	if !onGroups.has("CreateResourceGroup") {
		return
	}
	order := object{"name": "team", "extra": "ours"}
	team := onGroups.done("CreateResourceGroup", order).at("groupId")
	onGroups.refused("OperationDenied", "CreateResourceGroup", order)
	other := onGroups.done("CreateResourceGroup", object{"name": "other"}).at("groupId")
	expect(onGroups.done("QueryGroupList", "team").at("groups.groupId"), team)
	server := object{"resourceId": running(), "resourceType": "BCC", "resourceRegion": "bj"}
	member := with(server, object{"groupId": team})
	onGroups.done("BindResourceToGroup", object{"bindings": []object{member}})
	onGroups.refused("OperationDenied", "BindResourceToGroup", object{"bindings": []object{with(server, object{"groupId": other})}})
	move := object{"moveResModels": []object{{"targetGroupId": other, "oldGroupResInfo": member}}}
	onGroups.done("ChangeResourceGroup", move)
	onGroups.refused("NoSuchObject", "ChangeResourceGroup", move)
	seen := onGroups.done("GetResGroupBatch", object{"resourceBriefs": []object{server}})
	expect(seen.at("resGroups.groups.groupId"), other)
	many := make([]object, 101)
	for index := range many {
		many[index] = server
	}
	onGroups.refused("BadRequest", "GetResGroupBatch", object{"resourceBriefs": many})
	onGroups.done("RemoveResourceFromGroup", object{"bindings": []object{with(server, object{"groupId": other})}})
	onGroups.refused("NoSuchObject", "RemoveResourceFromGroup", object{"bindings": []object{member}})
}
