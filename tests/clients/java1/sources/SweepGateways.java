import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.havip.HaVipClient;
import com.baidubce.services.ipv6Gateway.Ipv6GatewayClient;
import com.baidubce.services.nat.NatClient;
import com.baidubce.services.nat.NatClientConfiguration;
import java.util.List;
import java.util.Map;

/** Ways out of a VPC: NAT and IPv6 gateways, and addresses that float between servers. */
final class SweepGateways {
    static final Map<String, ?> POSTPAID = Map.of("paymentTiming", "Postpaid");
    static final Map<String, ?> PREPAID = Map.of("paymentTiming", "Prepaid",
            "reservation", Map.of("reservationLength", 1, "reservationTimeUnit", "Month"));
    static final List<?> TAGS = of(Map.of("tagKey", "team", "tagValue", "red"));

    private static final Swept nats = new Swept(new NatClient(Cloud.configured(new NatClientConfiguration())));
    private static final Swept ipv6 =
            new Swept(new Ipv6GatewayClient(Cloud.configured(new BceClientConfiguration())));
    private static final Swept floating = new Swept(new HaVipClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(nats, ipv6, floating);

    private SweepGateways() {}

    private static Swept.About ofNat(String id) {
        return new Swept.About(nats, "NoSuchNat", "natId", id, "nat-unknown");
    }

    static void translation() {
        String vpc = SweepVpc.make(0).vpc();
        Map<String, ?> order = Map.of("name", "out", "vpcId", vpc, "spec", "small", "billing", POSTPAID,
                "tags", TAGS);
        String nat = nats.both("NoSuchObject", SweepVpc.NO_VPC, "createNat", order).path("natId").asText();
        var ofNat = ofNat(nat);
        ofNat.both("modifyNat", Map.of("name", "renamed"));
        String first = SweepAddresses.make();
        String second = SweepAddresses.make();
        List<String> spare = of(SweepAddresses.make());
        ofNat.both("bindEip", Map.of("eips", spare));
        ofNat.both("unbindEip", Map.of("eips", spare));
        ofNat.both("bindDnatEip", Map.of("dnatEips", spare));
        ofNat.both("unbindDnatEip", Map.of("dnatEips", spare));
        nats.done("bindEip", Map.of("natId", nat, "eips", of(first)));
        nats.done("bindDnatEip", Map.of("natId", nat, "dnatEips", of(second)));
        var seen = ofNat.plain("getNat");
        Report.equal(of("renamed", first, second), of(seen.path("name").asText(), seen.at("/eips/0").asText(),
                seen.at("/dnatEips/0").asText()));
        nats.both("NoSuchObject", SweepVpc.NO_VPC, "listNat", Map.of("vpcId", vpc, "maxKeys", 10));
        outwards(nat, first);
        inwards(nat, second);
        enhanced(vpc, spare);
        String paid = nats.done("createNat", Cloud.with(order, Map.of("name", "paid", "billing", PREPAID)))
                .path("natId").asText();
        ofNat(paid).both("purchaseReservedNat", Map.of("billing", PREPAID));
        nats.done("unbindEip", Map.of("natId", nat, "eips", of(first)));
        nats.done("unbindDnatEip", Map.of("natId", nat, "dnatEips", of(second)));
        ofNat.both("releaseNat", Map.of());
    }

    private static void outwards(String nat, String address) {
        var ofNat = ofNat(nat);
        Map<String, ?> rule =
                Map.of("ruleName", "out", "sourceCIDR", "10.0.1.0/24", "publicIpsAddress", of(address));
        String id = ofNat.both("createSnatRule", rule).path("ruleId").asText();
        ofNat.both("batchAddSnatRules", Map.of("snatRules", of(Cloud.with(rule, Map.of("sourceCIDR", "10.0.2.0/24")))));
        nats.about("ruleId", id, "rule-unknown").both("updateSnatRule",
                Cloud.with(rule, Map.of("natId", nat, "ruleName", "renamed")));
        for (var each : ofNat.plain("listSnatRule").path("rules")) {
            nats.about("ruleId", each.path("ruleId").asText(), "rule-unknown")
                    .both("deleteSnatRule", Map.of("natId", nat));
        }
    }

    private static void inwards(String nat, String address) {
        var ofNat = ofNat(nat);
        Map<String, ?> rule = Map.of("ruleName", "in", "publicIpAddress", address, "privateIpAddress", "10.0.1.9",
                "protocol", "TCP", "publicPort", 80, "privatePort", 8080);
        String id = ofNat.both("createDnatRule", rule).path("ruleId").asText();
        ofNat.both("batchAddDnatRules", Map.of("rules", of(Cloud.with(rule, Map.of("publicPort", 81)))));
        nats.about("ruleId", id, "rule-unknown").both("updateDnatRule",
                Cloud.with(rule, Map.of("natId", nat, "ruleName", "renamed")));
        for (var each : ofNat.plain("listDnatRule").path("rules")) {
            nats.about("ruleId", each.path("ruleId").asText(), "rule-unknown")
                    .both("deleteDnatRule", Map.of("natId", nat));
        }
    }

    private static void enhanced(String vpc, List<String> addresses) {
        var ofNat = ofNat(nats.done("createNat", Map.of("name", "wide", "vpcId", vpc, "cuNum", 1, "billing", POSTPAID))
                .path("natId").asText());
        ofNat.both("resizeNat", Map.of("cuNum", 2));
        ofNat.both("enhanceNatBindEip", Map.of("bindEips", addresses));
        ofNat.both("enhanceNatUnbindEip", Map.of("bindEips", addresses));
        for (boolean kept : of(true, false)) {
            ofNat.both("updateDeleteProtect", Map.of("deleteProtect", kept));
        }
    }

    static void ipv6() {
        var subnet = SweepNetwork.withIpv6();
        Map<String, ?> order = Map.of("name", "six", "vpcId", subnet.getVpcId(), "bandwidthInMbps", 5,
                "billing", POSTPAID);
        String made = ipv6.both("NoSuchObject", SweepVpc.NO_VPC, "createIpv6Gateway", order)
                .path("gatewayId").asText();
        var ofGateway = ipv6.about("gatewayId", made, "ipv6gw-unknown");
        ofGateway.plain("resizeIpv6Gateway", 9);
        for (boolean kept : of(true, false)) {
            ofGateway.plain("updateDeleteProtect", kept);
        }
        ofGateway.both("createEgressOnlyRule", Map.of("cidr", subnet.getIpv6Cidr()));
        String rule = ofGateway.plain("listEgressOnlyRule").at("/egressOnlyRules/0/egressOnlyRuleId").asText();
        String instance = Cloud.createOne("subnetId", subnet.getSubnetId());
        String address = SweepInstances.withIpv6(instance);
        Map<String, ?> limits = Map.of("ingressBandwidthInMbps", 3, "egressBandwidthInMbps", 3);
        ofGateway.both("createRateLimitRule", Cloud.with(limits, Map.of("ipv6Address", address)));
        String limit = ofGateway.plain("listRateLimitRule").at("/rateLimitRules/0/rateLimitRuleId").asText();
        ofGateway.both("updateRateLimitRule", Cloud.with(limits, Map.of("rateLimitRuleId", limit)));
        var seen = ipv6.about("vpcId", subnet.getVpcId(), "vpc-unknown").plain("getIpv6Gateway");
        Report.equal(of(made, 9), of(seen.path("gatewayId").asText(), seen.path("bandwidthInMbps").asInt()));
        ofGateway.plain("deleteIpv6GatewayEgressOnlyRule", rule);
        ofGateway.plain("deleteIpv6GatewayRateLimitRule", limit);
        ofGateway.plain("deleteIpv6Gateway");
    }

    static void floating() {
        String instance = Cloud.createOne();
        var home = SweepNetwork.home();
        String made = floating.both("NoSuchObject", Map.of("subnetId", "sbn-unknown"), "createHaVip",
                Map.of("name", "floating", "subnetId", home.getSubnetId())).path("haVipId").asText();
        var ofAddress = floating.about("haVipId", made, "havip-unknown");
        Map<String, ?> servers = Map.of("instanceIds", of(instance), "instanceType", "SERVER");
        ofAddress.both("updateHaVip", Map.of("name", "renamed"));
        ofAddress.both("bindInstance", servers);
        ofAddress.both("bindEip", Map.of("publicIpAddress", SweepAddresses.make()));
        var seen = ofAddress.plain("getHaVip");
        Report.equal(of("renamed", instance),
                of(seen.path("name").asText(), seen.at("/bindedInstances/0/instanceId").asText()));
        floating.both("BadRequest", Map.of("marker", "havip-unknown"), "listHaVip",
                Map.of("vpcId", home.getVpcId(), "maxKeys", 10));
        ofAddress.both("unBindEip", Map.of());
        ofAddress.both("unBindInstance", servers);
        ofAddress.plain("deleteHaVip");
    }
}
