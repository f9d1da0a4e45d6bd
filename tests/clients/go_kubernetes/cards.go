package main

import (
	"strings"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/http"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// Cards that come to nothing: one that its node has no room for is deleted at once, and one that nothing took within three
// minutes is taken for lost.

func cardsThatComeToNothing() {
	beginAnew()
	node := newNodes(1)[0]
	net, part := place(node)
	quota := must(cards.GetEniQuota(&eni.EniQuoteArgs{InstanceId: node}))
	expect(quota.TotalQuantity, must(compute.GetInstanceDetail(node)).Instance.EniQuota)
	for range quota.AvailableQuantity {
		newCard(node, cluster+"/"+node+"/taken")
	}
	expect(must(cards.GetEniQuota(&eni.EniQuoteArgs{InstanceId: node})).AvailableQuantity, 0)

	extra := loneCard(part, "one-too-many", "")
	expect(meaning(cards.AttachEniInstance(&eni.EniInstance{EniId: extra, InstanceId: &node})), quotaUsed)
	check(cards.DeleteEni(&eni.DeleteEniArgs{EniId: extra}))
	expect(meaning(cards.DeleteEni(&eni.DeleteEniArgs{EniId: extra})), gone)

	lost, young := loneCard(part, "lost", ""), ""
	passSeconds(170)
	young = loneCard(part, "young", "")
	passSeconds(20)
	now := must(time.Parse(time.RFC3339, control("GET", "clock", nil)["now"].(string)))
	for _, each := range must(cards.ListEni(&eni.ListEniArgs{VpcId: net, Name: cluster + "/"})).Eni {
		if each.Status == "available" && now.Sub(must(time.Parse(time.RFC3339, each.CreatedTime))) > 3*time.Minute {
			expect(each.EniId, lost)
			check(cards.DeleteEni(&eni.DeleteEniArgs{EniId: each.EniId}))
		}
	}
	expect(must(cards.GetEniDetail(young)).Status, "available")
}

// What a cluster looks at, from time to time: the ranges of its VPC, what is free in its subnets, every rule that could stand in
// the way of a pod, and its cards, those for RDMA apart from the others.

func whatAClusterLooksAt() {
	beginAnew()
	node := newNodes(1)[0]
	net, part := place(node)
	seen := must(network.GetVPCDetail(net)).VPC
	expect([]any{seen.Cidr == "", len(seen.SecondaryCidr)}, []any{false, 0})
	parts := must(network.ListSubnets(&vpc.ListSubnetArgs{VpcId: net})).Subnets
	for _, each := range parts {
		expect(freeIn(each.SubnetId) > 0, true)
	}
	entries := must(network.ListAclEntrys(net)).AclEntrys
	expect(len(entries), len(parts))
	for _, each := range entries {
		expect(len(each.AclRules) > 0, true)
	}
	groups := must(compute.ListSecurityGroup(&api.ListSecurityGroupArgs{VpcId: net})).SecurityGroups
	expect(len(groups), 1)
	expect(must(compute.GetInstanceDetail(node)).Instance.NicInfo.SecurityGroups, []string{groups[0].Id})
	made := must(enterprise.CreateEsg(&esg.CreateEsgArgs{Name: "pods"})).EnterpriseSecurityGroupId
	expect(must(enterprise.ListEsg(&esg.ListEsgArgs{})).EnterpriseSecurityGroups[0].Id, made)
	expect(len(must(enterprise.ListEsg(&esg.ListEsgArgs{InstanceId: node})).EnterpriseSecurityGroups), 0)

	plain, fast := loneCard(part, "plain", ""), loneCard(part, "fast", "highPerformance")
	expect(cardsByKind(net), map[string][]string{"standard": {plain}, "highPerformance": {fast}})
}

// loneCard makes a card that is on nothing; an empty kind is the usual one.
func loneCard(part, name, kind string) string {
	return must(cards.CreateEni(&eni.CreateEniArgs{
		Name: cluster + "/" + name, SubnetId: part, SecurityGroupIds: []string{}, EnterpriseSecurityGroupIds: []string{},
		PrivateIpSet: []eni.PrivateIp{{Primary: true}}, NetworkInterfaceTrafficMode: kind,
	})).EniId
}

// cardsByKind are the cards of a cluster, which the SDK's own type does not tell apart.
func cardsByKind(net string) map[string][]string {
	var page struct {
		Enis []struct{ EniId, Name, NetworkInterfaceTrafficMode string }
	}
	check(bce.NewRequestBuilder(cards).WithURL("/v1/eni").WithMethod(http.GET).WithQueryParam("vpcId", net).
		WithQueryParam("name", cluster+"/").WithQueryParam("maxKeys", "1000").WithResult(&page).Do())
	found := map[string][]string{}
	for _, each := range page.Enis {
		expect(strings.HasPrefix(each.Name, cluster+"/"), true)
		found[each.NetworkInterfaceTrafficMode] = append(found[each.NetworkInterfaceTrafficMode], each.EniId)
	}
	return found
}
