package main

const (
	lineSecret = "qwer@12345"
	nobodysVpn = "vpn-unknown"
)

func serviceCards() {
	net, part := home()
	service := onEndpoint.done("GetServices").at("services")
	order := object{"vpcId": net, "subnetId": part, "name": "card", "service": service, "billing": postpaid, "tags": tags}
	card := onEndpoint.settled("CreateEndpoint", order).at("id")
	onEndpoint.refused("NoSuchObject", "CreateEndpoint", with(order, object{"subnetId": "sbn-unknown"}))
	onEndpoint.done("ListEndpoints", object{"vpcId": net})
	onEndpoint.refused("BadRequest", "ListEndpoints", object{"vpcId": net, "marker": "endpoint-unknown"})
	try := func(method string, arguments ...any) {
		onEndpoint.settled(method, append([]any{card}, arguments...)...)
		onEndpoint.refused("NoSuchObject", method, append([]any{"endpoint-unknown"}, arguments...)...)
	}
	try("UpdateEndpoint", object{"name": "renamed"})
	group := newGroup(net)
	if onEndpoint.has("UpdateEndpointNormalSecurityGroup") {
		try("UpdateEndpointNormalSecurityGroup", object{"securityGroupIds": []string{group}})
		try("GetEndpointDetail")
		try("UpdateEndpointEnterpriseSecurityGroup", object{"enterpriseSecurityGroupIds": []string{newEnterpriseGroup()}})
	}
	try("GetEndpointDetail")
	try("DeleteEndpoint", "")
}

func privateNetworks() {
	net, _ := home()
	order := object{"vpcId": net, "vpnName": "gateway", "billing": postpaid}
	gateway := onVPN.settled("CreateVpnGateway", order).at("vpnId")
	onVPN.refused("NoSuchObject", "CreateVpnGateway", with(order, object{"vpcId": "vpc-unknown"}))
	onVPN.done("ListVpnGateway", object{"vpcId": net})
	onVPN.refused("BadRequest", "ListVpnGateway", object{"vpcId": net, "marker": nobodysVpn})
	try := func(method, id string, arguments ...any) {
		onVPN.settled(method, append([]any{id}, arguments...)...)
		onVPN.refused("NoSuchObject", method, append([]any{nobodysVpn}, arguments...)...)
	}
	try("UpdateVpnGateway", gateway, object{"vpnName": "renamed", "description": "another"})
	try("BindEip", gateway, object{"eip": newAddress()})
	tunnels(gateway)
	try("GetVpnGatewayDetail", gateway)
	try("UnBindEip", gateway, "")
	protected := object{"vpnId": gateway, "deleteProtect": true}
	onVPN.done("UpdateVpnDeleteProtect", protected)
	onVPN.refused("NoSuchObject", "UpdateVpnDeleteProtect", with(protected, object{"vpnId": nobodysVpn}))
	onVPN.done("UpdateVpnDeleteProtect", with(protected, object{"deleteProtect": false}))
	paid := onVPN.settled("CreateVpnGateway", with(order, object{"vpnName": "paid", "billing": prepaid})).at("vpnId")
	try("RenewVpnGateway", paid, object{"billing": prepaid})
	try("DeleteVpn", gateway, "")
	again := onVPN.settled("CreateVpnGateway", order).at("vpnId")
	try("DeleteVpnGateway", again, "")
	dialIns(order)
}

func tunnels(gateway string) {
	ike := object{"ikeVersion": "v1", "ikeMode": "main", "ikeEncAlg": "aes", "ikeAuthAlg": "sha1", "ikePfs": "group2", "ikeLifeTime": 25500}
	ipsec := object{"ipsecEncAlg": "aes", "ipsecAuthAlg": "sha1", "ipsecPfs": "group2", "ipsecLifetime": 26500}
	order := object{
		"vpnId": gateway, "vpnConnName": "tunnel", "secretKey": lineSecret, "localSubnets": []string{"192.168.0.0/20"},
		"remoteIp": "203.0.113.7", "remoteSubnets": []string{"10.20.0.0/24"}, "ikeConfig": ike, "ipsecConfig": ipsec,
	}
	tunnel := onVPN.settled("CreateVpnConn", order).at("vpnConnId")
	onVPN.refused("NoSuchObject", "CreateVpnConn", with(order, object{"vpnId": nobodysVpn}))
	change := object{"vpnConnId": tunnel, "updateVpnconn": with(order, object{"vpnConnName": "renamed"})}
	if onVPN.tried["UpdateVpnConn"] = true; allMethods { // in old versions nobody outside of the SDK can fill the arguments
		onVPN.settled("UpdateVpnConn", change)
		onVPN.refused("NoSuchObject", "UpdateVpnConn", with(change, object{"vpnConnId": "vpnconn-unknown"}))
	}
	onVPN.done("ListVpnConn", gateway)
	onVPN.refused("NoSuchObject", "ListVpnConn", nobodysVpn)
	onVPN.settled("DeleteVpnConn", tunnel, "")
	onVPN.refused("NoSuchObject", "DeleteVpnConn", tunnel, "")
}

func dialIns(order object) {
	if !onVPN.has("CreateSslVpnServer") {
		return
	}
	gateway := onVPN.settled("CreateVpnGateway", with(order, object{"vpnName": "ssl", "type": "SSL", "maxConnection": 10})).at("vpnId")
	routes := object{"sslVpnServerName": "server", "localSubnets": []string{"192.168.0.0/20"}, "remoteSubnet": "10.20.0.0/24"}
	into := object{"vpnId": gateway}
	server := onVPN.settled("CreateSslVpnServer", with(routes, into)).at("sslVpnServerId")
	change := object{"vpnId": gateway, "sslVpnServerId": server, "updateSslVpnServer": with(routes, object{"sslVpnServerName": "renamed"})}
	onVPN.settled("UpdateSslVpnServer", change)
	onVPN.done("GetSslVpnServer", gateway, "")
	users := with(into, object{"sslVpnUsers": []object{{"userName": "user-1", "password": lineSecret}}})
	user := onVPN.done("BatchCreateSslVpnUser", users).at("sslVpnUserIds")
	another := with(into, object{"userId": user, "sslVpnUser": object{"password": lineSecret, "description": "another"}})
	onVPN.done("UpdateSslVpnUser", another)
	onVPN.done("ListSslVpnUser", with(into, object{"maxKeys": 10}))
	nowhere := object{"vpnId": nobodysVpn}
	for _, each := range []step{
		{"CreateSslVpnServer", routes}, {"UpdateSslVpnServer", change}, {"BatchCreateSslVpnUser", users},
		{"UpdateSslVpnUser", another}, {"ListSslVpnUser", object{"maxKeys": 10}},
	} {
		onVPN.refused("NoSuchObject", each.method, with(each.arguments, nowhere))
	}
	onVPN.refused("NoSuchObject", "GetSslVpnServer", nobodysVpn, "")
	onVPN.done("DeleteSslVpnUser", gateway, user, "")
	onVPN.refused("NoSuchObject", "DeleteSslVpnUser", gateway, user, "")
	onVPN.settled("DeleteSslVpnServer", gateway, server, "")
	onVPN.refused("NoSuchObject", "DeleteSslVpnServer", gateway, server, "")
}

func dedicatedLines() {
	net, part := home()
	order := object{"vpcId": net, "name": "gateway", "speed": 100}
	gateway := onET.settled("CreateEtGateway", order).at("etGatewayId")
	onET.refused("NoSuchObject", "CreateEtGateway", with(order, object{"vpcId": "vpc-unknown"}))
	onET.done("ListEtGateway", object{"vpcId": net})
	onET.refused("BadRequest", "ListEtGateway", object{"vpcId": net, "marker": "dcgw-unknown"})
	try := func(method string, arguments object) {
		onET.settled(method, with(arguments, object{"etGatewayId": gateway}))
		onET.refused("NoSuchObject", method, with(arguments, object{"etGatewayId": "dcgw-unknown"}))
	}
	try("BindEt", object{"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0", "localCidrs": []string{"192.168.0.0/20"}})
	try("UpdateEtGateway", object{"name": "renamed", "speed": 200, "description": "another", "localCidrs": []string{"192.168.0.0/20"}})
	try("CreateHealthCheck", object{
		"subnetId": part, "healthCheckType": "ICMP", "healthCheckInterval": 3, "healthThreshold": 5, "unhealthThreshold": 2,
	})
	onET.done("GetEtGatewayDetail", gateway)
	onET.refused("NoSuchObject", "GetEtGatewayDetail", "dcgw-unknown")
	onET.settled("UnBindEt", gateway, "")
	onET.refused("NoSuchObject", "UnBindEt", "dcgw-unknown", "")
	onET.settled("DeleteEtGateway", gateway, "")
	onET.refused("NoSuchObject", "DeleteEtGateway", gateway, "")
}
