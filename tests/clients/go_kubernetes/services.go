package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/baidubce/bce-sdk-go/services/blb"
	"github.com/baidubce/bce-sdk-go/services/eip"
)

// A Service of type LoadBalancer: the cloud controller manager finds its load balancer by name, makes it, and brings
// ports, nodes and address in line with what the Service says, each time anew.

type service struct {
	name  string
	ports []port
	mbps  int
}

// port is a port of a service, and the one at which the nodes have it.
type port struct {
	protocol     string
	number, node uint16
}

func serviceOfTypeLoadBalancer() {
	beginAnew()
	nodes := newNodes(3)
	http, names := port{"TCP", 80, 30080}, port{"UDP", 53, 30053}
	web := service{cluster + "/default/web", []port{http, {"TCP", 443, 30443}, names}, 100}

	address := ensure(web, nodes)
	id := find(web.name).BlbId
	expect(portsOf(id), web.ports)
	expect(nodesOf(id), sorted(nodes))
	bound := must(addresses.ListEip(&eip.ListEipArgs{Eip: address})).EipList[0]
	expect([]string{bound.Status, bound.InstanceType, bound.InstanceId}, []string{"binded", "BLB", id})

	http.node, names.node = 31080, 31053
	web.ports, web.mbps = []port{http, {"TCP", 8080, 30808}, names}, 200
	expect(ensure(web, nodes[1:]), address)
	expect(portsOf(id), web.ports)
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
	found := ensureBalancer(wanted, nodes)
	check(balancing.UpdateLoadBalancer(found.BlbId, &blb.UpdateLoadBalancerArgs{
		Name: wanted.name, Description: "reconciled by " + cluster,
	}))
	return reconcileAddress(found, wanted)
}

// ensureBalancer answers the load balancer of a service, with its ports and nodes.
func ensureBalancer(wanted service, nodes []string) *blb.BLBModel {
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
	return found
}

// reconcilePorts changes the listeners that lead to another port of the nodes, deletes those that are too many, and makes
// those that are missing, one call behind the other.
func reconcilePorts(id string, wanted []port) {
	gone, there := []uint16{}, map[uint16]bool{}
	for _, each := range portsOf(id) {
		at := slices.IndexFunc(wanted, func(one port) bool { return one.number == each.number })
		if at < 0 {
			gone = append(gone, each.number)
			continue
		}
		there[each.number] = true
		if wanted[at] != each {
			change(id, wanted[at])
		}
	}
	if len(gone) > 0 {
		check(balancing.DeleteListeners(id, &blb.DeleteListenersArgs{PortList: gone}))
	}
	for _, each := range wanted {
		if !there[each.number] {
			open(id, each)
		}
	}
}

func open(id string, wanted port) {
	if wanted.protocol == "UDP" {
		check(balancing.CreateUDPListener(id, &blb.CreateUDPListenerArgs{
			ListenerPort: wanted.number, BackendPort: wanted.node, Scheduler: "RoundRobin", HealthCheckString: "HealthCheck",
		}))
		return
	}
	check(balancing.CreateTCPListener(id, &blb.CreateTCPListenerArgs{
		ListenerPort: wanted.number, BackendPort: wanted.node, Scheduler: "RoundRobin",
	}))
}

func change(id string, wanted port) {
	if wanted.protocol == "UDP" {
		check(balancing.UpdateUDPListener(id, &blb.UpdateUDPListenerArgs{
			ListenerPort: wanted.number, BackendPort: wanted.node, Scheduler: "RoundRobin", HealthCheckString: "HealthCheck",
		}))
		return
	}
	check(balancing.UpdateTCPListener(id, &blb.UpdateTCPListenerArgs{
		ListenerPort: wanted.number, BackendPort: wanted.node, Scheduler: "RoundRobin",
	}))
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

// drop deletes what a service has, as often as it is asked to: the load balancer first, which lets its address go.
func drop(gone service) {
	found := find(gone.name)
	if found == nil {
		return
	}
	check(balancing.DeleteLoadBalancer(found.BlbId))
	if found.PublicIp != "" {
		until("available", 10, func() string { return stateOf(found.PublicIp) })
		check(addresses.DeleteEip(found.PublicIp, ""))
	}
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

// portsOf are the listeners of both protocols, TCP first, by their numbers.
func portsOf(id string) []port {
	ports := []port{}
	for _, each := range must(balancing.DescribeTCPListeners(id, &blb.DescribeListenerArgs{})).ListenerList {
		ports = append(ports, port{"TCP", each.ListenerPort, each.BackendPort})
	}
	for _, each := range must(balancing.DescribeUDPListeners(id, &blb.DescribeListenerArgs{})).ListenerList {
		ports = append(ports, port{"UDP", each.ListenerPort, each.BackendPort})
	}
	slices.SortFunc(ports, func(one, other port) int {
		return cmp.Or(strings.Compare(one.protocol, other.protocol), int(one.number)-int(other.number))
	})
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
