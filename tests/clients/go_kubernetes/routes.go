package main

import (
	"slices"

	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// Routes to nodes: each node has a range of addresses for its pods, and the controller keeps one route to it in the table of
// the VPC. It looks at the whole table, of which the VPC's own route is the first, takes away what leads to another node, and
// makes what is missing.

const everywhere = "0.0.0.0/0"

func routesToNodes() {
	beginAnew()
	nodes := newNodes(3)
	net, _ := place(nodes[0])
	first, second := "172.16.0.0/24", "172.16.1.0/24"
	for range 2 {
		ensureRoute(net, first, nodes[0])
		ensureRoute(net, second, nodes[1])
	}
	expect(routesIn(net), map[string]string{first: nodes[0], second: nodes[1]})
	ensureRoute(net, first, nodes[2])
	expect(routesIn(net), map[string]string{first: nodes[2], second: nodes[1]})
	for range 2 {
		dropRoutes(net, first)
	}
	expect(routesIn(net), map[string]string{second: nodes[1]})
	refused(network.DeleteRouteRule("rr-UNKNOWN0", ""), 404, "NoSuchObject")
	_, err := addRoute(net, second, nodes[2])
	expect(meaning(err), routeThere)
	control("PUT", "facts", object{"vpc.routeRuleQuota": 1})
	_, err = addRoute(net, first, nodes[2])
	expect(meaning(err), tableFull)
}

func ensureRoute(net, pods, node string) {
	table := must(network.GetRouteTableDetail("", net)).RouteRules
	if slices.ContainsFunc(table, func(rule vpc.RouteRule) bool { return leads(rule, pods) && rule.NexthopId == node }) {
		return
	}
	dropRoutes(net, pods)
	must(addRoute(net, pods, node))
}

func addRoute(net, pods, node string) (*vpc.CreateRouteRuleResult, error) {
	return network.CreateRouteRule(&vpc.CreateRouteRuleArgs{
		RouteTableId: must(network.GetRouteTableDetail("", net)).RouteRules[0].RouteTableId, NexthopType: vpc.NEXTHOP_TYPE_CUSTOM,
		Description: "made by " + cluster, SourceAddress: everywhere, DestinationAddress: pods, NexthopId: node,
	})
}

// dropRoutes deletes each route to a range, as often as it is asked to.
func dropRoutes(net, pods string) {
	for _, rule := range must(network.GetRouteTableDetail("", net)).RouteRules {
		if leads(rule, pods) {
			check(network.DeleteRouteRule(rule.RouteRuleId, ""))
		}
	}
}

func leads(rule vpc.RouteRule, pods string) bool {
	return rule.DestinationAddress == pods && rule.SourceAddress == everywhere
}

// routesIn are the nodes of a VPC to which routes lead, by their ranges.
func routesIn(net string) map[string]string {
	found := map[string]string{}
	for _, rule := range must(network.GetRouteTableDetail("", net)).RouteRules {
		if rule.NexthopType == vpc.NEXTHOP_TYPE_CUSTOM {
			found[rule.DestinationAddress] = rule.NexthopId
		}
	}
	return found
}
