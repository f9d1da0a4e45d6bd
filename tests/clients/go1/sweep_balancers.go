package main

const (
	nobodysBalancer = "lb-00000000"
	certificate     = "cert-zfj2ey2z4kmm"
)

// balanced is a sweep of the methods that take a load balancer and, some of them, arguments.
type balanced struct {
	*sweeper
	balancer string
}

// try calls a method as it succeeds, and for a load balancer that is not there.
func (b balanced) try(method string, arguments ...any) answer {
	came := b.settled(method, append([]any{b.balancer}, arguments...)...)
	b.refused("InstanceNotFound", method, append([]any{nobodysBalancer}, arguments...)...)
	return came
}

func newBalancer(on *sweeper) (made balanced, net string) {
	net, part := home()
	order := object{"name": "web", "vpcId": net, "subnetId": part, "tags": tags}
	made = balanced{on, on.settled("CreateLoadBalancer", order).at("blbId")}
	on.refused("NoSuchObject", "CreateLoadBalancer", with(order, object{"subnetId": "sbn-unknown"}))
	on.done("DescribeLoadBalancers", object{"name": "web"})
	on.refused("InvalidParameter", "DescribeLoadBalancers", object{"marker": "lb-nowhere"})
	made.try("UpdateLoadBalancer", object{"name": "renamed", "desc": "what it is for"})
	return made, net
}

// bindGroups binds security groups of both kinds to a load balancer.
func (b balanced) bindGroups(net string) {
	groups := object{"securityGroupIds": []string{newGroup(net)}}
	b.try("BindSecurityGroups", groups)
	b.try("DescribeSecurityGroups")
	b.try("UnbindSecurityGroups", groups)
	if onESG.has("CreateEsg") {
		guards := object{"enterpriseSecurityGroupIds": []string{newEnterpriseGroup()}}
		b.try("BindEnterpriseSecurityGroups", guards)
		b.try("DescribeEnterpriseSecurityGroups")
		b.try("UnbindEnterpriseSecurityGroups", guards)
	}
}

// listeners are those of each protocol; their methods' names have something before it, and one for UDP is asked something.
func (b balanced) listeners(before string, common, asking object) {
	secured := object{"certIds": []string{certificate}}
	for _, each := range []step{
		{"TCP", object{"listenerPort": 80}}, {"UDP", with(asking, object{"listenerPort": 53})}, {"HTTP", object{"listenerPort": 8080}},
		{"HTTPS", with(secured, object{"listenerPort": 443})}, {"SSL", with(secured, object{"listenerPort": 9443})},
	} {
		order := with(common, each.arguments)
		b.try("Create"+before+each.method+"Listener", order)
		b.try("Update"+before+each.method+"Listener", with(order, object{"scheduler": "RoundRobin"}))
		b.try("Describe"+before+each.method+"Listeners", object{"listenerPort": each.arguments["listenerPort"]})
	}
	b.try("Describe"+before+"AllListeners", object{})
	seen := b.try("DescribeLoadBalancerDetail")
	expect([]string{seen.at("desc"), seen.at("status")}, []string{"what it is for", "available"})
}

func ordinaryBalancers() {
	b, net := newBalancer(onBLB)
	if b.has("UpdateLoadBalancerAcl") {
		b.try("UpdateLoadBalancerAcl", object{"supportAcl": true})
	}
	b.listeners("", object{"backendPort": 8080, "scheduler": "RoundRobin"}, object{"healthCheckString": "ping"})
	id := running()
	servers := object{"backendServerList": []object{{"instanceId": id, "weight": 50}}}
	b.try("AddBackendServers", servers)
	b.try("UpdateBackendServers", servers)
	expect(b.try("DescribeBackendServers", object{}).at("backendServerList.instanceId"), id)
	b.try("DescribeHealthStatus", object{"listenerPort": 80})
	b.try("RemoveBackendServers", object{"backendServerList": []string{id}})
	b.bindGroups(net)
	b.try("DeleteListeners", object{"portList": []int{53, 80}})
	b.try("DeleteLoadBalancer")
	onBLB.done("DescribeLbClusters", object{})
	onBLB.refused("InvalidParameter", "DescribeLbClusters", object{"marker": "cluster-unknown"})
	onBLB.refused("NoSuchObject", "DescribeLbClusterDetail", "cluster-unknown")
	paidBalancers()
}

func paidBalancers() {
	net, part := home()
	order := object{"name": "paid", "vpcId": net, "subnetId": part, "performanceLevel": "small1", "billing": prepaid}
	b := balanced{onBLB, onBLB.settled("CreateLoadBalancer", order).at("blbId")}
	if !b.has("RefundLoadBalancer") {
		return
	}
	b.try("StartLoadBalancerAutoRenew", object{"autoRenewLength": 1, "autoRenewTimeUnit": "month"})
	b.try("ResizeLoadBalancer", object{"performanceLevel": "small2"})
	later := object{"billingMethod": "BySpec", "performanceLevel": "small2", "effectiveImmediately": false}
	b.try("ChangeToPostpaid", later)
	b.try("CancelChangeToPostpaid")
	b.try("RefundLoadBalancer", object{})
	used := with(order, object{"name": "used", "billing": postpaid})
	c := balanced{onBLB, onBLB.settled("CreateLoadBalancer", used).at("blbId")}
	c.try("ChangeToPrepaid", object{"billingMethod": "BySpec", "performanceLevel": "small1", "reservationLength": 1})
}

func applicationBalancers() {
	b, net := newBalancer(onApp)
	b.listeners("App", object{"scheduler": "RoundRobin"}, object{})
	servers := b.serverGroups()
	addresses := b.addressGroups()
	b.policies(servers, addresses)
	b.bindGroups(net)
	b.try("DeleteAppServerGroup", object{"sgId": servers})
	if b.has("DeleteAppIpGroup") {
		b.try("DeleteAppIpGroup", object{"ipGroupId": addresses})
	}
	b.try("DeleteAppListeners", object{"portList": []int{53, 80}})
	b.try("DeleteLoadBalancer")
}

func (b balanced) serverGroups() string {
	instance, other := running(), running()
	servers := []object{{"instanceId": instance, "weight": 50}}
	made := b.try("CreateAppServerGroup", object{"name": "servers", "backendServerList": servers})
	group := object{"sgId": made.at("id")}
	b.try("UpdateAppServerGroup", with(group, object{"name": "renamed", "desc": "another"}))
	check := object{"port": 8080, "type": "HTTP", "healthCheck": "HTTP", "healthCheckUrlPath": "/up"}
	port := b.try("CreateAppServerGroupPort", with(group, check)).at("id")
	b.try("UpdateAppServerGroupPort", with(group, object{"portId": port, "healthCheckUrlPath": "/"}))
	b.try("DescribeAppServerGroup", object{"name": "renamed"})
	check = object{"port": 53, "type": "UDP", "udpHealthCheckString": "ping"}
	spare := b.settled("CreateAppServerGroupPort", b.balancer, with(group, check)).at("id")
	b.try("DeleteAppServerGroupPort", with(group, object{"portIdList": []string{spare}}))
	added := with(group, object{"backendServerList": []object{{"instanceId": other, "weight": 50}}})
	b.try("CreateBlbRs", added)
	b.try("UpdateBlbRs", added)
	b.try("DescribeBlbRs", group)
	expect(b.try("DescribeRsMount", group["sgId"]).at("backendServerList.instanceId") != "absent", true)
	b.try("DeleteBlbRs", with(group, object{"backendServerIdList": []string{other}}))
	b.try("DescribeRsUnMount", group["sgId"])
	return made.at("id")
}

func (b balanced) addressGroups() string {
	if !b.has("CreateAppIpGroup") {
		return ""
	}
	member := object{"ip": "10.0.0.1", "port": 80, "weight": 10}
	made := b.try("CreateAppIpGroup", object{"name": "addresses", "memberList": []object{member}})
	group := object{"ipGroupId": made.at("id")}
	b.try("UpdateAppIpGroup", with(group, object{"name": "renamed", "desc": "another"}))
	check := object{"type": "HTTP", "healthCheck": "HTTP", "healthCheckPort": 8081, "healthCheckUrlPath": "/up"}
	b.try("CreateAppIpGroupBackendPolicy", with(group, check))
	policy := b.try("DescribeAppIpGroup", object{"name": "renamed"}).at("appIpGroupList.backendPolicyList.id")
	b.try("UpdateAppIpGroupBackendPolicy", with(group, object{"id": policy, "healthCheckUrlPath": "/"}))
	b.try("DeleteAppIpGroupBackendPolicy", with(group, object{"backendPolicyIdList": []string{policy}}))
	b.settled("CreateAppIpGroupBackendPolicy", b.balancer, with(group, check))
	b.try("CreateAppIpGroupMember", with(group, object{"memberList": []object{with(member, object{"ip": "10.0.0.2"})}}))
	newest := b.try("DescribeAppIpGroupMember", group).at("memberList.memberId")
	change := object{"memberId": newest, "port": 80, "weight": 20}
	b.try("UpdateAppIpGroupMember", with(group, object{"memberList": []object{change}}))
	b.try("DeleteAppIpGroupMember", with(group, object{"memberIdList": []string{newest}}))
	return made.at("id")
}

func (b balanced) policies(servers, addresses string) {
	rules := []object{{"key": "*", "value": "*"}}
	policy := object{"appServerGroupId": servers, "backendPort": 8080, "priority": 100, "ruleList": rules, "desc": "all"}
	b.try("CreatePolicys", object{"listenerPort": 8080, "type": "HTTP", "appPolicyVos": []object{policy}})
	found := b.try("DescribePolicys", object{"port": 8080, "type": "HTTP"}).at("policyList.id")
	if b.has("UpdatePolicys") {
		change := object{"policyId": found, "priority": 7, "description": "first"}
		b.try("UpdatePolicys", object{"port": 8080, "type": "HTTP", "policyList": []object{change}})
	}
	b.try("DeletePolicys", object{"port": 8080, "type": "HTTP", "policyIdList": []string{found}})
}
