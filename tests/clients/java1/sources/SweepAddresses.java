import static java.util.List.of;

import com.baidubce.BceClientConfiguration;
import com.baidubce.services.eip.EipClient;
import com.baidubce.services.eipbp.EipBpClient;
import com.baidubce.services.eipgroup.EipGroupClient;
import com.baidubce.services.eipgroup.EipGroupClientConfiguration;
import com.baidubce.services.eiptp.EipTpClient;
import java.util.List;
import java.util.Map;

/** EIPs, shared bandwidths, bandwidth packages and traffic packages. */
final class SweepAddresses {
    static final Map<String, ?> BY_TRAFFIC = Map.of("paymentTiming", "Postpaid", "billingMethod", "ByTraffic");
    private static final Map<String, ?> BY_BANDWIDTH = Map.of("paymentTiming", "Postpaid", "billingMethod", "ByBandwidth");
    private static final Map<String, ?> AHEAD = Map.of("paymentTiming", "Prepaid", "billingMethod", "ByBandwidth",
            "reservation", Map.of("reservationLength", 1, "reservationTimeUnit", "Month"));
    private static final Map<String, ?> UNKNOWN = Map.of("eip", "203.0.113.250");
    static final String NEIGHBOUR = "test-java-neighbour";

    private static final Swept eips = new Swept(new EipClient(Cloud.configured(new BceClientConfiguration())));
    private static final Swept groups =
            new Swept(new EipGroupClient(Cloud.configured(new EipGroupClientConfiguration())));
    private static final Swept packages = new Swept(new EipBpClient(Cloud.configured(new BceClientConfiguration())));
    private static final Swept traffic = new Swept(new EipTpClient(Cloud.configured(new BceClientConfiguration())));
    static final List<Swept> CLIENTS = of(eips, groups, packages, traffic);

    private SweepAddresses() {}

    /** An EIP that nothing holds. */
    static String make() {
        return eips.done("createEip", Map.of("bandwidthInMbps", 5, "billing", BY_TRAFFIC)).path("eip").asText();
    }

    private static void each(String address, String... methods) {
        for (String method : methods) {
            eips.both("EipNotFound", UNKNOWN, method, Map.of("eip", address));
        }
    }

    static void life() {
        String instance = Cloud.createOne();
        Map<String, ?> order = Map.of("name", "swept", "bandwidthInMbps", 5, "billing", BY_TRAFFIC);
        String address = eips.both("BadRequest", Map.of("bandwidthInMbps", -1), "createEip", order).path("eip").asText();
        eips.both("EipNotFound", UNKNOWN, "bindEip",
                Map.of("eip", address, "instanceType", "BCC", "instanceId", instance));
        var seen = eips.both("BadRequest", Map.of("marker", "ip-unknown"), "listEips",
                Map.of("eip", address, "maxKeys", 10)).at("/eipList/0");
        Report.equal(of("swept", "binded", instance),
                of(seen.path("name").asText(), seen.path("status").asText(), seen.path("instanceId").asText()));
        eips.both("EipNotFound", UNKNOWN, "resizeEip", Map.of("eip", address, "newBandwidthInMbps", 9));
        each(address, "directEip", "unDirectEip", "unbindEip");
        for (boolean kept : of(true, false)) {
            eips.both("EipNotFound", UNKNOWN, "updateDeleteProtect", Map.of("eip", address, "deleteProtect", kept));
        }
        eips.both("EipNotFound", UNKNOWN, "optionalReleaseEip", Map.of("eip", address, "releaseToRecycle", true));
        eips.both("BadRequest", Map.of("marker", "ip-unknown"), "listRecycleEips", Map.of("maxKeys", 10));
        each(address, "restoreEipFromRecycle");
        eips.done("optionalReleaseEip", Map.of("eip", address, "releaseToRecycle", true));
        each(address, "releaseEipFromRecycle");
        each(make(), "releaseEip");
    }

    static void billing() {
        eips.both("EipNotFound", UNKNOWN, "convertToPrepayEip",
                Map.of("eip", make(), "bandWidth", 5, "purchaseLength", 1));
        String paid = eips.done("createEip", Map.of("bandwidthInMbps", 5, "billing", AHEAD)).path("eip").asText();
        eips.both("EipNotFound", UNKNOWN, "purchaseReservedEip", Map.of("eip", paid, "billing", AHEAD));
        eips.done("purchaseReservedEipInMonth", paid, 1);
        eips.both("EipNotFound", UNKNOWN, "startAutoRenew",
                Map.of("eip", paid, "autoRenewTimeUnit", "month", "autoRenewTime", 1));
        each(paid, "stopAutoRenew", "refundEip");
    }

    /** EIPs are offered to another account, which answers. */
    static void transfers() {
        Swept theirs = new Swept(new EipClient(Cloud.configured(new BceClientConfiguration(), NEIGHBOUR)));
        make();
        String mine = eips.done("listEips", Map.of("maxKeys", 10)).at("/eipList/0/eipId").asText();
        Map<String, ?> order = Map.of("transferType", "eip", "transferResourceList", of(mine), "toUserId", NEIGHBOUR);
        Map<String, ?> unknown = Map.of("transferIdList", of("transfer-unknown"));
        eips.refused("EipNotFound", "createEipTransfer",
                Cloud.with(order, Map.of("transferResourceList", of("ip-unknown"))));
        theirs.both("NoSuchObject", unknown, "rejectEipTransfer", offer(order));
        eips.both("NoSuchObject", unknown, "cancelEipTransfer", offer(order));
        Map<String, ?> last = offer(order);
        eips.both("BadRequest", Map.of("direction", "nothing"), "listEipTransfer", Map.of("direction", "sent"));
        theirs.both("NoSuchObject", unknown, "acceptEipTransfer", last);
        eips.calledBy(theirs);
    }

    private static Map<String, ?> offer(Map<String, ?> order) {
        return Map.of("transferIdList",
                of(eips.done("createEipTransfer", order).at("/transfers/0/transferId").asText()));
    }

    static void sharedBandwidths() {
        Map<String, ?> unknown = Map.of("id", "eg-unknown");
        Map<String, ?> order =
                Map.of("name", "shared", "eipCount", 2, "bandwidthInMbps", 50, "billing", BY_BANDWIDTH);
        String id = groups.both("BadRequest", Map.of("bandwidthInMbps", -1), "createEipGroup", order)
                .path("id").asText();
        groups.both("BadRequest", Map.of("status", "nothing"), "listEipGroup", Map.of("maxKeys", 10));
        String address = make();
        groups.both("NoSuchObject", unknown, "resizeBandwidth", Map.of("id", id, "bandwidthInMbps", 60));
        groups.both("NoSuchObject", unknown, "addCount", Map.of("id", id, "eipAddCount", 1));
        groups.both("NoSuchObject", unknown, "update", Map.of("id", id, "name", "renamed"));
        groups.both("NoSuchObject", unknown, "moveInEips", Map.of("id", id, "eips", of(address)));
        var seen = groups.both("NoSuchObject", unknown, "getEipGroup", Map.of("id", id));
        Report.equal(of("renamed", 4, 60),
                of(seen.path("name").asText(), seen.path("eips").size(), seen.path("bandwidthInMbps").asInt()));
        groups.both("NoSuchObject", unknown, "moveOutEips", Map.of("id", id, "moveOutEips",
                of(Map.of("eip", address, "bandwidthInMbps", 5, "billing", BY_TRAFFIC))));
        String paid = groups.done("createEipGroup", Cloud.with(order, Map.of("name", "paid", "billing", AHEAD)))
                .path("id").asText();
        groups.both("NoSuchObject", unknown, "purchaseReservedEipGroup", Map.of("id", paid, "billing", AHEAD));
        groups.both("NoSuchObject", unknown, "refundEipGroup", Map.of("id", paid));
        groups.both("NoSuchObject", unknown, "releaseEipGroup", Map.of("id", id));
    }

    static void packages() {
        Map<String, ?> unknown = Map.of("id", "bw-unknown");
        String id = packages.both("EipNotFound", UNKNOWN, "createEipBp",
                Map.of("name", "more", "eip", make(), "bandwidthInMbps", 10)).path("id").asText();
        packages.both("NoSuchObject", unknown, "resizeEipBp", Map.of("id", id, "bandwidthInMbps", 20));
        packages.both("NoSuchObject", unknown, "renameEipBp", Map.of("id", id, "name", "renamed"));
        packages.both("NoSuchObject", unknown, "updateAutoReleaseTime",
                Map.of("id", id, "autoReleaseTime", "2099-01-01T00:00:00Z"));
        var seen = packages.both("NoSuchObject", unknown, "getEipBpDetail", Map.of("id", id));
        Report.equal(of("renamed", 20), of(seen.path("name").asText(), seen.path("bandwidthInMbps").asInt()));
        packages.both("BadRequest", Map.of("bindType", "nothing"), "listEipBps",
                Map.of("bindType", "eip", "maxKeys", 10));
        packages.both("NoSuchObject", unknown, "releaseEipBp", Map.of("id", id));
        Map<String, ?> order = Map.of("reservationLength", 1, "capacity", "10G"), other = Map.of("capacity", "11G");
        traffic.both("BadRequest", other, "getEipTpPrice", order);
        String bought = traffic.both("BadRequest", other, "createEipTp", order).path("id").asText();
        traffic.both("BadRequest", Map.of("status", "nothing"), "listEipTps", Map.of("maxKeys", 10));
        traffic.both("NoSuchObject", Map.of("id", "tp-unknown"), "getEipTpDetail", Map.of("id", bought));
    }
}
