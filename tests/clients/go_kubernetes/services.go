package main

import (
	"slices"

	"github.com/baidubce/bce-sdk-go/services/blb"
	"github.com/baidubce/bce-sdk-go/services/eip"
)

// A Service of type LoadBalancer: the cloud controller manager finds its load balancer by name, makes it, and brings
// ports, nodes and address in line with what the Service says, each time anew.

type service struct {
	name  string
	ports []uint16
	mbps  int
}

func serviceOfTypeLoadBalancer() {
	beginAnew()
	nodes := newNodes(3)
	web := service{cluster + "/default/web", []uint16{80, 443}, 100}

	address := ensure(web, nodes)
	id := find(web.name).BlbId
	expect(portsOf(id), []uint16{80, 443})
	expect(nodesOf(id), sorted(nodes))
	bound := must(addresses.ListEip(&eip.ListEipArgs{Eip: address})).EipList[0]
	expect([]string{bound.Status, bound.InstanceType, bound.InstanceId}, []string{"binded", "BLB", id})

	web.ports, web.mbps = []uint16{80, 8080}, 200
	expect(ensure(web, nodes[1:]), address)
	expect(portsOf(id), []uint16{80, 8080})
	expect(nodesOf(id), sorted(nodes[1:]))
	expect(must(addresses.ListEip(&eip.ListEipArgs{Eip: address})).EipList[0].BandWidthInMbps, 200)

	check(compute.DeleteInstance(nodes[2]))
	settle()
	expect(nodesOf(id), nodes[1:2])

	drop(web)
	expect(find(web.name) == nil, true)
	expect(len(must(addresses.ListEip(&eip.ListEipArgs{Eip: address})).EipList), 0)
	drop(web)
}

// ensure answers the public address at which a service is reached.
func ensure(wanted service, nodes []string) string {
	found := find(wanted.name)
	if found == nil {
		net, part := place(nodes[0])
		made := must(balancing.CreateLoadBalancer(&blb.CreateLoadBalancerArgs{
			Name: wanted.name, Description: "made by " + cluster, VpcId: net, SubnetId: part,
		}))
		until("available", 6, func() string { return statusOf(made.BlbId) })
		found = find(wanted.name)
	}
	reconcilePorts(found.BlbId, wanted.ports)
	reconcileNodes(found.BlbId, nodes)
	check(balancing.UpdateLoadBalancer(found.BlbId, &blb.UpdateLoadBalancerArgs{
		Name: wanted.name, Description: "reconciled by " + cluster,
	}))
	return reconcileAddress(found, wanted)
}

// reconcilePorts makes the listeners that are missing and deletes those that are too many, one call behind the other.
func reconcilePorts(id string, wanted []uint16) {
	there := portsOf(id)
	gone := slices.DeleteFunc(slices.Clone(there), func(port uint16) bool { return slices.Contains(wanted, port) })
	for _, port := range wanted {
		args := blb.CreateTCPListenerArgs{ListenerPort: port, BackendPort: 30000 + port, Scheduler: "RoundRobin"}
		if !slices.Contains(there, port) {
			check(balancing.CreateTCPListener(id, &args))
		}
	}
	if len(gone) > 0 {
		check(balancing.DeleteListeners(id, &blb.DeleteListenersArgs{PortList: gone}))
	}
}

func reconcileNodes(id string, wanted []string) {
	there, weight := nodesOf(id), 100
	added := []blb.BackendServerModel{}
	for _, node := range wanted {
		if !slices.Contains(there, node) {
			added = append(added, blb.BackendServerModel{InstanceId: node, Weight: &weight})
		}
	}
	if len(added) > 0 {
		check(balancing.AddBackendServers(id, &blb.AddBackendServersArgs{BackendServerList: added}))
	}
	gone := slices.DeleteFunc(there, func(node string) bool { return slices.Contains(wanted, node) })
	if len(gone) > 0 {
		check(balancing.RemoveBackendServers(id, &blb.RemoveBackendServersArgs{BackendServerList: gone}))
	}
}

func reconcileAddress(found *blb.BLBModel, wanted service) string {
	if found.PublicIp != "" {
		seen := must(addresses.ListEip(&eip.ListEipArgs{Eip: found.PublicIp})).EipList[0]
		if seen.BandWidthInMbps != wanted.mbps {
			check(addresses.ResizeEip(found.PublicIp, &eip.ResizeEipArgs{NewBandWidthInMbps: wanted.mbps}))
			until("binded", 3, func() string { return stateOf(found.PublicIp) })
		}
		return found.PublicIp
	}
	made := must(addresses.CreateEip(&eip.CreateEipArgs{
		Name: "web", BandWidthInMbps: wanted.mbps, Billing: &eip.Billing{PaymentTiming: "Postpaid", BillingMethod: "ByTraffic"},
	})).Eip
	until("available", 3, func() string { return stateOf(made) })
	until("available", 3, func() string { return statusOf(found.BlbId) })
	check(addresses.BindEip(made, &eip.BindEipArgs{InstanceType: "BLB", InstanceId: found.BlbId}))
	until("binded", 3, func() string { return stateOf(made) })
	return made
}

// drop deletes what a service has, as often as it is asked to.
func drop(gone service) {
	found := find(gone.name)
	if found == nil {
		return
	}
	if found.PublicIp != "" {
		check(addresses.UnBindEip(found.PublicIp, ""))
		passSeconds(5)
		check(addresses.DeleteEip(found.PublicIp, ""))
	}
	check(balancing.DeleteLoadBalancer(found.BlbId))
}

func find(name string) *blb.BLBModel {
	for _, each := range must(balancing.DescribeLoadBalancers(&blb.DescribeLoadBalancersArgs{Name: name})).BlbList {
		if each.Name == name {
			return &each
		}
	}
	return nil
}

func statusOf(id string) string {
	return string(must(balancing.DescribeLoadBalancers(&blb.DescribeLoadBalancersArgs{BlbId: id})).BlbList[0].Status)
}

func stateOf(address string) string {
	return must(addresses.ListEip(&eip.ListEipArgs{Eip: address})).EipList[0].Status
}

func portsOf(id string) []uint16 {
	ports := []uint16{}
	for _, each := range must(balancing.DescribeTCPListeners(id, &blb.DescribeListenerArgs{})).ListenerList {
		ports = append(ports, each.ListenerPort)
	}
	slices.Sort(ports)
	return ports
}

func nodesOf(id string) []string {
	nodes := []string{}
	for _, each := range must(balancing.DescribeBackendServers(id, &blb.DescribeBackendServersArgs{})).BackendServerList {
		nodes = append(nodes, each.InstanceId)
	}
	return sorted(nodes)
}

func sorted(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return texts
}
