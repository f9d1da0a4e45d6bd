package main

import (
	"fmt"
	"slices"

	"github.com/baidubce/bce-sdk-go/model"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
)

// Nodes come and go: an autoscaler makes as many as pods want, tells its own by their tag, waits until they run, takes the
// oldest away, and meets the day on which there are none left to buy.

func nodesComeAndGo() {
	beginAnew()
	stranger := newNodes(1)
	group := "pool-" + cluster
	grow(group, 3)
	expect(len(nodesIn(group)), 3)
	before := nodesIn(group)
	grow(group, 2)
	expect(len(nodesIn(group)), 5)
	shrink(before[:2])
	left := nodesIn(group)
	expect(len(left), 3)
	expect(slices.Contains(left, before[0]), false)

	planFault("CreateInstanceBySpec", object{"error": "ZoneExceptions.ZoneSoldOutException"})
	_, err := order(group, "sold-out", 1)
	refused(err, 409, "ZoneExceptions.ZoneSoldOutException")
	expect(len(nodesIn(group)), 3)
	grow(group, 1)
	shrink(nodesIn(group))
	expect(len(nodesIn(group)), 0)
	expect(string(must(compute.GetInstanceDetail(stranger[0])).Instance.Status), "Running")
}

// order buys nodes; the same token buys them once, however often it is sent.
func order(group, token string, count int) (*api.CreateInstanceBySpecResult, error) {
	return compute.CreateInstanceBySpec(&api.CreateInstanceBySpecArgs{
		Spec: spec, ImageId: linux, AdminPass: password, ZoneName: zone, Name: group, PurchaseCount: count,
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid}, ClientToken: token,
		Tags: []model.TagModel{{TagKey: "pool", TagValue: group}},
	})
}

// grow buys nodes, asks once more as after a lost answer, and waits until all run.
func grow(group string, count int) {
	token := fmt.Sprint(group, "-", count, "-", len(nodesIn(group)))
	made := must(order(group, token, count)).InstanceIds
	expect(must(order(group, token, count)).InstanceIds, made)
	for _, id := range made {
		until("Running", 10, func() string { return string(must(compute.GetInstanceDetail(id)).Instance.Status) })
	}
}

func shrink(nodes []string) {
	for _, id := range nodes {
		check(compute.DeleteInstance(id))
	}
	settle()
	for _, id := range nodes {
		_, err := compute.GetInstanceDetail(id)
		refused(err, 404, "NoSuchObject")
	}
}

// nodesIn are the nodes of a group, the oldest first, by its tag among all instances, page by page.
func nodesIn(group string) []string {
	found, args := []string{}, &api.ListInstanceArgs{MaxKeys: 2}
	for {
		page := must(compute.ListInstances(args))
		for _, each := range page.Instances {
			if slices.Contains(each.Tags, model.TagModel{TagKey: "pool", TagValue: group}) {
				found = append(found, each.InstanceId)
			}
		}
		if !page.IsTruncated {
			slices.Reverse(found)
			return found
		}
		args.Marker = page.NextMarker
	}
}
