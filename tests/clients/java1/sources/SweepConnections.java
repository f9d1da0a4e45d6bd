import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.endpoint.EndpointClient;
import com.baidubce.services.peerconn.PeerConnClient;
import com.baidubce.services.peerconn.PeerConnClientConfiguration;
import com.baidubce.services.vpc.VpcClient;
import com.baidubce.services.vpn.VpnClient;
import java.util.List;
import java.util.Map;

/** Connections of a VPC with others: peers, VPN tunnels and dial-ins, dedicated lines, service cards. */
final class SweepConnections {
    private static final String TUNNEL_SECRET = "qwer@12345";
    private static final List<String> INSIDE = of("192.168.0.0/20");
    private static final String BEYOND = "10.20.0.0/24";

    private static final Swept peers =
            new Swept(new PeerConnClient(Cloud.configured(new PeerConnClientConfiguration())));
    private static final Swept tunnels = new Swept(new VpnClient(Cloud.configured(new BceClientConfiguration())));
    private static final Swept lines = new Swept(Cloud.gateways);
    private static final Swept cards = new Swept(new EndpointClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(peers, tunnels, lines, cards);

    private SweepConnections() {}

    /** They are offered to another account, which answers. */
    static void peers() {
        String neighbour = SweepAddresses.NEIGHBOUR;
        Swept theirs = new Swept(new PeerConnClient(Cloud.configured(new PeerConnClientConfiguration(), neighbour)));
        String there = new VpcClient(Cloud.configured(new BceClientConfiguration(), neighbour)).listVpcs()
                .getVpcs().get(0).getVpcId();
        String vpc = SweepVpc.make(0).vpc();
        Map<String, ?> order = Map.of("bandwidthInMbps", 10, "localVpcId", vpc, "peerVpcId", there, "peerRegion", "bj",
                "peerAccountId", neighbour, "billing", SweepGateways.POSTPAID, "tags", SweepGateways.TAGS);
        String made = peers.both("NoSuchObject", Map.of("localVpcId", "vpc-unknown"), "createPeerConn", order)
                .path("peerConnId").asText();
        theirs.about("peerConnId", made, "peerconn-unknown").both("accept", Map.of());
        var ofPeers = peers.about("peerConnId", made, "peerconn-unknown");
        peers.both("BadRequest", Map.of("marker", "peerconn-unknown"), "listPeerConn",
                Map.of("vpcId", vpc, "maxKeys", 10));
        Map<String, ?> here = Map.of("role", "initiator");
        String end = ofPeers.both("getPeerConn", here).path("localIfId").asText();
        ofPeers.both("modifyPeerConn", Map.of("localIfId", end, "localIfName", "mine", "description", "another"));
        ofPeers.both("modifyBandwith", Map.of("newBandwidthInMbps", 20));
        ofPeers.both("openSyncDns", here);
        var seen = ofPeers.both("getPeerConn", here);
        Report.equal(of("mine", 20, "open"), of(seen.path("localIfName").asText(),
                seen.path("bandwidthInMbps").asInt(), seen.path("dnsStatus").asText()));
        ofPeers.both("closeSyncDns", here);
        for (boolean kept : of(true, false)) {
            ofPeers.both("switchDeleteProtect", Map.of("deleteProtect", kept));
        }
        String paid = peers.done("createPeerConn", Map.of("bandwidthInMbps", 10, "localVpcId", vpc,
                "peerVpcId", "vpc-elsewhere0001", "peerRegion", "gz", "billing", SweepGateways.PREPAID))
                .path("peerConnId").asText();
        peers.about("peerConnId", paid, "peerconn-unknown")
                .both("purchaseReserved", Map.of("billing", SweepGateways.PREPAID));
        peers.about("peerConnId", paid, "peerconn-unknown").both("refund", Map.of());
        ofPeers.both("release", Map.of());
        String again = peers.done("createPeerConn", order).path("peerConnId").asText();
        theirs.about("peerConnId", again, "peerconn-unknown").both("reject", Map.of());
        peers.calledBy(theirs);
    }

    private static Map<String, ?> gateway(String name) {
        return Map.of("vpcId", SweepNetwork.home().getVpcId(), "vpnName", name, "billing", SweepGateways.POSTPAID);
    }

    static void privateNetworks() {
        String made = tunnels.both("NoSuchObject", SweepVpc.NO_VPC, "createVpn", gateway("gateway"))
                .path("vpnId").asText();
        var ofGateway = tunnels.about("vpnId", made, "vpn-unknown");
        ofGateway.both("updateVpn", Map.of("vpnName", "renamed", "description", "another"));
        ofGateway.both("bindEip", Map.of("eip", SweepAddresses.make()));
        tunnels(made);
        Report.equal("renamed", ofGateway.plain("getVpn").path("vpnName").asText());
        tunnels.both("BadRequest", Map.of("marker", "vpn-unknown"), "listVpns",
                Map.of("vpcId", SweepNetwork.home().getVpcId(), "maxKeys", 10));
        ofGateway.both("unBindEip", Map.of());
        for (boolean kept : of(true, false)) {
            ofGateway.both("switchDeleteProtect", Map.of("deleteProtect", kept));
        }
        String paid = tunnels.done("createVpn",
                Cloud.with(gateway("paid"), Map.of("billing", SweepGateways.PREPAID))).path("vpnId").asText();
        tunnels.about("vpnId", paid, "vpn-unknown").both("renewVpn", Map.of("billing", SweepGateways.PREPAID));
        ofGateway.both("deleteVpn", Map.of());
    }

    private static void tunnels(String gateway) {
        Map<String, ?> ike = Map.of("ikeVersion", "v1", "ikeMode", "main", "ikeEncAlg", "aes", "ikeAuthAlg", "sha1",
                "ikePfs", "group2", "ikeLifeTime", 25500);
        Map<String, ?> ipsec = Map.of("ipsecEncAlg", "aes", "ipsecAuthAlg", "sha1", "ipsecPfs", "group2",
                "ipsecLifetime", 26500);
        Map<String, ?> order = Map.of("vpnId", gateway, "vpnConnName", "tunnel", "secretKey", TUNNEL_SECRET,
                "localSubnets", INSIDE, "remoteIp", "203.0.113.7", "remoteSubnets", of(BEYOND),
                "ikeConfig", ike, "ipsecConfig", ipsec);
        String made = tunnels.both("NoSuchObject", Map.of("vpnId", "vpn-unknown"), "createVpnConn", order)
                .path("vpnConnId").asText();
        var ofTunnel = tunnels.about("vpnConnId", made, "vpnconn-unknown");
        ofTunnel.both("updateVpnConn", Cloud.with(order, Map.of("vpnConnName", "renamed")));
        Report.equal("renamed", tunnels.about("vpnId", gateway, "vpn-unknown").both("listVpnConns", Map.of())
                .at("/vpnConns/0/vpnConnName").asText());
        ofTunnel.both("deleteVpnConn", Map.of());
    }

    static void dialIns() {
        String made = tunnels.done("createVpn", Cloud.with(gateway("ssl"), Map.of("type", "SSL", "maxConnection", 10)))
                .path("vpnId").asText();
        var ofGateway = tunnels.about("vpnId", made, "vpn-unknown");
        Map<String, ?> order = Map.of("sslVpnServerName", "server", "localSubnets", INSIDE, "remoteSubnet", BEYOND);
        Map<String, ?> server = Map.of("sslVpnServerId",
                ofGateway.both("createSslVpnServer", order).path("sslVpnServerId").asText());
        ofGateway.both("updateSslVpnServer",
                Cloud.with(order, Cloud.with(server, Map.of("sslVpnServerName", "renamed"))));
        Report.equal("renamed", ofGateway.plain("getSslVpnServer").path("sslVpnServerName").asText());
        Map<String, ?> user = Map.of("userId", ofGateway.both("batchCreateSslVpnUser",
                Map.of("sslVpnUsers", of(Map.of("userName", "user-1", "password", TUNNEL_SECRET))))
                .at("/sslVpnUserIds/0").asText());
        ofGateway.both("updateSslVpnUser",
                Cloud.with(user, Map.of("password", TUNNEL_SECRET, "description", "another")));
        Report.equal("another", ofGateway.both("getSslVpnUser", Map.of("maxKeys", 10))
                .at("/sslVpnUsers/0/description").asText());
        ofGateway.both("deleteSslVpnUser", user);
        ofGateway.both("deleteSslVpnServer", server);
    }

    /** A dedicated gateway that leads nowhere yet. */
    static String gateway(String vpc, String name) {
        return lines.both("NoSuchObject", SweepVpc.NO_VPC, "createEtGateway",
                Map.of("vpcId", vpc, "name", name, "speed", 100)).path("etGatewayId").asText();
    }

    static void dedicatedLines() {
        var home = SweepNetwork.home();
        var ofGateway = lines.about("etGatewayId", gateway(home.getVpcId(), "gateway"), "dcgw-unknown");
        ofGateway.both("bindEtChannel", Map.of("etId", "dcphy-x2wj14r1m7r1",
                "channelId", "dedicatedconn-1hpw3u4bvzd0", "localCidrs", INSIDE));
        ofGateway.both("updateEtGateway",
                Map.of("name", "renamed", "speed", 200, "description", "another", "localCidrs", INSIDE));
        ofGateway.both("createEtGatewayHealthCheck", Map.of("subnetId", home.getSubnetId(), "healthCheckType", "ICMP",
                "healthCheckInterval", 3, "healthThreshold", 5, "unhealthThreshold", 2));
        var seen = ofGateway.plain("getEtGateway");
        Report.equal(of("renamed", 200, 3), of(seen.path("name").asText(), seen.path("speed").asInt(),
                seen.path("healthCheckInterval").asInt()));
        lines.both("BadRequest", Map.of("marker", "dcgw-unknown"), "listEtGateways",
                Map.of("vpcId", home.getVpcId(), "maxKeys", 10));
        ofGateway.both("unbindEtChannel", Map.of());
        ofGateway.plain("deleteEtGateway");
    }

    static void serviceCards() {
        var home = SweepNetwork.home();
        String service = cards.done("listService").at("/services/0").asText();
        String made = cards.both("NoSuchObject", Map.of("subnetId", "sbn-unknown"), "createEndpoint",
                Map.of("vpcId", home.getVpcId(), "subnetId", home.getSubnetId(), "name", "card", "service", service,
                        "billing", SweepGateways.POSTPAID, "tags", SweepGateways.TAGS)).path("id").asText();
        var ofCard = cards.about("endpointId", made, "endpoint-unknown");
        ofCard.both("modifyEndpoint", Map.of("name", "renamed"));
        ofCard.both("updateSecurityGroups", Map.of("securityGroupIds", of(SweepRest.group(home.getVpcId()))));
        ofCard.both("updateEnterpriseSecurityGroups",
                Map.of("enterpriseSecurityGroupIds", of(SweepNetwork.enterpriseGroup())));
        Report.equal("renamed", ofCard.plain("getEndpoint").path("name").asText());
        cards.both("BadRequest", Map.of("marker", "endpoint-unknown"), "listEndpoint",
                Map.of("vpcId", home.getVpcId(), "maxKeys", 10));
        ofCard.both("releaseEndpoint", Map.of());
    }
}
