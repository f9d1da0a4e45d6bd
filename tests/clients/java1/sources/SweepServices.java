import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.lbdc.LbdcClient;
import com.baidubce.services.userservice.UserserviceClient;
import java.util.List;
import java.util.Map;

/** Clusters that load balancers stand in, and services that are published through them. */
final class SweepServices {
    private static final Swept clusters = new Swept(new LbdcClient(Cloud.configured(new BceClientConfiguration())));
    private static final Swept services =
            new Swept(new UserserviceClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(clusters, services);

    private SweepServices() {}

    static void clusters() {
        Map<String, ?> oneMonth = Map.of("reservation", Map.of("reservationLength", 1));
        Map<String, ?> order = Map.of("name", "four", "type", "4Layer", "ccuCount", 1,
                "billing", Cloud.with(oneMonth, Map.of("paymentTiming", "Prepaid")));
        String made = clusters.done("createLbdc", order, "").path("id").asText();
        clusters.refused("InvalidParameter", "createLbdc", Cloud.with(order, Map.of("type", "nothing")), "");
        var ofCluster = clusters.about("id", made, "bgw_group-00000000");
        ofCluster.plain("updateLbdc", Map.of("name", "renamed", "desc", "another"), "");
        ofCluster.plain("upgradeLbdc", Map.of("ccuCount", 2), "");
        ofCluster.plain("renewLbdc", Map.of("billing", oneMonth), "");
        Report.equal("renamed", ofCluster.plain("getLbdc").path("name").asText());
        ofCluster.plain("getBoundBlBListOfLbdc");
        Report.equal(made, clusters.done("listLbdc", "", "renamed").at("/clusterList/0/id").asText());
    }

    static void publishing() {
        String balancer = SweepBalancers.make();
        Map<String, ?> order = Map.of("name", "shop", "serviceName", "shop", "instanceId", balancer);
        String made = services.done("createUserService", order, "").path("service").asText();
        services.refused("InstanceNotFound", "createUserService",
                Cloud.with(order, Map.of("instanceId", "lb-00000000")), "");
        var ofService = services.about("service", made, "shop.uservice-00000000.beijing.baidubce.com");
        ofService.plain("updateUserService", Map.of("name", "renamed", "description", "another"), "");
        ofService.plain("addAuth", Map.of("authList", of(Map.of("uid", "somebody", "auth", "allow"))), "");
        ofService.plain("editAuth", Map.of("authList", of(Map.of("uid", "somebody", "auth", "deny"))), "");
        ofService.plain("removeAuth", Map.of("uidList", of("somebody")), "");
        Report.equal(made, services.done("listUserService", "", 10).at("/services/0/service").asText());
        services.refused("InvalidParameter", "listUserService", "nowhere", 10);
        Report.equal("renamed", ofService.plain("getUserService").path("name").asText());
        ofService.plain("unbindInstance", "");
        ofService.plain("bindInstance", Map.of("instanceId", balancer), "");
        services.done("unbindInstance", made, "");
        ofService.plain("deleteUserService", "");
    }
}
