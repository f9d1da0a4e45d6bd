import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.eni.EniClient;
import com.baidubce.services.eni.EniClientConfiguration;
import com.baidubce.services.esg.EsgClient;
import com.baidubce.services.subnet.model.CreateSubnetRequest;
import com.baidubce.services.subnet.model.ListSubnetsRequest;
import com.baidubce.services.subnet.model.SubnetDetail;
import com.baidubce.services.vpc.model.CreateVpcRequest;
import java.util.List;
import java.util.Map;

/** Network interfaces, and what is in a VPC around them. */
final class SweepNetwork {
    private static final Map<String, ?> ALLOWED = Map.of("direction", "ingress", "ethertype", "IPv4",
            "protocol", "tcp", "portRange", "443", "sourceIp", "all", "action", "allow", "priority", 1);

    private static final Swept cards = new Swept(new EniClient(Cloud.configured(new EniClientConfiguration())));
    private static final Swept enterprise = new Swept(new EsgClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(cards, enterprise);

    private SweepNetwork() {}

    /** The subnet of the default VPC where instances are made. */
    static SubnetDetail home() {
        var asked = Cloud.of(ListSubnetsRequest.class, "zoneName", Cloud.ZONE);
        return Cloud.subnets.getSubnetDetail(Cloud.subnets.listSubnets(asked).getSubnets().get(0).getSubnetId()).getSubnet();
    }

    /** A subnet with IPv6 addresses. */
    static SubnetDetail withIpv6() {
        String vpc = Cloud.vpcs.createVpc(Cloud.of(CreateVpcRequest.class,
                "name", "six", "cidr", "10.6.0.0/16", "enableIpv6", true)).getVpcId();
        return Cloud.subnets.getSubnetDetail(Cloud.subnets.createSubnet(Cloud.of(CreateSubnetRequest.class,
                "name", "six", "cidr", "10.6.1.0/24", "enableIpv6", true, "zoneName", Cloud.ZONE, "vpcId", vpc))
                .getSubnetId()).getSubnet();
    }

    static String enterpriseGroup() {
        return enterprise.done("createEsg", Map.of("name", "guard", "rules", of(ALLOWED)))
                .path("enterpriseSecurityGroupId").asText();
    }

    static void enterpriseGroups() {
        String id = enterpriseGroup();
        enterprise.refused("Esg.EsgNameDuplicate", "createEsg", Map.of("name", "guard", "rules", of(ALLOWED)));
        String rule = enterprise.both("BadRequest", Map.of("marker", "esg-unknown"), "listEsg", Map.of("maxKeys", 10))
                .at("/enterpriseSecurityGroups/0/rules/0/enterpriseSecurityGroupRuleId").asText();
        Map<String, ?> nothing = Map.of("enterpriseSecurityGroupRuleId", "esgr-unknown");
        enterprise.both("Esg.EsgResourceNotExist", Map.of("enterpriseSecurityGroupId", "esg-unknown"),
                "authorizeEsgRule", Map.of("enterpriseSecurityGroupId", id,
                        "rules", of(Cloud.with(ALLOWED, Map.of("portRange", "80")))));
        enterprise.both("Esg.EsgRuleResourceNotExist", nothing, "updateEsgRule",
                Map.of("enterpriseSecurityGroupRuleId", rule, "remark", "another"));
        enterprise.both("Esg.EsgRuleResourceNotExist", nothing, "deleteEsgRule",
                Map.of("enterpriseSecurityGroupRuleId", rule));
        enterprise.both("Esg.EsgResourceNotExist", Map.of("enterpriseSecurityGroupId", "esg-unknown"), "deleteEsg",
                Map.of("enterpriseSecurityGroupId", id));
    }

    private static void both(String card, String method, Map<String, ?> members) {
        cards.both("EniIdException", Map.of("eniId", "eni-unknown"), method, Cloud.with(members, Map.of("eniId", card)));
    }

    static void cards() {
        SubnetDetail home = home();
        String instance = Cloud.createOne();
        String group = SweepRest.group(home.getVpcId());
        String card = cards.both("NoSuchObject", Map.of("subnetId", "sbn-unknown"), "createEni",
                Map.of("name", "card", "subnetId", home.getSubnetId(), "securityGroupIds", of(group),
                        "privateIpSet", of(Map.of("primary", true, "privateIpAddress", "192.168.0.240"))))
                .path("eniId").asText();
        cards.done("getEniStatus", card);
        cards.refused("EniIdException", "getEniStatus", "eni-unknown");
        both(card, "updateEni", Map.of("name", "renamed"));
        both(card, "addPrivateIp", Map.of("privateIpAddress", "192.168.0.241"));
        both(card, "batchAddPrivateIp", Map.of("privateIpAddresses", of("192.168.0.242")));
        both(card, "deletePrivateIp", Map.of("privateIpAddress", "192.168.0.241"));
        both(card, "batchDeletePrivateIp", Map.of("privateIpAddresses", of("192.168.0.242")));
        String address = SweepAddresses.make();
        both(card, "bindEniPublicIp", Map.of("privateIpAddress", "192.168.0.240", "publicIpAddress", address));
        both(card, "attachEniInstance", Map.of("instanceId", instance));
        var seen = cards.done("getEniDetail", Map.of("eniId", card));
        Report.equal(of("renamed", instance, address), of(seen.path("name").asText(), seen.path("instanceId").asText(),
                seen.at("/privateIpSet/0/publicIpAddress").asText()));
        cards.refused("EniIdException", "getEniDetail", Map.of("eniId", "eni-unknown"));
        cards.both("NoSuchObject", SweepVpc.NO_VPC, "listEni",
                Map.of("vpcId", home.getVpcId(), "instanceId", instance, "maxKeys", 10));
        both(card, "unBindEniPublicIp", Map.of("publicIpAddress", address));
        both(card, "detachEniInstance", Map.of("instanceId", instance));
        both(card, "updateEniEnterpriseSecurityGroup", Map.of("enterpriseSecurityGroupIds", of(enterpriseGroup())));
        both(card, "updateEniSecurityGroup", Map.of("securityGroupIds", of(group)));
        both(card, "deleteEni", Map.of());
    }
}
