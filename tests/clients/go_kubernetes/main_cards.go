package main

import (
	"github.com/baidubce/bce-sdk-go/services/bbc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
)

// Nodes that take no further cards have their pods' addresses on the card that they were made with: it is not among the cards
// of the VPC, and the calls of instances and servers are about it.

func podsOnTheMainCard() {
	beginAnew()
	node := newNodes(1)[0]
	card := must(compute.GetInstanceDetail(node)).Instance.NicInfo.EniId

	added := must(compute.BatchAddIP(&api.BatchAddIpArgs{InstanceId: node, SecondaryPrivateIpAddressCount: 3})).PrivateIps
	expect(len(added), 3)
	main := mainCard(node, card)
	expect(main.MacAddress == "", false)
	expect([]string{main.SubnetId, main.Status}, []string{must(compute.GetInstanceDetail(node)).Instance.SubnetId, "inuse"})
	shown := map[string]bool{}
	for _, each := range main.PrivateIpSet {
		shown[each.PrivateIpAddress] = each.Primary
	}
	expect(len(shown), 4)
	for _, address := range added {
		primary, there := shown[address]
		expect([]bool{there, primary}, []bool{true, false})
	}
	for _, each := range must(compute.GetInstanceDetail(node)).Instance.NicInfo.Ips {
		expect(each.Primary == "true", shown[each.PrivateIp])
	}
	check(compute.BatchDelIP(&api.BatchDelIpArgs{InstanceId: node, PrivateIps: added[:2]}))
	expect(len(mainCard(node, card).PrivateIpSet), 2)
	err := compute.BatchDelIP(&api.BatchDelIpArgs{InstanceId: node, PrivateIps: added[:1]})
	expect(meaning(err), notItsAddress)
}

func mainCard(node, card string) api.Eni {
	for _, each := range must(compute.ListInstanceEnis(node)).EniList {
		if each.EniId == card {
			return each
		}
	}
	panic(card + " is not among the cards of " + node)
}

func podsOnServers() {
	beginAnew()
	server := must(servers.CreateInstance(&bbc.CreateInstanceArgs{
		FlavorId: "BBC-I1-01", ImageId: "m-d6RzP1eT", RaidId: "raid-c7Tq2WnB", ZoneName: zone, PurchaseCount: 1, Name: "node",
		AdminPass: password, Billing: bbc.Billing{PaymentTiming: bbc.PaymentTimingPostPaid},
	})).InstanceIds[0]
	until("Running", 60, func() string { return string(must(servers.GetInstanceDetail(server)).Status) })
	card := must(servers.GetInstanceEni(server))
	expect(card.MacAddress == "", false)
	expect([]any{len(card.PrivateIpSet), card.PrivateIpSet[0].Primary, card.PrivateIpSet[0].SubnetId}, []any{1, true, card.SubnetId})

	got := must(servers.BatchAddIP(&bbc.BatchAddIpArgs{InstanceId: server, SecondaryPrivateIpAddressCount: 5})).PrivateIps
	for count := atOnce; count > 0; {
		added, err := servers.BatchAddIPCrossSubnet(&bbc.BatchAddIpCrossSubnetArgs{
			InstanceId: server,
			SingleEniAndSubentIps: []bbc.SingleEniAndSubentIp{
				{EniId: card.Id, SubnetId: card.SubnetId, SecondaryPrivateIpAddressCount: count},
			},
		})
		if err != nil {
			expect(meaning(err), serverFull)
			count /= 2
			continue
		}
		got = append(got, added.PrivateIps...)
	}
	expect(len(must(servers.GetInstanceEni(server)).PrivateIpSet), len(got)+1)
	expect(len(got), 39)
	_, err := servers.BatchAddIP(&bbc.BatchAddIpArgs{InstanceId: server, SecondaryPrivateIpAddressCount: 1})
	expect(meaning(err), serverFull)
	check(servers.BatchDelIP(&bbc.BatchDelIpArgs{InstanceId: server, PrivateIps: got[:1]}))
	err = servers.BatchDelIP(&bbc.BatchDelIpArgs{InstanceId: server, PrivateIps: got[:1]})
	refused(err, 400, "NoSuchObject")
	expect(meaning(err), gone)
}
