// bce-sdk-go carries out the scenarios.
package main

import (
	"net/netip"
	"slices"
	"time"

	"github.com/baidubce/bce-sdk-go/auth"
	"github.com/baidubce/bce-sdk-go/model"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/sts"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

var (
	client  *bcc.Client
	network *vpc.Client
	tokens  *sts.Client
)

func main() {
	var err error
	client, err = bcc.NewClient(accessKey, secretKey, endpoint)
	check(err)
	network, err = vpc.NewClient(accessKey, secretKey, endpoint)
	check(err)
	tokens, err = sts.NewStsClient(accessKey, secretKey, endpoint)
	check(err)
	perform([]scenario{
		{"credentials-right", rightCredentials},
		{"credentials-wrong-secret", wrongSecret},
		{"credentials-unknown-key", unknownKey},
		{"credentials-expired", expiredCredentials},
		{"credentials-temporary", temporaryCredentials},
		{"sts-session-token", sessionToken},
		{"sts-acl", sessionAcl},
		{"sts-assume-role", assumeRole},
		{"sts-wrong-token", wrongToken},
		{"create-by-spec", createBySpec},
		{"create-old-call", createOldCall},
		{"wait-until-running", waitUntilRunning},
		{"read-back-typed", readBackTyped},
		{"reboot-accepted", rebootAccepted},
		{"reboot-refused", rebootRefused},
		{"reboot-forced", rebootForced},
		{"stop-start", stopStart},
		{"resize", resize},
		{"rebuild", rebuild},
		{"rename", rename},
		{"password", changePassword},
		{"volumes", volumes},
		{"images", images},
		{"keypairs", keypairs},
		{"security-groups", securityGroups},
		{"deploy-sets", deploySets},
		{"subnets", subnets},
		{"batch", batch},
		{"paging-2500", paging},
		{"idempotent-retry", idempotentRetry},
		{"retry-500", func() { retried(object{"error": "InternalError"}) }},
		{"retry-503", func() { retried(object{"error": serviceUnavailable}) }},
		{"retry-disconnect", func() { retried(object{"disconnect": true}) }},
		{"slow-answer", slowAnswer},
		{"error-shape", errorShape},
		{"operations-sweep", sweep},
	})
}

func rightCredentials() {
	expect(must(client.ListZone()).Zones[0].ZoneName, zone)
}

func wrongSecret() {
	stranger := must(bcc.NewClient(accessKey, "a wrong secret key", endpoint))
	_, err := stranger.ListZone()
	refused(err, 400, "SignatureDoesNotMatch")
}

func unknownKey() {
	stranger := must(bcc.NewClient("nobody", secretKey, endpoint))
	_, err := stranger.ListZone()
	refused(err, 403, "InvalidAccessKeyId")
}

func expiredCredentials() {
	_, err := temporary(temporaryKeys("2020-01-01T00:00:00Z")).ListZone()
	refused(err, 400, "RequestExpired")
}

func temporaryCredentials() {
	access, secret, token := temporaryKeys("2100-01-01T00:00:00Z")
	expect(must(temporary(access, secret, token).ListZone()).Zones[0].ZoneName, zone)
	_, err := must(bcc.NewClient(access, secret, endpoint)).ListZone()
	refused(err, 403, "AccessDenied")
}

func temporary(access, secret, token string) *bcc.Client {
	stranger := must(bcc.NewClient(access, secret, endpoint))
	stranger.Config.Credentials = must(auth.NewSessionBceCredentials(access, secret, token))
	return stranger
}

func order() *api.CreateInstanceBySpecArgs {
	return &api.CreateInstanceBySpecArgs{
		Spec: spec, ImageId: linux, AdminPass: password, ZoneName: zone,
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	}
}

// create answers the ids of instances that are still starting.
func create(count int, change func(*api.CreateInstanceBySpecArgs)) []string {
	args := order()
	args.PurchaseCount = count
	if change != nil {
		change(args)
	}
	return must(client.CreateInstanceBySpec(args)).InstanceIds
}

func running() string {
	id := create(1, nil)[0]
	settle()
	return id
}

func stopped() string {
	id := running()
	check(client.StopInstance(id, false))
	settle()
	return id
}

func instance(id string) api.InstanceModel {
	return must(client.GetInstanceDetail(id)).Instance
}

func isIn(id string, status api.InstanceStatus) {
	expect(instance(id).Status, status)
}

func createBySpec() {
	ids := create(2, func(args *api.CreateInstanceBySpecArgs) {
		args.Name = "web"
		args.CreateCdsList = []api.CreateCdsModel{{CdsSizeInGB: 50, StorageType: api.StorageTypeCloudHP1}}
		args.Tags = []model.TagModel{{TagKey: "team", TagValue: "red"}}
	})
	expect(len(ids), 2)
	isIn(ids[0], api.InstanceStatusStarting)
	expect(instance(ids[1]).InstanceName, "web-2")
}

func createOldCall() {
	made := must(client.CreateInstance(&api.CreateInstanceArgs{
		ImageId: linux, CpuCount: 2, MemoryCapacityInGB: 8, InstanceType: "N5", AdminPass: password,
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	}))
	seen := instance(made.InstanceIds[0])
	expect([]int{seen.CpuCount, seen.MemoryCapacityInGB}, []int{2, 8})
}

func waitUntilRunning() {
	id := create(1, nil)[0]
	isIn(id, api.InstanceStatusStarting)
	for range 100 {
		if instance(id).Status == api.InstanceStatusRunning {
			return
		}
		isIn(id, api.InstanceStatusStarting)
		passSeconds(5)
	}
	panic("it never ran")
}

func readBackTyped() {
	id := create(1, func(args *api.CreateInstanceBySpecArgs) {
		args.Name, args.Hostname = "typed", "typed-host"
		args.Tags = []model.TagModel{{TagKey: "team", TagValue: "blue"}}
	})[0]
	settle()
	seen := instance(id)
	expect([]string{seen.ImageId, seen.ZoneName, seen.InstanceName}, []string{linux, zone, "typed"})
	expect([]int{seen.CpuCount, seen.MemoryCapacityInGB}, []int{2, 8})
	expect([]string{seen.PaymentTiming, seen.CardCount, seen.ExpireTime}, []string{"Postpaid", "0", ""})
	expect(seen.Tags, []model.TagModel{{TagKey: "team", TagValue: "blue"}})
	must(netip.ParseAddr(seen.InternalIP))
	isTime(seen.CreationTime)
	expect([]string{seen.VpcId[:4], seen.SubnetId[:4]}, []string{"vpc-", "sbn-"})
	readBackNewer(seen)
}

func rebootAccepted() {
	id := running()
	reboot(id, false)
	isIn(id, api.InstanceStatusStarting)
	settle()
	isIn(id, api.InstanceStatusRunning)
}

func rebootRefused() {
	refused(tryReboot(stopped(), false), 409, "Instance.RebootInstanceOperationForbidden")
}

func rebootForced() {
	id := running()
	reboot(id, true)
	isIn(id, api.InstanceStatusStarting)
}

func reboot(id string, force bool) { check(tryReboot(id, force)) }

func stopStart() {
	id := running()
	check(client.StopInstance(id, false))
	isIn(id, "Stopping")
	settle()
	isIn(id, api.InstanceStatusStopped)
	check(client.StartInstance(id))
	isIn(id, api.InstanceStatusStarting)
	settle()
	isIn(id, api.InstanceStatusRunning)
	refused(client.StartInstance(id), 409, "Instance.StartInstanceOperationForbidden")
}

func resize() {
	id := stopped()
	check(client.ResizeInstanceBySpec(id, &api.ResizeInstanceArgs{Spec: largerSpec}))
	isIn(id, "Scaling")
	settle()
	expect(instance(id).CpuCount, 4)
	refused(client.ResizeInstanceBySpec(unknown, &api.ResizeInstanceArgs{Spec: largerSpec}), 404, "NoSuchObject")
}

func rebuild() {
	id := running()
	check(client.RebuildInstance(id, &api.RebuildInstanceArgs{ImageId: anotherLinux, AdminPass: password}))
	isIn(id, "ImageProcessing")
	settle()
	isIn(id, api.InstanceStatusRunning)
	expect(instance(id).ImageId, anotherLinux)
}

func rename() {
	id := running()
	check(client.ModifyInstanceAttribute(id, &api.ModifyInstanceAttributeArgs{Name: "renamed"}))
	check(client.ModifyInstanceDesc(id, &api.ModifyInstanceDescArgs{Description: "what it is for"}))
	check(client.ModifyInstanceHostname(id, &api.ModifyInstanceHostnameArgs{Hostname: "renamed-host", Reboot: true}))
	settle()
	seen := instance(id)
	expect([]string{seen.InstanceName, seen.Description}, []string{"renamed", "what it is for"})
}

func changePassword() {
	id := running()
	check(tryPassword(id, anotherPassword))
	settle()
	isIn(id, api.InstanceStatusRunning)
	refused(tryPassword(id, "short"), 400, "BadRequest")
}

func allInstances() []string {
	ids := []string{}
	args := &api.ListInstanceArgs{MaxKeys: 1000}
	for {
		page := must(client.ListInstances(args))
		for _, each := range page.Instances {
			ids = append(ids, each.InstanceId)
		}
		if !page.IsTruncated {
			return ids
		}
		args.Marker = page.NextMarker
	}
}

func paging() {
	beginAnew()
	net := must(network.CreateVPC(&vpc.CreateVPCArgs{Name: "large", Cidr: "10.64.0.0/16"})).VPCID
	part := must(network.CreateSubnet(&vpc.CreateSubnetArgs{Name: "large", ZoneName: zone, Cidr: "10.64.0.0/18", VpcId: net}))
	made := []string{}
	for range 25 {
		made = append(made, create(100, func(args *api.CreateInstanceBySpecArgs) { args.SubnetId = part.SubnetId })...)
	}
	listed := allInstances()
	slices.Sort(made)
	slices.Sort(listed)
	expect(len(listed), 2500)
	expect(listed, made)
	beginAnew()
}

func idempotentRetry() {
	with := func(name string) func(*api.CreateInstanceBySpecArgs) {
		return func(args *api.CreateInstanceBySpecArgs) { args.ClientToken, args.Name = "token-1", name }
	}
	first := create(1, with("one"))
	expect(create(1, with("one")), first)
	expect(len(allInstances()), 1)
	args := order()
	with("another")(args)
	_, err := client.CreateInstanceBySpec(args)
	refused(err, 403, "IdempotentParameterMismatch")

	// The SDK has encrypted the password inside the arguments, and would do so again.
	same := order()
	same.ClientToken = "token-2"
	must(client.CreateInstanceBySpec(same))
	_, err = client.CreateInstanceBySpec(same)
	refused(err, 403, "IdempotentParameterMismatch")
}

func retried(effect object) {
	before := len(allInstances())
	effect["times"] = 2
	planFault("CreateInstanceBySpec", effect)
	create(1, nil)
	expect(len(control("GET", "faults", nil)["faults"].([]any)), 0)
	expect(len(allInstances()), before+1)
}

func slowAnswer() {
	planFault("ListZones", object{"delaySeconds": 1})
	began := time.Now()
	rightCredentials()
	expect(time.Since(began) >= time.Second, true)
}

func errorShape() {
	_, err := client.GetInstanceDetail(unknown)
	refused(err, 404, "NoSuchObject")
	described := err.Error()
	expect(described[:len("[Code: NoSuchObject; Message: The specified object is not found or resource do not exist.; RequestId: ")],
		"[Code: NoSuchObject; Message: The specified object is not found or resource do not exist.; RequestId: ")
}
