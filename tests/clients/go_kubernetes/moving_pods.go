package main

import (
	"net/netip"

	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// Pods of a StatefulSet keep their address where they go: it is taken off the card of the old node, and added to that of the
// new one. Where it is not free any more, any other does.

func podsThatKeepTheirAddress() {
	beginAnew()
	nodes := newNodes(2)
	before, after := newCard(nodes[0], cluster+"/before"), newCard(nodes[1], cluster+"/after")

	kept := must(addAddress(before, ""))
	check(dropAddress(before, kept))
	expect(must(addAddress(after, kept)), kept)
	_, err := addAddress(before, kept)
	expect(meaning(err), taken)
	expect(must(addAddress(before, "")) == kept, false)
	expect(meaning(dropAddress(before, kept)), notItsAddress)

	planFault("AddEniIp", object{"error": "RateLimit"})
	_, err = addAddress(after, "")
	expect(meaning(err), tooFast)
	must(addAddress(after, ""))
	planFault("BatchAddEniIp", object{"error": "ExceedLimitException"})
	_, err = cards.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{EniId: after, PrivateIpAddressCount: 2})
	expect(meaning(err), serverFull)

	dropCard(after, nodes[1])
	expect(meaning(dropAddress(after, kept)), gone)
	expect(meaning(dropAddress("eni-1", kept)), noCard)
	expect(must(addAddress(before, kept)), kept)
}

// Pods of other subnets than their node's: one address at a time, any or the one that a pod had, until the subnet is full.

func podsInOtherSubnets() {
	beginAnew()
	nodes := newNodes(2)
	net, _ := place(nodes[0])
	there := must(network.CreateSubnet(&vpc.CreateSubnetArgs{
		Name: "pods", ZoneName: zone, Cidr: "192.168.240.0/29", VpcId: net,
	})).SubnetId
	before, after := newCard(nodes[0], cluster+"/before"), newCard(nodes[1], cluster+"/after")
	free := freeIn(there)

	first := must(across(before, there, ""))
	expect(netip.MustParsePrefix("192.168.240.0/29").Contains(netip.MustParseAddr(first)), true)
	expect(freeIn(there), free-1)
	check(cards.BatchDeletePrivateIp(&eni.EniBatchPrivateIpArgs{EniId: before, PrivateIpAddresses: []string{first}}))
	expect(must(across(after, there, first)), first)
	_, err := across(before, there, first)
	expect(meaning(err), taken)
	for range free - 1 {
		must(across(before, there, ""))
	}
	expect(freeIn(there), 0)
	_, err = across(before, there, "")
	expect(meaning(err), subnetFull)
	_, err = cards.CreateEni(&eni.CreateEniArgs{
		Name: cluster + "/full", SubnetId: there, SecurityGroupIds: []string{}, EnterpriseSecurityGroupIds: []string{},
		PrivateIpSet: []eni.PrivateIp{{Primary: true}},
	})
	expect(meaning(err), subnetFull)
	_, err = network.GetSubnetDetail("sbn-nobodyknows0")
	expect(meaning(err), gone)
}

// Pods with two stacks: as many IPv6 addresses as IPv4 ones, none of them a primary one, and a route for each range.

func podsWithTwoStacks() {
	beginAnew()
	net := must(network.CreateVPC(&vpc.CreateVPCArgs{Name: "both", Cidr: "10.0.0.0/16", EnableIpv6: true})).VPCID
	part := must(network.CreateSubnet(&vpc.CreateSubnetArgs{
		Name: "both", ZoneName: zone, Cidr: "10.0.0.0/24", VpcId: net, EnableIpv6: true,
	})).SubnetId
	node := newNodesIn(part, 1)[0]
	card := newCard(node, cluster+"/both")

	four := must(cards.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{EniId: card, PrivateIpAddressCount: 3})).PrivateIpAddresses
	six := must(cards.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{
		EniId: card, PrivateIpAddressCount: 3, IsIpv6: true,
	})).PrivateIpAddresses
	expect([]int{len(four), len(six)}, []int{3, 3})
	for _, each := range must(cards.GetEniDetail(card)).Ipv6PrivateIpSet {
		expect(each.Primary, false)
		expect(netip.MustParseAddr(each.PrivateIpAddress).Is6(), true)
	}
	check(cards.BatchDeletePrivateIp(&eni.EniBatchPrivateIpArgs{EniId: card, PrivateIpAddresses: six, IsIpv6: true}))
	expect(len(must(cards.GetEniDetail(card)).Ipv6PrivateIpSet), 0)

	table := must(network.GetRouteTableDetail("", net)).RouteRules[0].RouteTableId
	for source, pods := range map[string]string{everywhere: "172.16.0.0/24", "::/0": "fd00:172:16::/64"} {
		must(network.CreateRouteRule(&vpc.CreateRouteRuleArgs{
			RouteTableId: table, NexthopType: vpc.NEXTHOP_TYPE_CUSTOM, SourceAddress: source, DestinationAddress: pods, NexthopId: node,
		}))
	}
	expect(routesIn(net), map[string]string{"172.16.0.0/24": node, "fd00:172:16::/64": node})
}

func addAddress(card, address string) (string, error) {
	added, err := cards.AddPrivateIp(&eni.EniPrivateIpArgs{EniId: card, PrivateIpAddress: address})
	if err != nil {
		return "", err
	}
	return added.PrivateIpAddress, nil
}

func dropAddress(card, address string) error {
	return cards.DeletePrivateIp(&eni.EniPrivateIpArgs{EniId: card, PrivateIpAddress: address})
}

// across adds an address of another subnet to a card: a certain one, or any.
func across(card, part, address string) (string, error) {
	args := &eni.EniBatchAddPrivateIpCrossSubnetArgs{EniId: card, SubnetId: part, PrivateIpAddressCount: 1}
	if address != "" {
		args = &eni.EniBatchAddPrivateIpCrossSubnetArgs{
			EniId: card, PrivateIps: []eni.PrivateIpArgs{{PrivateIpAddress: address, SubnetId: part}},
		}
	}
	added, err := cards.BatchAddPrivateIpCrossSubnet(args)
	if err != nil {
		return "", err
	}
	expect(len(added.PrivateIpAddresses), 1)
	return added.PrivateIpAddresses[0], nil
}

func freeIn(part string) int { return must(network.GetSubnetDetail(part)).Subnet.AvailableIp }
