package main

import (
	"github.com/baidubce/bce-sdk-go/services/eip"
	"github.com/baidubce/bce-sdk-go/services/eni"
)

// Pods with public addresses: the driver binds one that its user has to an address of a card, and has the node see it itself;
// what is refused it asks again ten seconds later.

func podsWithPublicAddresses() {
	beginAnew()
	node := newNodes(1)[0]
	card := newCard(node, cluster+"/public")
	pod, public := must(addAddress(card, "")), newAddress("pod")

	bind := &eni.BindEniPublicIpArgs{EniId: card, PrivateIpAddress: pod, PublicIpAddress: public}
	again(func() error { return cards.BindEniPublicIp(bind) })
	again(func() error { return addresses.DirectEip(public, "") })
	bound := must(addresses.ListEip(&eip.ListEipArgs{Eip: public})).EipList[0]
	expect([]string{bound.Status, bound.InstanceType, bound.InstanceId}, []string{"binded", "ENI", card})
	for _, each := range must(cards.GetEniDetail(card)).PrivateIpSet {
		expect(each.PublicIpAddress == public, each.PrivateIpAddress == pod)
	}
	again(func() error { return addresses.UnDirectEip(public, "") })
	again(func() error {
		return cards.UnBindEniPublicIp(&eni.UnBindEniPublicIpArgs{EniId: card, PublicIpAddress: public})
	})
	until("available", 3, func() string { return stateOf(public) })
}

// again tries until nothing is refused, ten seconds apart.
func again(try func() error) {
	until("done", 10, func() string {
		if err := try(); err != nil {
			return err.Error()
		}
		return "done"
	})
}
