package main

import "github.com/baidubce/bce-sdk-go/services/bcc"

const (
	planned, unplanned = "PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"
	later              = "2099-01-01T00:00:00Z"
)

func clusters() {
	cluster := onBCC.done("CreateEhcCluster", object{"name": "cluster", "zoneName": zone}).at("ehcClusterId")
	onBCC.refused("BadRequest", "CreateEhcCluster", object{"name": "1st", "zoneName": zone})
	onBCC.done("ListEhcCluster", object{})
	onBCC.done("ModifyEhcCluster", object{"ehcClusterId": cluster, "name": "renamed"})
	onBCC.refused("NoSuchObject", "ModifyEhcCluster", object{"ehcClusterId": "ehc-unknown", "name": "renamed"})
	onBCC.done("DeleteEhcCluster", object{"ehcClusterIdList": []string{cluster}})
	onBCC.refused("NoSuchObject", "DeleteEhcCluster", object{"ehcClusterIdList": []string{cluster}})
	onVPC.done("GetNetworkTopologyInfo", object{"hostIp": "10.0.0.1"})
}

var reservation = object{"zoneName": zone, "spec": spec, "offeringType": "FullyPrepay", "reservedInstanceTime": 1}

func reservedInstances() {
	mine := onBCC.done("CreateReservedInstance", with(reservation, object{"reservedInstanceName": "mine"})).at("reservedInstanceIds")
	onBCC.refused("BadRequest", "CreateReservedInstance", with(reservation, object{"offeringType": "Later"}))
	change := func(id string) object {
		return object{"reservedInstances": []object{{"reservedInstanceId": id, "reservedInstanceName": "renamed"}}}
	}
	onBCC.done("ModifyReservedInstances", change(mine))
	onBCC.refused("BadRequest", "ModifyReservedInstances", change("r-unknown"))
	labels := object{"changeTags": tags, "reservedInstanceIds": []string{mine}}
	for _, method := range []string{"BindReservedInstanceToTags", "UnbindReservedInstanceFromTags"} {
		onBCC.done(method, labels)
		onBCC.refused("BadRequest", method, with(labels, object{"reservedInstanceIds": []string{"r-unknown"}}))
	}
	renewal := object{"reservedInstanceIds": []string{mine}, "reservedInstanceTime": 1}
	onBCC.done("RenewReservedInstances", renewal)
	onBCC.refused("BadRequest", "RenewReservedInstances", with(renewal, object{"reservedInstanceTime": 2}))
	seen := onBCC.done("ListReservedInstances", object{"reservedInstanceIds": []string{mine}, "maxKeys": 10})
	onBCC.refused("BadRequest", "ListReservedInstances", object{"marker": "r-unknown", "maxKeys": 10})
	if onBCC.has("ListReservedInstances") {
		expect(seen.at("reservedInstances.reservedInstanceName"), "renamed")
		expect(seen.at("reservedInstances.reservedInstanceStatus"), "active")
	}
}

// reservedInstanceOffers go to another account, which answers them.
func reservedInstanceOffers() {
	theirs := onBCC.of(must(bcc.NewClient(neighbour, secretKey, endpoint)))
	mine := onBCC.done("CreateReservedInstance", reservation).at("reservedInstanceIds")
	order := object{"reservedInstanceIds": []string{mine}, "recipientAccountId": neighbour}
	offer := func() string { return onBCC.done("TransferReservedInstanceOrder", order).first() }
	those := func(id string) object { return object{"transferRecordIds": []string{id}} }
	onBCC.refused("BadRequest", "TransferReservedInstanceOrder", with(order, object{"recipientAccountId": accessKey}))
	onBCC.done("RevokeTransferReservedInstanceOrder", those(offer()))
	onBCC.refused("BadRequest", "RevokeTransferReservedInstanceOrder", those("t-unknown"))
	theirs.done("RefuseTransferReservedInstanceOrder", those(offer()))
	theirs.refused("BadRequest", "RefuseTransferReservedInstanceOrder", those("t-unknown"))
	last := offer()
	onBCC.refused("BadRequest", "TransferReservedInstanceOrder", order)
	onBCC.refused("BadRequest", "AcceptTransferReservedInstanceOrder", object{"transferRecordId": last})
	theirs.done("AcceptTransferReservedInstanceOrder", object{"transferRecordId": last})
	came := theirs.done("TransferInReservedInstanceOrders", object{"transferRecordIds": []string{last}})
	went := onBCC.done("TransferOutReservedInstanceOrders", object{"transferRecordIds": []string{last}})
	kept := theirs.done("ListReservedInstances", object{"reservedInstanceIds": []string{mine}, "maxKeys": 10})
	if onBCC.has("TransferReservedInstanceOrder") {
		expect([]string{came.at("transferRecords.grantorUserId"), came.at("transferRecords.status")}, []string{accessKey, "accepted"})
		expect([]string{went.at("transferRecords.recipientUserId"), went.at("transferRecords.status")}, []string{neighbour, "accepted"})
		expect(kept.at("reservedInstances.reservedInstanceId"), mine)
	}
}

func reported(id, category string) string {
	return control("POST", "instances/"+id+"/maintenance", object{"category": category})["id"].(string)
}

// events are what the cloud asks to repair: allowed, carried out, accepted or not.
func events() {
	id := running()
	first, second := reported(id, planned), reported(id, unplanned)
	seen := onBCC.done("DescribePlannedEvents", object{"instanceIds": []string{id}})
	repair := object{"serverEventId": second, "authorizeMaintenanceOperation": "Repair"}
	allowed := onBCC.done("AuthorizeServerEvent", object{"serverEventId": first})
	settle() // or the next answer names the first event, which this client cannot read
	onBCC.done("AuthorizeServerEvent", repair)
	onBCC.refused("OperationDenied", "AuthorizeServerEvent", repair)
	waiting := reported(id, unplanned)
	onBCC.done("AuthorizeServerEvent", object{"instanceId": id, "executeTime": later})
	passed := object{"serverEventId": second, "checkResult": "Pass"}
	onBCC.refused("OperationDenied", "CheckUnplannedMaintenanceEvent", passed)
	settle()
	held := onBCC.done("DescribeUnplannedEvents", object{"serverEventStatus": "Processing"})
	onBCC.done("CheckUnplannedMaintenanceEvent", with(repair, object{
		"checkResult": "Reject", "issueEffect": "it is slow", "issueDescription": "it was not before",
	}))
	settle()
	done := onBCC.done("DescribeUnplannedEvents", object{"serverEventStatus": "Executed"})
	onBCC.done("CheckUnplannedMaintenanceEvent", passed)
	onBCC.refused("NoSuchObject", "CheckUnplannedMaintenanceEvent", with(passed, object{"serverEventId": "event-unknown"}))
	ended := onBCC.done("DescribePlannedEventRecords", object{})
	checked := onBCC.done("DescribeUnplannedEventRecords", object{})
	for _, method := range []string{
		"DescribePlannedEvents", "DescribePlannedEventRecords", "DescribeUnplannedEvents", "DescribeUnplannedEventRecords",
	} {
		onBCC.refused("BadRequest", method, object{"maxKeys": -1})
	}
	if onBCC.has("AuthorizeServerEvent") {
		expect(allowed.at("associatedUnplannedMaintenanceServerEventIds"), second)
		expect([]string{seen.at("plannedMaintenanceEvents.serverEventId"), ended.at("plannedMaintenanceEvents.serverEventId")}, []string{first, first})
		expect([]string{
			held.at("unplannedMaintenanceEvents.serverEventId"), done.at("unplannedMaintenanceEvents.serverEventId"),
			checked.at("unplannedMaintenanceEvents.serverEventId"),
		}, []string{waiting, second, second})
	}
}

// rules authorize events ahead.
func rules() {
	id := running()
	rule := object{
		"ruleName": "mine", "serverEventCategory": planned, "authorizeMaintenanceOperations": []string{"Repair"},
	}
	made := onBCC.done("CreateAuthorizeRule", rule).at("ruleId")
	onBCC.refused("BadRequest", "CreateAuthorizeRule", with(rule, object{"effectiveScope": "Tags"}))
	reported(id, planned)
	repaired := onBCC.done("DescribePlannedEvents", object{})
	onBCC.refused("OperationDenied", "DeleteInstUserOpAuthorizeRule", object{"ruleId": made})
	change := object{"ruleId": made, "ruleName": "renamed", "enableRule": 0}
	onBCC.done("ModifyInstUserOpAuthorizeRuleAttribute", change)
	onBCC.refused("NoSuchObject", "ModifyInstUserOpAuthorizeRuleAttribute", with(change, object{"ruleId": "rule-unknown"}))
	seen := onBCC.done("DescribeAuthorizeRules", object{"ruleIds": []string{made}})
	onBCC.refused("BadRequest", "DescribeAuthorizeRules", object{"maxKeys": -1})
	onBCC.done("DeleteInstUserOpAuthorizeRule", object{"ruleId": made})
	onBCC.refused("NoSuchObject", "DeleteInstUserOpAuthorizeRule", object{"ruleId": made})
	if onBCC.has("CreateAuthorizeRule") {
		expect(repaired.at("plannedMaintenanceEvents.authorizedMaintenanceOperation"), "Repair")
		expect([]string{seen.at("ruleList.ruleName"), seen.at("ruleList.status")}, []string{"renamed", "DISABLED"})
	}
}

// diagnostics are what a look at an instance finds.
func diagnostics() {
	id := stopped()
	look := object{"metricSetId": onBCC.done("GetDiagnosticSchemas").at("metricSetList.metricSetId"), "instanceId": id, "instanceType": "bcc"}
	report := onBCC.done("CreateDiagnostic", look).at("reportId")
	onBCC.refused("NoSuchObject", "CreateDiagnostic", with(look, object{"instanceId": unknown}))
	those := object{"reportIds": []string{report}}
	onBCC.refused("OperationDenied", "DeleteDiagnosticReport", those)
	settle()
	seen := onBCC.done("ListDiagnosticReport", object{"instanceId": id, "status": "Finished"})
	onBCC.refused("BadRequest", "ListDiagnosticReport", object{"maxKeys": -1})
	onBCC.done("DeleteDiagnosticReport", those)
	onBCC.refused("NoSuchObject", "DeleteDiagnosticReport", those)
	if onBCC.has("CreateDiagnostic") {
		expect([]string{seen.at("diagnosticReports.reportId"), seen.at("diagnosticReports.result")}, []string{report, "Info"})
	}
}
