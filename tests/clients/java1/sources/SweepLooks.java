import static java.util.List.of;

import java.util.Map;

/** Calls that look: what each is refused, where something that it takes can be wrong. */
final class SweepLooks {
    private static final Swept bcc = new Swept(Cloud.bcc);

    private SweepLooks() {}

    static void refusals() {
        bcc.refused("BadRequest", "listInstances", Map.of("marker", Cloud.NOBODY));
        bcc.refused("BadRequest", "listInstanceByIds", Map.of("instanceIds", of(Cloud.NOBODY), "marker", Cloud.NOBODY));
        bcc.refused("BadRequest", "getInstanceNoChargeList", Map.of("marker", Cloud.NOBODY));
        bcc.refused("BadRequest", "listRecycleInstance", Map.of("marker", Cloud.NOBODY));
        bcc.refused("BadRequest", "listVolumes", Map.of("marker", "v-nothere1"));
        bcc.refused("BadRequest", "getDiskQuota", Map.of("zoneName", "zone-nowhere"));
        bcc.refused("BadRequest", "listSnapshots", Map.of("marker", "s-nothere1"));
        bcc.refused("BadRequest", "listSnapchain", Map.of("order", "nothing"));
        bcc.refused("BadRequest", "listAsps", Map.of("marker", "asp-nothere1"));
        bcc.refused("BadRequest", "listImages", Map.of("marker", "m-nothere1"));
        bcc.refused("NoSuchObject", "listOs", Map.of("instanceIds", of(Cloud.NOBODY)));
        bcc.refused("BadRequest", "getAvailableImagesBySpec", Map.of("spec", "bcc.nothing"));
        bcc.refused("BadRequest", "listKeypair", Map.of("marker", "k-nothere1"));
        bcc.refused("BadRequest", "listSecurityGroups", Map.of("marker", "g-nothere1"));
        bcc.refused("BadRequest", "listFlavorSpec", Map.of("zoneName", "zone-nowhere"));
        bcc.refused("BadRequest", "getBidInstancePrice", Map.of("instanceType", "nothing", "zoneName", Cloud.ZONE));
        bcc.refused("BadRequest", "listTask", Map.of("maxKeys", -1));
        bcc.refused("BadRequest", "getTask", Map.of("taskIds", of("task-nothere1"), "maxKeys", -1));
        bcc.refused("BadRequest", "createVolumeCluster", Map.of("clusterSizeInGB", 1));
        bcc.refused("BadRequest", "listVolumeClusters", Map.of("marker", "DC-nothere1"));
        bcc.refused("OperationDenied", "describeRegions", Map.of("region", "nowhere"));
    }
}
