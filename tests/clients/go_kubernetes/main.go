// What runs beside a Kubernetes cluster on Baidu AI Cloud, as client programs: the controllers of services, of pods' addresses and of nodes.
package main

import (
	"fmt"

	"github.com/baidubce/bce-sdk-go/services/bbc"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/blb"
	"github.com/baidubce/bce-sdk-go/services/eip"
	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

const (
	cluster = "cce-1a2b3c4d"
	looks   = 10
)

var (
	compute    *bcc.Client
	network    *vpc.Client
	balancing  *blb.Client
	addresses  *eip.Client
	cards      *eni.Client
	enterprise *esg.Client
	// servers has the host of its product, through a proxy: it shares paths with compute.
	servers *bbc.Client
)

func main() {
	compute = must(bcc.NewClient(accessKey, secretKey, endpoint))
	network = must(vpc.NewClient(accessKey, secretKey, endpoint))
	balancing = must(blb.NewClient(accessKey, secretKey, endpoint))
	addresses = must(eip.NewClient(accessKey, secretKey, endpoint))
	cards = must(eni.NewClient(accessKey, secretKey, endpoint))
	enterprise = must(esg.NewClient(accessKey, secretKey, endpoint))
	servers = must(bbc.NewClient(accessKey, secretKey, "http://bbc.bj.baidubce.com"))
	servers.Config.ProxyUrl = endpoint
	perform([]scenario{
		{"service-of-type-load-balancer", serviceOfTypeLoadBalancer},
		{"service-with-an-address-of-its-own", serviceWithAnAddressOfItsOwn},
		{"service-on-a-balancer-that-stays", serviceOnABalancerThatStays},
		{"routes-to-nodes", routesToNodes},
		{"addresses-of-pods", addressesOfPods},
		{"pods-that-keep-their-address", podsThatKeepTheirAddress},
		{"pods-in-other-subnets", podsInOtherSubnets},
		{"pods-with-two-stacks", podsWithTwoStacks},
		{"pods-on-the-main-card", podsOnTheMainCard},
		{"pods-on-servers", podsOnServers},
		{"pods-with-public-addresses", podsWithPublicAddresses},
		{"cards-that-come-to-nothing", cardsThatComeToNothing},
		{"what-a-cluster-looks-at", whatAClusterLooksAt},
		{"nodes-come-and-go", nodesComeAndGo},
	})
}

// until looks until it sees what it waits for, some seconds apart, and fails after so many looks.
func until(wanted string, seconds int, look func() string) {
	seen := ""
	for range looks {
		if seen = look(); seen == wanted {
			return
		}
		passSeconds(seconds)
	}
	panic(fmt.Sprintf("it is %q, and not %q, after %d looks", seen, wanted, looks))
}

// newNodes answers the ids of so many nodes that are running, in the subnet where nodes are.
func newNodes(count int) []string { return newNodesIn("", count) }

func newNodesIn(part string, count int) []string {
	made := must(compute.CreateInstanceBySpec(&api.CreateInstanceBySpecArgs{
		Spec: spec, ImageId: linux, AdminPass: password, ZoneName: zone, SubnetId: part, Name: "node", PurchaseCount: count,
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	})).InstanceIds
	expect(len(made), count)
	for _, id := range made {
		until("Running", 10, func() string { return string(must(compute.GetInstanceDetail(id)).Instance.Status) })
	}
	return made
}

// place is where a node is: its VPC and its subnet.
func place(node string) (net, part string) {
	seen := must(compute.GetInstanceDetail(node)).Instance
	return seen.VpcId, seen.SubnetId
}
