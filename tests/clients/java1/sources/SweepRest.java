import static java.util.List.of;

import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.model.SecurityGroupRuleModel;
import com.baidubce.services.bcc.model.deployset.*;
import com.baidubce.services.bcc.model.flavor.ListFlavorSpecRequest;
import com.baidubce.services.bcc.model.image.*;
import com.baidubce.services.bcc.model.instance.*;
import com.baidubce.services.bcc.model.keypair.*;
import com.baidubce.services.bcc.model.region.DescribeRegionsRequest;
import com.baidubce.services.bcc.model.securitygroup.*;
import com.baidubce.services.bcc.model.task.*;
import java.util.Map;

/** Images, keys, groups, what is on offer, and clusters. */
final class SweepRest {
    private static final BccClient bcc = Cloud.bcc;

    private SweepRest() {}

    static void images() {
        String instance = Cloud.createOne();
        String id = bcc.createImageFromInstance("swept", instance).getImageId();
        Control.settle();
        Sweep.refused("createImage", () -> bcc.createImageFromInstanceWithRelateCds("swept", Cloud.NOBODY, false));
        Sweep.refused("shareImage", () -> bcc.shareImage(
                Cloud.of(ShareImageRequest.class, "imageId", "m-nothere1", "accountId", Control.someone())));
        Sweep.refused("unShareImage", () -> bcc.unShareImage(
                Cloud.of(UnShareImageRequest.class, "imageId", "m-nothere1", "accountId", Control.someone())));
        Sweep.refused("listSharedUser", () -> bcc.listSharedUser("m-nothere1"));
        Sweep.refused("deleteImage", () -> bcc.deleteImage("m-nothere1"));
        Sweep.done("remoteCopyImage", () -> bcc.remoteCopyImage(copy(id)));
        Sweep.refused("remoteCopyImage", () -> bcc.remoteCopyImage(copy("m-nothere1")));
        BccClient there = Cloud.connectIn("gz");
        Sweep.done("cancelRemoteCopyImage", () -> {
            bcc.remoteCopyImage(copy(id));
            there.cancelRemoteCopyImage(
                    there.listImages(new ListImagesRequest().withImageType("Custom")).getImages().get(0).getId());
        });
        Sweep.refused("cancelRemoteCopyImage", () -> bcc.cancelRemoteCopyImage("m-nothere1"));
        Sweep.done("listOs", () -> Report.equal("linux", bcc.listOs(
                Cloud.of(ListOsRequest.class, "instanceIds", of(instance))).getOsInfo().get(0).getOsType()));
        Sweep.done("getAvailableImagesBySpec", () -> bcc.getAvailableImagesBySpec(
                Cloud.of(GetAvailableImagesBySpecRequest.class, "spec", Cloud.SPEC)));
    }

    private static RemoteCopyImageRequest copy(String id) {
        return Cloud.of(RemoteCopyImageRequest.class, "imageId", id, "name", "copied", "destRegion", of("gz"));
    }

    static void keys() {
        String id = bcc.importKeypair(imported("ssh-rsa " + MODULUS)).getKeypairId();
        Sweep.refused("importKeypair", () -> bcc.importKeypair(imported("no key")));
        Sweep.refused("createKeypair", () -> bcc.createKeypair(Cloud.of(KeypairCreateRequest.class, "name", "")));
        Sweep.done("updateKeypairDescription", () -> bcc.updateKeypairDescription(described(id)));
        Sweep.refused("updateKeypairDescription", () -> bcc.updateKeypairDescription(described("k-nothere1")));
        Sweep.refused("renameKeypair", () -> bcc.renameKeypair(
                Cloud.of(KeypairRenameRequest.class, "keypairId", "k-nothere1", "name", "renamed")));
        Sweep.refused("attachKeypair", () -> bcc.attachKeypair(
                Cloud.of(KeypairAttachRequest.class, "keypairId", id, "instanceIds", of(Cloud.NOBODY))));
        Sweep.refused("detachKeypair", () -> bcc.detachKeypair(
                Cloud.of(KeypairDetachRequest.class, "keypairId", "k-nothere1", "instanceIds", of(Cloud.NOBODY))));
    }

    private static final String MODULUS = "AAAAB3NzaC1yc2EAAAADAQABAAABAQC" + "x".repeat(340) + "w==";

    private static KeypairImportRequest imported(String key) {
        return Cloud.of(KeypairImportRequest.class, "name", "imported", "publicKey", key);
    }

    private static KeypairUpdateDescRequest described(String id) {
        return Cloud.of(KeypairUpdateDescRequest.class, "keypairId", id, "description", "swept");
    }

    /** A security group of a VPC. */
    static String group(String vpc) {
        SecurityGroupRuleModel all = new SecurityGroupRuleModel().withDirection("ingress").withProtocol("all");
        return bcc.createSecurityGroup(
                new CreateSecurityGroupRequest().withName("swept").withVpcId(vpc).withRules(of(all)))
                .getSecurityGroupId();
    }

    static void groups() {
        String instance = Cloud.createOne();
        String id = group(Cloud.instance(instance).getVpcId());
        SecurityGroupRuleModel dns = new SecurityGroupRuleModel()
                .withDirection("ingress").withProtocol("udp").withPortRange("53");
        Sweep.refused("createSecurityGroup", () -> group("vpc-nothere1"));
        Sweep.done("authorizeSecurityGroupRule", () -> bcc.authorizeSecurityGroupRule(rule(id, dns)));
        Sweep.refused("authorizeSecurityGroupRule", () -> bcc.authorizeSecurityGroupRule(rule(id, dns)));
        Sweep.done("updateSecurityGroupRule", () -> bcc.updateSecurityGroupRule(changed(ruleOf(id, "53"))));
        Sweep.refused("updateSecurityGroupRule", () -> bcc.updateSecurityGroupRule(changed("r-nothere1")));
        Sweep.done("deleteSecurityGroupRule", () -> bcc.deleteSecurityGroupRule(ruleOf(id, "54")));
        Sweep.refused("deleteSecurityGroupRule", () -> bcc.deleteSecurityGroupRule("r-nothere1"));
        Sweep.refused("revokeSecurityGroupRule", () -> bcc.revokeSecurityGroupRule(rule(id, dns)));
        Sweep.done("revokeSecurityGroupRule", () -> {
            bcc.authorizeSecurityGroupRule(rule(id, dns));
            bcc.revokeSecurityGroupRule(rule(id, dns));
        });
        Sweep.refused("bindInstanceToSecurityGroup", () -> bcc.bindInstanceToSecurityGroup(Cloud.NOBODY, id));
        Sweep.refused("unbindInstanceFromSecurityGroup", () -> bcc.unbindInstanceFromSecurityGroup(instance, id));

        Sweep.refused("createDeploySet", () -> bcc.createDeploySet(set("apart", "none")));
        String set = bcc.createDeploySet(set("apart", "HOST_HA")).getDeploySetIds().get(0);
        Sweep.done("updateDeploySet", () -> bcc.updateDeploySet(renamed(set)));
        Sweep.refused("updateDeploySet", () -> bcc.updateDeploySet(renamed("dset-nothere1")));
        String inside = Cloud.createOne("deployId", set);
        Sweep.done("deleteInstanceDeploySet", () -> bcc.deleteInstanceDeploySet(left(set, inside)));
        Sweep.refused("deleteInstanceDeploySet", () -> bcc.deleteInstanceDeploySet(left(set, Cloud.NOBODY)));
        Sweep.refused("deleteDeploySet", () -> bcc.deleteDeploySet(
                Cloud.of(DeleteDeploySetRequest.class, "deployId", "dset-nothere1")));
    }

    private static SecurityGroupRuleOperateRequest rule(String id, SecurityGroupRuleModel rule) {
        return new SecurityGroupRuleOperateRequest().withSecurityGroupId(id).withRule(rule);
    }

    private static String ruleOf(String id, String port) {
        return bcc.getSecurityGroup(id).getRules().stream()
                .filter(rule -> port.equals(rule.getPortRange())).findFirst().orElseThrow().getSecurityGroupRuleId();
    }

    private static UpdateSecurityGroupRuleRequest changed(String id) {
        return Cloud.of(UpdateSecurityGroupRuleRequest.class, "securityGroupRuleId", id, "portRange", "54",
                "remark", "moved", "protocol", "udp");
    }

    private static CreateDeploySetRequest set(String name, String strategy) {
        return Cloud.of(CreateDeploySetRequest.class, "name", name, "strategy", strategy);
    }

    private static UpdateDeploySetRequest renamed(String id) {
        return Cloud.of(UpdateDeploySetRequest.class, "deployId", id, "name", "renamed", "desc", "swept");
    }

    private static DeleteInstanceDeploysetRequest left(String set, String instance) {
        return Cloud.of(DeleteInstanceDeploysetRequest.class, "deployId", set, "instanceIdList", of(instance));
    }

    static void offers() {
        Sweep.done("describeRegions", () -> Report.equal(
                "bj", bcc.describeRegions(new DescribeRegionsRequest()).getRegions().get(0).getRegionId()));
        Sweep.done("listFlavorSpec", () -> bcc.listFlavorSpec(
                Cloud.of(ListFlavorSpecRequest.class, "zoneName", Cloud.ZONE)));
        Sweep.done("listBidFlavor", () -> bcc.listBidFlavor());
        Sweep.done("getPriceBySpec", () -> bcc.getPriceBySpec(price(Cloud.SPEC)));
        Sweep.refused("getPriceBySpec", () -> bcc.getPriceBySpec(price("bcc.none.c1m1")));
        Sweep.done("getBidInstancePrice", () -> bcc.getBidInstancePrice(bidPrice(Cloud.IMAGE)));
        Sweep.done("createBidInstance", () -> bcc.createBidInstance(bid(Cloud.IMAGE)));
        Sweep.refused("createBidInstance", () -> bcc.createBidInstance(bid("m-nothere1")));
        Sweep.done("cancelBidOrder", () -> {
            CreateInstanceRequest order = bid(Cloud.IMAGE);
            order.setBidModel("custom");
            order.setBidPrice("0.00001");
            bcc.cancelBidOrder(bcc.createBidInstance(order).getOrderId());
        });
        Sweep.refused("cancelBidOrder", () -> bcc.cancelBidOrder("nothere"));
        Sweep.done("listTask", () -> bcc.listTask(new ListTaskByMarkerRequest()));
        Sweep.done("getTask", () -> bcc.getTask(Cloud.of(TaskDetailRequest.class, "taskIds", of("task-nothere1"))));
    }

    private static BccPriceRequest price(String spec) {
        return Cloud.of(BccPriceRequest.class, "specId", "g5", "spec", spec, "zoneName", Cloud.ZONE,
                "paymentTiming", "Postpaid");
    }

    private static CreateInstanceRequest bid(String image) {
        return Cloud.order("instanceType", "N5", "cpuCount", 2, "memoryCapacityInGB", 8, "bidModel", "market")
                .withImageId(image);
    }

    private static GetBidInstancePriceRequest bidPrice(String image) {
        return Cloud.of(GetBidInstancePriceRequest.class, "instanceType", "N5", "cpuCount", 2, "memoryCapacityInGB", 8,
                "imageId", image, "bidModel", "market", "zoneName", Cloud.ZONE);
    }

    static void clusters() {
        Swept client = new Swept(bcc);
        client.both("BadRequest", Map.of("name", "1st"), "createEhcCluster",
                Map.of("name", "swept", "zoneName", Cloud.ZONE));
        String id = client.done("ehcClusterList", Map.of()).at("/ehcClusters/0/ehcClusterId").asText();
        client.both("NoSuchObject", Map.of("ehcClusterId", "ehc-nothere1"), "modifyEhcCluster",
                Map.of("ehcClusterId", id, "name", "renamed"));
        client.both("NoSuchObject", Map.of("ehcClusterIdList", of("ehc-nothere1")), "deleteEhcCluster",
                Map.of("ehcClusterIdList", of(id)));
    }
}
