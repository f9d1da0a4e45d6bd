package main

import (
	"fmt"

	"github.com/baidubce/bce-sdk-go/services/eni"
)

// Addresses of pods: the network driver gives each node cards and fills them with addresses, some at a time, as pods come;
// when pods go it takes addresses off, and cards with nothing but their first one.

const atOnce = 8

func addressesOfPods() {
	beginAnew()
	nodes := newNodes(2)
	seen := map[string]bool{}
	for index, node := range nodes {
		prefix := fmt.Sprintf("%s/%s/node-%d/", cluster, node, index)
		card := newCard(node, prefix+"0001")
		for _, address := range fill(card) {
			expect(seen[address], false)
			seen[address] = true
		}
		net, _ := place(node)
		listed := must(cards.ListEni(&eni.ListEniArgs{VpcId: net, Name: prefix, MaxKeys: 1000})).Eni
		expect([]string{listed[0].EniId, listed[0].InstanceId, listed[0].Status}, []string{card, node, "inuse"})
		empty(card)
		dropCard(card, node)
	}
	_, err := cards.GetEniDetail("eni-nobodyknows0")
	refused(err, 404, "NoSuchObject")
	expect(meaning(err), gone)
	_, err = cards.GetEniDetail("eni-1")
	refused(err, 400, "EniIdException")
	expect(meaning(err), noCard)
	lostCard(nodes[0])
}

// newCard makes a card with the first address that is free, and attaches it; one that is available after that would have failed.
func newCard(node, name string) string {
	_, part := place(node)
	group := must(compute.GetInstanceDetail(node)).Instance.NicInfo.SecurityGroups
	made := must(cards.CreateEni(&eni.CreateEniArgs{
		Name: name, SubnetId: part, InstanceId: node, SecurityGroupIds: group, EnterpriseSecurityGroupIds: []string{},
		PrivateIpSet: []eni.PrivateIp{{Primary: true}},
	})).EniId
	until("available", 5, func() string { return must(cards.GetEniDetail(made)).Status })
	check(cards.AttachEniInstance(&eni.EniInstance{EniId: made, InstanceId: &node}))
	_, err := cards.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{EniId: made, PrivateIpAddresses: []string{}, PrivateIpAddressCount: 1})
	refused(err, 409, "EniStatusException")
	expect(must(cards.GetEniDetail(made)).Status, "attaching")
	until("inuse", 5, func() string { return must(cards.GetEniDetail(made)).Status })
	return made
}

// fill asks for as many addresses as a card takes, some at a time, until it is told that there is no more room.
func fill(card string) []string {
	got := []string{}
	for count := atOnce; count > 0; {
		added, err := cards.BatchAddPrivateIp(&eni.EniBatchPrivateIpArgs{
			EniId: card, PrivateIpAddresses: []string{}, PrivateIpAddressCount: count,
		})
		if err != nil {
			if meant := meaning(err); meant != cardFull && meant != subnetFull {
				panic(err)
			}
			count /= 2
			continue
		}
		expect(len(added.PrivateIpAddresses), count)
		got = append(got, added.PrivateIpAddresses...)
	}
	expect(len(must(cards.GetEniDetail(card)).PrivateIpSet), len(got)+1)
	if len(got) < atOnce-1 {
		panic(fmt.Sprint("a card takes no more than ", len(got)))
	}
	return got
}

// empty takes all addresses but the first off a card, some at a time, and each only once.
func empty(card string) {
	spare := []string{}
	for _, each := range must(cards.GetEniDetail(card)).PrivateIpSet {
		if !each.Primary {
			spare = append(spare, each.PrivateIpAddress)
		}
	}
	last := ""
	for len(spare) > 0 {
		some := spare[:min(atOnce, len(spare))]
		check(cards.BatchDeletePrivateIp(&eni.EniBatchPrivateIpArgs{EniId: card, PrivateIpAddresses: some}))
		last, spare = some[0], spare[len(some):]
	}
	err := cards.BatchDeletePrivateIp(&eni.EniBatchPrivateIpArgs{EniId: card, PrivateIpAddresses: []string{last}})
	refused(err, 400, "PrivateIPNotExistException")
	expect(meaning(err), notItsAddress)
}

func dropCard(card, node string) {
	check(cards.DetachEniInstance(&eni.EniInstance{EniId: card, InstanceId: &node}))
	until("available", 3, func() string { return must(cards.GetEniDetail(card)).Status })
	check(cards.DeleteEni(&eni.DeleteEniArgs{EniId: card}))
}

// lostCard is a node that goes with its card still attached: the driver finds it free, and takes it away.
func lostCard(node string) {
	card := newCard(node, cluster+"/"+node+"/lost")
	check(compute.DeleteInstance(node))
	settle()
	until("available", 3, func() string { return must(cards.GetEniDetail(card)).Status })
	check(cards.DeleteEni(&eni.DeleteEniArgs{EniId: card}))
}
