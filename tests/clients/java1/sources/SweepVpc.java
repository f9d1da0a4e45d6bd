import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.acl.AclClient;
import com.baidubce.services.acl.AclClientConfiguration;
import com.baidubce.services.ipcollection.IpCollectionClient;
import com.baidubce.services.ipcollection.IpCollectionClientConfiguration;
import com.baidubce.services.probe.ProbeClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** VPCs and their subnets, and what is decided there: routes, ACL, address templates, probes. */
final class SweepVpc {
    static final Map<String, ?> NO_VPC = Map.of("vpcId", "vpc-unknown");
    private static final Map<String, ?> NO_SUBNET = Map.of("subnetId", "sbn-unknown");

    private static final Swept vpcs = new Swept(Cloud.vpcs);
    private static final Swept subnets = new Swept(Cloud.subnets);
    private static final Swept routes = new Swept(Cloud.routes);
    private static final Swept filters = new Swept(new AclClient(Cloud.configured(new AclClientConfiguration())));
    private static final Swept templates =
            new Swept(new IpCollectionClient(Cloud.configured(new IpCollectionClientConfiguration())));
    private static final Swept probes = new Swept(new ProbeClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(vpcs, subnets, routes, filters, templates, probes);

    /** A VPC and a subnet of it. */
    record Net(String vpc, String subnet) {}

    private SweepVpc() {}

    static Net make(int number) {
        String cidr = "10." + number;
        String vpc = vpcs.both("BadRequest", Map.of("cidr", "1.2.3.4/99"), "createVpc",
                Map.of("name", "net", "cidr", cidr + ".0.0/16")).path("vpcId").asText();
        return new Net(vpc, subnets.both("NoSuchObject", NO_VPC, "createSubnet", Map.of("name", "part", "vpcId", vpc,
                "cidr", cidr + ".1.0/24", "zoneName", Cloud.ZONE)).path("subnetId").asText());
    }

    static void networks() {
        Net net = make(0);
        var ofVpc = vpcs.about("vpcId", net.vpc(), "vpc-unknown");
        var ofSubnet = subnets.about("subnetId", net.subnet(), "sbn-unknown");
        ofVpc.both("modifyInstanceAttributes", Map.of("name", "renamed"));
        ofVpc.plain("openVpcRelay");
        var seen = ofVpc.plain("getVpc").path("vpc");
        Report.equal(of("renamed", true), of(seen.path("name").asText(), seen.path("relay").asBoolean()));
        ofVpc.plain("shutDownVpcRelay");
        vpcs.both("BadRequest", Map.of("marker", "vpc-unknown"), "listVpcs", Map.of("maxKeys", 10));
        ofSubnet.both("modifySubnetAttributes", Map.of("name", "renamed"));
        Report.equal("renamed", ofSubnet.plain("getSubnetDetail").at("/subnet/name").asText());
        ofSubnet.plain("getSubnet");
        subnets.both("BadRequest", Map.of("marker", "sbn-unknown"), "listSubnets",
                Map.of("vpcId", net.vpc(), "maxKeys", 10));
        String group = SweepRest.group(net.vpc());
        String instance = Cloud.createOne("subnetId", net.subnet(), "securityGroupId", group);
        String address = Cloud.instance(instance).getInternalIp();
        Report.equal(address, ofVpc.both("getVpcPrivateIpAddressInfo", Map.of("privateIpAddresses", of(address)))
                .at("/vpcPrivateIpAddresses/0/privateIpAddress").asText());
        Report.equal(1, ofVpc.both("getVpcResourceIpInfo",
                Map.of("subnetId", net.subnet(), "pageNo", 1, "pageSize", 10)).path("totalCount").asInt());
        String reserved = ofSubnet.both("createIpReserved", Map.of("ipCidr", "10.0.1.64/28", "ipVersion", 4))
                .path("ipReserveId").asText();
        subnets.both("BadRequest", Map.of("marker", "ipr-unknown"), "listIpReserve", Map.of("maxKeys", 10));
        subnets.about("ipReserveId", reserved, "ipr-unknown").plain("deleteIpReserve");
        Net spare = make(1);
        subnets.about("subnetId", spare.subnet(), "sbn-unknown").plain("deleteSubnet");
        vpcs.about("vpcId", spare.vpc(), "vpc-unknown").plain("deleteVpc");
    }

    static void routes() {
        String vpc = SweepNetwork.home().getVpcId();
        String instance = Cloud.createOne();
        String table = routes.done("getRoute", "", vpc).path("routeTableId").asText();
        routes.refused("NoSuchObject", "getRoute", "", "vpc-unknown");
        var ofTable = routes.about("routeTableId", table, "rt-unknown");
        Map<String, ?> way = Map.of("sourceAddress", "0.0.0.0/0", "destinationAddress", "172.20.0.0/16",
                "nexthopId", instance, "nexthopType", "custom", "ipVersion", 4);
        String rule = ofTable.both("createRoute", way).path("routeRuleId").asText();
        var ofRule = routes.about("routeRuleId", rule, "rr-unknown");
        ofRule.both("updateRouteRule", Map.of("sourceAddress", "0.0.0.0/0", "destinationAddress", "172.20.0.0/16",
                "nexthopId", instance, "description", "another"));
        ofTable.both("listRouteRule", Map.of("maxKeys", 10));
        List<Map<String, ?>> hops = of(line(vpc, "active"), line(vpc, "standby"));
        String both = routes.done("createRoute", Map.of("routeTableId", table, "sourceAddress", "0.0.0.0/0",
                "destinationAddress", "172.21.0.0/16", "nextHopList", hops, "ipVersion", 4))
                .at("/routeRuleIds/0").asText();
        routes.about("routeRuleId", both, "rr-unknown").plain("switchRouteHa");
        ofRule.plain("deleteRouteRule");
    }

    /** The way through a dedicated gateway that takes turns with another one. */
    private static Map<String, ?> line(String vpc, String turn) {
        return Map.of("nexthopId", SweepConnections.gateway(vpc, turn), "nexthopType", "dcGateway",
                "pathType", "ha:" + turn);
    }

    static void filters() {
        Net net = make(0);
        Map<String, ?> rule = Map.of("protocol", "tcp", "sourceIpAddress", "10.0.0.0/24", "sourcePort", "1-65535",
                "destinationIpAddress", "10.0.0.0/24", "destinationPort", "443", "position", 12, "action", "allow");
        Map<String, ?> order = Cloud.with(rule, Map.of("subnetId", net.subnet(), "direction", "ingress"));
        filters.both("NoSuchObject", Map.of("aclRules", of(Cloud.with(order, NO_SUBNET))), "createAcl",
                Map.of("aclRules", of(order)));
        filters.about("vpcId", net.vpc(), "vpc-unknown").plain("getAcl");
        String made = filters.about("subnetId", net.subnet(), "sbn-unknown").plain("listAclRules")
                .at("/aclRules/0/id").asText();
        var ofRule = filters.about("aclRuleId", made, "ar-unknown");
        ofRule.both("modifyAclRuleAttributes",
                Cloud.with(rule, Map.of("position", 13, "description", "another")));
        ofRule.plain("deleteAcl");
    }

    static void probes() {
        Net net = make(0);
        Map<String, ?> order = Map.of("name", "probe", "vpcId", net.vpc(), "subnetId", net.subnet(),
                "protocol", "TCP", "frequency", 20, "destIp", "10.0.0.9", "destPort", 80, "sourceIpNum", 1);
        String made = probes.both("NoSuchObject", NO_VPC, "createProbe", order).path("probeId").asText();
        var ofProbe = probes.about("probeId", made, "probe-unknown");
        ofProbe.both("updateProbe", Map.of("name", "renamed", "destIp", "10.0.0.10", "destPort", 81));
        JsonNode seen = ofProbe.plain("getProbe");
        Report.equal(of("renamed", "10.0.0.10"), of(seen.path("name").asText(), seen.path("destIp").asText()));
        probes.both("BadRequest", Map.of("marker", "probe-unknown"), "listProbes", Map.of("maxKeys", 10));
        ofProbe.plain("deleteProbe");
    }

    static void addressTemplates() {
        Map<String, ?> neither = Map.of("ipVersion", "nothing");
        Map<String, ?> order = Map.of("name", "offices", "ipVersion", "IPv4",
                "ipAddressInfo", of(Map.of("ipAddress", "10.0.0.1", "description", "first")));
        String set = templates.both("BadRequest", neither, "createIpAddressSet", order).path("ipSetId").asText();
        String spare = templates.done("createIpAddressSet", Cloud.with(order, Map.of("name", "spare")))
                .path("ipSetId").asText();
        templates.both("NoSuchObject", Map.of("ipSetIds", of("ips-unknown")), "createIpAddressGroup",
                Map.of("name", "everybody", "ipVersion", "IPv4", "ipSetIds", of(set)));
        templates.both("BadRequest", neither, "queryIpSetList", Map.of("ipVersion", "IPv4"));
        String group = templates.both("BadRequest", neither, "queryIpGroupList", Map.of("ipVersion", "IPv4"))
                .at("/ipGroups/0/ipGroupId").asText();
        var ofSet = templates.about("ipSetId", set, "ips-unknown");
        var ofGroup = templates.about("ipGroupId", group, "ipg-unknown");
        ofSet.both("addIpAddressToIpSet", Map.of("ipAddressInfo", of(Map.of("ipAddress", "10.0.0.2"))));
        Report.equal(2, ofSet.plain("queryIpSetDetail").path("ipAddressInfo").size());
        ofSet.both("removeIpAddressFromIpSet", Map.of("ipAddressInfo", of("10.0.0.2")));
        ofSet.both("updateIpSet", Map.of("name", "renamed"));
        ofGroup.both("bindIpSet", Map.of("ipSetIds", of(spare)));
        Report.equal(2, ofGroup.plain("queryIpGroupDetail").path("ipSetIds").size());
        ofGroup.both("unBindIpSet", Map.of("ipSetIds", of(spare)));
        ofGroup.both("updateIpGroup", Map.of("name", "renamed"));
        ofGroup.plain("deleteIpGroup");
        ofSet.plain("deleteIpSet");
    }
}
