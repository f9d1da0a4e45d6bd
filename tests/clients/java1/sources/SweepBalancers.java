import static java.util.List.of;

import com.baidubce.services.blb.AppBlbClient;
import com.baidubce.services.blb.BlbClient;
import com.baidubce.services.blb.BlbClientConfiguration;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Load balancers of both kinds, with their listeners, servers and groups. */
final class SweepBalancers {
    private static final String CERTIFICATE = "cert-zfj2ey2z4kmm";
    private static final Map<String, ?> UNKNOWN = Map.of("blbId", "lb-00000000");
    private static final List<String> PROTOCOLS = of("Tcp", "Udp", "Http", "Https", "Ssl");

    private static final Swept ordinary = new Swept(new BlbClient(Cloud.configured(new BlbClientConfiguration())));
    private static final Swept application =
            new Swept(new AppBlbClient(Cloud.configured(new BlbClientConfiguration())));
    static final List<Swept> CLIENTS = of(ordinary, application);

    private final Swept client;
    private final String id;

    private SweepBalancers(Swept client, String id) {
        this.client = client;
        this.id = id;
    }

    /** A call about the load balancer as it succeeds, and about one that is not there. */
    private JsonNode both(String method, Map<String, ?> members) {
        return client.both("InstanceNotFound", UNKNOWN, method, Cloud.with(members, Map.of("blbId", id)));
    }

    private static SweepBalancers made(Swept client) {
        var subnet = SweepNetwork.home();
        Map<String, ?> order = Map.of("name", "swept", "vpcId", subnet.getVpcId(), "subnetId", subnet.getSubnetId());
        String id = client.both("NoSuchObject", Map.of("subnetId", "sbn-unknown"), "createBlb", order)
                .path("blbId").asText();
        SweepBalancers made = new SweepBalancers(client, id);
        made.both("modifyBlbAttributes", Map.of("name", "renamed", "desc", "what it is for"));
        client.both("InvalidParameter", Map.of("marker", "lb-nowhere"), "listBlbs",
                Map.of("name", "renamed", "maxKeys", 10));
        return made;
    }

    /** The id of a load balancer, for what needs one. */
    static String make() {
        return made(ordinary).id;
    }

    /** Listeners of each protocol; those of one kind of load balancer need something more. */
    private void listeners(Map<String, ?> more) {
        for (int at = 0; at < PROTOCOLS.size(); at++) {
            Map<String, ?> listener = Cloud.with(
                    Map.of("type", PROTOCOLS.get(at).toUpperCase(), "listenerPort", 80 + at, "scheduler", "RoundRobin"),
                    more);
            if (at > 2) {
                listener = Cloud.with(listener, Map.of("certIds", of(CERTIFICATE)));
            } else if (at == 1 && client == ordinary) {
                listener = Cloud.with(listener, Map.of("healthCheckString", "ping"));
            }
            both("createListener", listener);
            both("modifyListenerAttributes", Cloud.with(listener, Map.of("scheduler", "LeastConnection")));
            both("listListener",
                    Map.of("type", PROTOCOLS.get(at).toUpperCase(), "listenerPort", 80 + at, "maxKeys", 10));
            plain("list" + PROTOCOLS.get(at) + "Listener");
        }
        both("listAllListener", Map.of("maxKeys", 10));
        Report.equal(5, plain("listAllListener").path("listenerList").size());
        var seen = both("blbDetail", Map.of());
        Report.equal(of("renamed", "what it is for", "available"),
                of(seen.path("name").asText(), seen.path("desc").asText(), seen.path("status").asText()));
        both("deleteListener", Map.of("portTypeList", of(Map.of("port", 81, "type", "UDP"))));
    }

    /** A call that takes the id alone. */
    private JsonNode plain(String method) {
        JsonNode came = client.done(method, id);
        client.refused("InstanceNotFound", method, "lb-00000000");
        return came;
    }

    private void securityGroups() {
        Map<String, ?> groups = Map.of("securityGroupIds", of(SweepRest.group(SweepNetwork.home().getVpcId())));
        both("bindSg", groups);
        both("listBlbSg", Map.of());
        both("unBindSg", groups);
        Map<String, ?> enterprise = Map.of("enterpriseSecurityGroupIds", of(SweepNetwork.enterpriseGroup()));
        both("bindEsg", enterprise);
        both("listBlbEsg", Map.of());
        both("unBindEsg", enterprise);
    }

    static void ordinary() {
        var made = made(ordinary);
        made.both("updateLoadBalancerAcl", Map.of("supportAcl", true));
        made.listeners(Map.of("backendPort", 8080));
        String instance = Cloud.createOne();
        Map<String, ?> servers = Map.of("backendServerList", of(Map.of("instanceId", instance, "weight", 50)));
        made.both("addBackendServers", servers);
        made.both("modifyBackendServerAttributes", servers);
        Report.equal(instance, made.both("listBackendServers", Map.of("maxKeys", 10))
                .at("/backendServerList/0/instanceId").asText());
        made.both("listBackendServerStatus", Map.of("listenerPort", 80, "maxKeys", 10));
        made.both("deleteBackendServers", Map.of("backendServerList", of(instance)));
        made.securityGroups();
        made.both("deleteBlb", Map.of());
        ipv6();
    }

    /** A load balancer with an IPv6 address has a subnet that has them. */
    private static void ipv6() {
        var subnet = SweepNetwork.withIpv6();
        ordinary.done("createIpv6Blb", "six", "of java", subnet.getVpcId(), subnet.getSubnetId());
        ordinary.refused("NoSuchObject", "createIpv6Blb", "six", "of java", subnet.getVpcId(), "sbn-unknown");
        Report.equal("six", ordinary.done("listIpv6Blbs", "", "six", "", "").at("/blbList/0/name").asText());
    }

    static void application() {
        var made = made(application);
        made.listeners(Map.of());
        String group = made.serverGroup();
        String addresses = made.addressGroup();
        made.policies(group);
        made.securityGroups();
        made.both("deleteAppServerGroup", Map.of("sgId", group));
        made.both("deleteAppIpGroup", Map.of("ipGroupId", addresses));
        made.both("deleteBlb", Map.of());
    }

    private String serverGroup() {
        String instance = Cloud.createOne();
        Map<String, ?> servers = Map.of("backendServerList", of(Map.of("instanceId", instance, "weight", 50)));
        String group = both("createAppServerGroup", Cloud.with(servers, Map.of("name", "swept"))).path("id").asText();
        both("modifyAppServerGroupAttributes", Map.of("sgId", group, "name", "renamed", "desc", "another"));
        Map<String, ?> check = Map.of("sgId", group, "port", 8080, "type", "HTTP",
                "healthCheck", "HTTP", "healthCheckUrlPath", "/up");
        String port = both("createAppServerGroupPort", check).path("id").asText();
        both("modifyAppServerGroupPortAttributes", Map.of("sgId", group, "portId", port, "healthCheckUrlPath", "/"));
        both("listAppServerGroup", Map.of("name", "renamed", "exactlyMatch", true, "maxKeys", 10));
        both("listBlbRsMount", Map.of("sgId", group, "maxKeys", 10));
        both("deleteBlbRs", Map.of("sgId", group, "backendServerIdList", of(instance)));
        both("listBlbRsUnMount", Map.of("sgId", group, "maxKeys", 10));
        both("createBlbRs", Cloud.with(servers, Map.of("sgId", group)));
        both("modifyBlbRs", Cloud.with(servers, Map.of("sgId", group)));
        Report.equal(instance, both("listBlbRs", Map.of("sgId", group, "maxKeys", 10))
                .at("/backendServerList/0/instanceId").asText());
        String spare = client.done("createAppServerGroupPort", Cloud.with(check, Map.of("blbId", id, "port", 8081)))
                .path("id").asText();
        both("deleteAppServerGroupPort", Map.of("sgId", group, "portIdList", of(spare)));
        return group;
    }

    private String addressGroup() {
        Map<String, ?> member = Map.of("ip", "10.0.0.1", "port", 80, "weight", 10);
        String group = both("createAppIpGroup", Map.of("name", "swept", "memberList", of(member))).path("id").asText();
        both("modifyAppIpGroupAttributes", Map.of("ipGroupId", group, "name", "renamed", "desc", "another"));
        both("createAppIpGroupBackendPolicy", Map.of("ipGroupId", group, "type", "HTTP", "healthCheck", "HTTP",
                "healthCheckPort", 8081, "healthCheckUrlPath", "/up"));
        String policy = both("listAppIpGroup", Map.of("name", "renamed", "maxKeys", 10))
                .at("/appIpGroupList/0/backendPolicyList/0/id").asText();
        both("modifyAppIpGroupBackendPolicyAttributes",
                Map.of("ipGroupId", group, "id", policy, "healthCheckUrlPath", "/"));
        both("createIpGroupMember", Map.of("ipGroupId", group,
                "memberList", of(Cloud.with(member, Map.of("ip", "10.0.0.2")))));
        String newest = both("listIpGroupMember", Map.of("ipGroupId", group, "maxKeys", 10))
                .at("/memberList/0/memberId").asText();
        both("modifyIpGroupMember", Map.of("ipGroupId", group,
                "memberList", of(Map.of("memberId", newest, "port", 80, "weight", 20))));
        both("deleteIpGroupMember", Map.of("ipGroupId", group, "memberIdList", of(newest)));
        both("deleteAppIpGroupBackendPolicy", Map.of("ipGroupId", group, "backendPolicyIdList", of(policy)));
        return group;
    }

    private void policies(String group) {
        Map<String, ?> policy = Map.of("appServerGroupId", group, "backendPort", 8080, "priority", 100,
                "desc", "all", "ruleList", of(Map.of("key", "*", "value", "*")));
        both("createPolicys", Map.of("listenerPort", 82, "type", "HTTP", "appPolicyVos", of(policy)));
        String found = both("listPolicys", Map.of("port", 82, "type", "HTTP", "maxKeys", 10))
                .at("/policyList/0/id").asText();
        both("listBackendServerStatus", Map.of("listenerPort", 82, "maxKeys", 10));
        both("updatePolicys", Map.of("port", 82, "type", "HTTP",
                "policyList", of(Map.of("policyId", found, "priority", 7, "description", "first"))));
        both("deletePolicys", Map.of("port", 82, "type", "HTTP", "policyIdList", of(found)));
    }
}
