package main

import (
	"github.com/baidubce/bce-sdk-go/services/blb"
	"github.com/baidubce/bce-sdk-go/services/eip"
)

// A Service that names the public address at which it is to be reached: the address is its user's. The controller waits until
// it is free, binds it, unbinds it when the Service names another, and never deletes it.

func serviceWithAnAddressOfItsOwn() {
	beginAnew()
	nodes := newNodes(2)
	web := service{cluster + "/default/web", []port{{"TCP", 80, 30080}}, 0}
	first, second := newAddress("first"), newAddress("second")

	found := ensureBalancer(web, nodes)
	expect(len(must(addresses.ListEip(&eip.ListEipArgs{Eip: "198.51.100.1"})).EipList), 0)
	for range 2 {
		fixAddress(found.BlbId, first)
		expect(byID(found.BlbId).PublicIp, first)
	}
	fixAddress(found.BlbId, second)
	expect(byID(found.BlbId).PublicIp, second)
	until("available", 10, func() string { return stateOf(first) })

	other := ensureBalancer(service{cluster + "/default/other", web.ports, 0}, nodes)
	err := addresses.BindEip(second, &eip.BindEipArgs{InstanceType: "BLB", InstanceId: other.BlbId})
	refused(err, 409, "OperationDenied")
	expect([]string{byID(found.BlbId).PublicIp, byID(other.BlbId).PublicIp}, []string{second, ""})

	check(balancing.DeleteLoadBalancer(found.BlbId))
	until("available", 10, func() string { return stateOf(second) })
	fixAddress(other.BlbId, second)
	expect(byID(other.BlbId).PublicIp, second)
}

// A Service on a load balancer that was there before: when the Service goes, its listeners, its nodes and its address go from
// the load balancer, which stays; inside of the VPC it is reached at the balancer's own address.

func serviceOnABalancerThatStays() {
	beginAnew()
	nodes := newNodes(2)
	net, part := place(nodes[0])
	id := must(balancing.CreateLoadBalancer(&blb.CreateLoadBalancerArgs{Name: "mine", VpcId: net, SubnetId: part})).BlbId
	until("available", 6, func() string { return statusOf(id) })
	ports, public := []port{{"TCP", 80, 30080}, {"UDP", 53, 30053}}, newAddress("mine")
	reconcilePorts(id, ports)
	reconcileNodes(id, nodes)
	fixAddress(id, public)
	expect([]any{portsOf(id), nodesOf(id)}, []any{ports, sorted(nodes)})
	expect(byID(id).Address == "", false)

	reconcilePorts(id, nil)
	reconcileNodes(id, nil)
	check(addresses.UnBindEip(public, ""))
	until("available", 10, func() string { return stateOf(public) })
	expect([]any{portsOf(id), nodesOf(id), byID(id).PublicIp}, []any{[]port{}, []string{}, ""})
	expect(byID("lb-nobody00") == nil, true)
}

// fixAddress binds an address to a load balancer, in place of the one that it has; a Service is looked at again minutes later.
func fixAddress(id, wanted string) {
	switch bound := byID(id).PublicIp; bound {
	case wanted:
		return
	case "":
		until("available", 10, func() string { return stateOf(wanted) })
	default:
		expect(len(must(addresses.ListEip(&eip.ListEipArgs{Eip: bound})).EipList), 1)
		check(addresses.UnBindEip(bound, ""))
	}
	passSeconds(10)
	until("available", 10, func() string { return statusOf(id) })
	check(addresses.BindEip(wanted, &eip.BindEipArgs{InstanceType: "BLB", InstanceId: id}))
	settle()
}

// newAddress answers a public address that its user has, and that is bound to nothing.
func newAddress(name string) string {
	made := must(addresses.CreateEip(&eip.CreateEipArgs{
		Name: name, BandWidthInMbps: 100, Billing: &eip.Billing{PaymentTiming: "Postpaid", BillingMethod: "ByTraffic"},
	})).Eip
	until("available", 3, func() string { return stateOf(made) })
	return made
}

func byID(id string) *blb.BLBModel {
	found := must(balancing.DescribeLoadBalancers(&blb.DescribeLoadBalancersArgs{BlbId: id, ExactlyMatch: true})).BlbList
	if len(found) == 0 {
		return nil
	}
	return &found[0]
}
