import static java.util.List.of;

import com.baidubce.services.bbc.BbcClient;
import com.baidubce.services.bbc.BbcClientConfiguration;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Bare metal: flavors, servers and images, at the host of the product, which is reached through a proxy. */
final class SweepBareMetal {
    private static final String LINUX = "m-d6RzP1eT";
    private static final String FLAVOR = "BBC-I1-01";
    private static final String RAID = "raid-c7Tq2WnB";
    private static final Map<String, ?> ORDER = Map.of("flavorId", FLAVOR, "raidId", RAID, "imageId", LINUX,
            "zoneName", Cloud.ZONE, "purchaseCount", 1, "rootDiskSizeInGb", 20, "name", "made",
            "billing", Map.of("paymentTiming", "Postpaid"),
            "tags", of(Map.of("tagKey", "team", "tagValue", "red")));
    private static final Map<String, ?> TAGS = Map.of("changeTags", of(Map.of("tagKey", "role", "tagValue", "db")));
    private static final Map<String, ?> NOBODY = Map.of("instanceId", "i-unknown");

    private static final Swept client = new Swept(new BbcClient(atItsHost()));
    static final List<Swept> CLIENTS = of(client);

    private SweepBareMetal() {}

    private static BbcClientConfiguration atItsHost() {
        URI emulator = URI.create(Cloud.ENDPOINT);
        BbcClientConfiguration configuration = Cloud.configured(new BbcClientConfiguration());
        configuration.setEndpoint("http://bbc.bj.baidubce.com");
        configuration.setProxyHost(emulator.getHost());
        configuration.setProxyPort(emulator.getPort());
        return configuration;
    }

    static void servers() {
        String id = client.both("NoSuchObject", Map.of("imageId", "m-unknown"), "createInstance", ORDER)
                .path("instanceIds").path(0).asText();
        client.both("BadRequest", Map.of("marker", "i-unknown"), "listBbcInstances", Map.of("maxKeys", 10));
        client.both("NoSuchObject", Map.of("bbcIds", of("i-unknown")), "getInstanceVpcsubnet", Map.of("bbcIds", of(id)));
        about(id, "getInstance", Map.of());
        about(id, "stopInstance", Map.of());
        about(id, "startInstance", Map.of());
        about(id, "rebootInstance", Map.of("forceStop", true));
        about(id, "renameBbcInstance", Map.of("name", "renamed"));
        about(id, "modifyInstanceDesc", Map.of("desc", "another"));
        about(id, "modifyBbcPassword", Map.of("adminPass", Cloud.PASSWORD));
        about(id, "rebuildBbcInstance", Map.of("imageId", LINUX, "adminPass", Cloud.PASSWORD, "isPreserveData", false,
                "raidId", RAID, "sysRootSize", 30));
        about(id, "bindInstanceTag", TAGS);
        JsonNode seen = about(id, "getInstance", Map.of());
        Report.equal(of("renamed", "another"), of(seen.path("name").asText(), seen.path("desc").asText()));
        about(id, "unBindInstanceTag", TAGS);
        client.both("OperationLog.DateInvalid", Map.of("startTime", "today"), "listBbcOperationLog", Map.of("maxKeys", 10));
        about(id, "releaseBbcInstance", Map.of());
    }

    static void images() {
        client.done("listBbcFlavors", Map.of());
        for (String method : of("getBbcFlavor", "getBbcFlavorRaid")) {
            client.both("NoSuchObject", Map.of("flavorId", "BBC-unknown"), method, Map.of("flavorId", FLAVOR));
        }
        client.both("OperationDenied", Map.of("region", "nowhere"), "describeRegions", Map.of("region", "bj"));
        String id = client.done("createInstance", ORDER).path("instanceIds").path(0).asText();
        String image = client.both("Image.ImageNameInvalid", Map.of("imageName", "not so"), "createBbcImage",
                Map.of("imageName", "golden", "instanceId", id)).path("imageId").asText();
        client.both("BadRequest", Map.of("marker", "m-unknown"), "listImages", Map.of("maxKeys", 10));
        for (String method : of("getImage", "deleteImage")) {
            client.both("NoSuchObject", Map.of("imageId", "m-unknown"), method, Map.of("imageId", image));
        }
        tags();
    }

    private static void tags() {
        JsonNode made = new Swept(Cloud.bcc).done("createReservedInstances", Map.of("zoneName", Cloud.ZONE,
                "spec", Cloud.SPEC, "offeringType", "FullyPrepay", "instanceCount", 1, "reservedInstanceTime", 1));
        String reserved = made.path("reservedInstanceIds").path(0).asText();
        for (String method : of("bindReservedInstanceToTags", "unbindReservedInstanceFromTags")) {
            client.both("NoSuchObject", Map.of("reservedInstanceIds", of("r-unknown")), method,
                    Cloud.with(TAGS, Map.of("reservedInstanceIds", of(reserved))));
        }
    }

    private static JsonNode about(String id, String method, Map<String, ?> members) {
        return client.both("NoSuchObject", NOBODY, method, Cloud.with(members, Map.of("instanceId", id)));
    }
}
