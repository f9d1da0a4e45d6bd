import static java.util.List.of;

import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.model.ImageModel;
import com.baidubce.services.bcc.model.SecurityGroupRuleModel;
import com.baidubce.services.bcc.model.VolumeModel;
import com.baidubce.services.bcc.model.deployset.CreateDeploySetRequest;
import com.baidubce.services.bcc.model.deployset.DeleteDeploySetRequest;
import com.baidubce.services.bcc.model.image.ListImagesRequest;
import com.baidubce.services.bcc.model.image.ShareImageRequest;
import com.baidubce.services.bcc.model.image.UnShareImageRequest;
import com.baidubce.services.bcc.model.keypair.KeypairAttachRequest;
import com.baidubce.services.bcc.model.keypair.KeypairCreateRequest;
import com.baidubce.services.bcc.model.keypair.KeypairDeleteRequest;
import com.baidubce.services.bcc.model.keypair.KeypairDetachRequest;
import com.baidubce.services.bcc.model.keypair.KeypairDetailRequest;
import com.baidubce.services.bcc.model.keypair.KeypairListRequest;
import com.baidubce.services.bcc.model.keypair.KeypairModel;
import com.baidubce.services.bcc.model.keypair.KeypairRenameRequest;
import com.baidubce.services.bcc.model.securitygroup.CreateSecurityGroupRequest;
import com.baidubce.services.bcc.model.securitygroup.ListSecurityGroupsRequest;
import com.baidubce.services.bcc.model.securitygroup.SecurityGroupRuleOperateRequest;
import com.baidubce.services.bcc.model.volume.CreateVolumeRequest;
import com.baidubce.services.bcc.model.volume.ListVolumesRequest;
import com.baidubce.services.subnet.model.SubnetDetail;

/** What stands around an instance. */
final class Around {
    private static final BccClient bcc = Cloud.bcc;

    private Around() {}

    static void tell(Report report) {
        report.scenario("volumes", Around::volumes);
        report.scenario("images", Around::images);
        report.scenario("keypairs", Around::keypairs);
        report.scenario("security-groups", Around::securityGroups);
        report.scenario("deploy-sets", Around::deploySets);
        report.scenario("subnets", Around::subnets);
    }

    private static void volumes() throws Exception {
        String instance = Cloud.createOne();
        CreateVolumeRequest order = new CreateVolumeRequest()
                .withName("data")
                .withCdsSizeInGB(50)
                .withStorageType("hp1")
                .withZoneName(Cloud.ZONE);
        String id = bcc.createVolume(order).getVolumeIds().get(0);
        Report.equal("Creating", volume(id).getStatus());
        Control.settle();
        Report.equal("Available", volume(id).getStatus());

        bcc.attachVolume(id, instance);
        Control.settle();
        Report.equal("InUse", volume(id).getStatus());
        Report.equal(instance, volume(id).getAttachments().get(0).getInstanceId());
        var listed = bcc.listVolumes(new ListVolumesRequest().withInstanceId(instance)).getVolumes();
        Report.equal(2, listed.size());
        Cloud.refusal(() -> bcc.releaseVolume(id));

        bcc.detachVolume(id, instance);
        Control.settle();
        bcc.resizeVolume(id, 80);
        Control.settle();
        Report.equal(80, volume(id).getDiskSizeInGB());
        bcc.releaseVolume(id);
        Control.settle();
        Cloud.refusal(() -> bcc.getVolume(id));
    }

    private static VolumeModel volume(String id) {
        return bcc.getVolume(id).getVolume();
    }

    private static void images() throws Exception {
        var listed = bcc.listImages(new ListImagesRequest().withImageType("System")).getImages();
        Report.hold(listed.size() > 1 && listed.stream().allMatch(image -> image.getType().equals("System")), "System");
        String instance = Cloud.createOne();
        String id = bcc.createImageFromInstance("of-java", instance).getImageId();
        Report.equal("Creating", image(id).getStatus());
        Control.settle();
        ImageModel made = image(id);
        Report.equal(of("of-java", "Custom", "Available"), of(made.getName(), made.getType(), made.getStatus()));

        String someone = Control.someone();
        bcc.shareImage(Cloud.of(ShareImageRequest.class, "imageId", id, "accountId", someone));
        Report.equal(1, bcc.listSharedUser(id).getUsers().size());
        bcc.unShareImage(Cloud.of(UnShareImageRequest.class, "imageId", id, "accountId", someone));
        bcc.deleteImage(id);
        Control.settle();
        Cloud.refusal(() -> bcc.getImage(id));
    }

    private static ImageModel image(String id) {
        return bcc.getImage(id).getImage();
    }

    private static void keypairs() throws Exception {
        KeypairModel made = bcc.createKeypair(
                Cloud.of(KeypairCreateRequest.class, "name", "key", "description", "of java"));
        String id = made.getKeypairId();
        Report.hold(made.getPrivateKey().contains("PRIVATE KEY") && id.startsWith("k-"), "a private key");
        Report.equal(id, bcc.listKeypair(new KeypairListRequest()).getKeypairs().get(0).getKeypairId());

        String instance = Cloud.createStopped();
        bcc.attachKeypair(Cloud.of(KeypairAttachRequest.class, "keypairId", id, "instanceIds", of(instance)));
        Control.settle();
        Report.equal("key", Cloud.instance(instance).getKeypairName());
        Report.equal(1, keypair(id).getInstanceCount());
        Cloud.refusal(() -> bcc.deleteKeypair(new KeypairDeleteRequest().withKeypairId(id)));
        bcc.detachKeypair(Cloud.of(KeypairDetachRequest.class, "keypairId", id, "instanceIds", of(instance)));
        Control.settle();
        bcc.renameKeypair(Cloud.of(KeypairRenameRequest.class, "keypairId", id, "name", "renamed"));
        Report.equal("renamed", keypair(id).getName());
        bcc.deleteKeypair(new KeypairDeleteRequest().withKeypairId(id));
        Cloud.refusal(() -> keypair(id));
    }

    private static KeypairModel keypair(String id) {
        return bcc.keypairDetail(new KeypairDetailRequest().withKeypairId(id));
    }

    private static void securityGroups() throws Exception {
        String instance = Cloud.createOne();
        SecurityGroupRuleModel ssh = new SecurityGroupRuleModel()
                .withDirection("ingress")
                .withProtocol("tcp")
                .withPortRange("22")
                .withSourceIp("10.0.0.0/8");
        String id = bcc.createSecurityGroup(new CreateSecurityGroupRequest()
                        .withName("group")
                        .withVpcId(Cloud.instance(instance).getVpcId())
                        .withRules(of(ssh)))
                .getSecurityGroupId();
        SecurityGroupRuleModel dns = new SecurityGroupRuleModel()
                .withDirection("egress")
                .withProtocol("udp")
                .withPortRange("53");
        bcc.authorizeSecurityGroupRule(new SecurityGroupRuleOperateRequest().withSecurityGroupId(id).withRule(dns));
        var rules = bcc.getSecurityGroup(id).getRules();
        Report.hold(rules.stream().anyMatch(rule -> "22".equals(rule.getPortRange())), "the first rule");
        Report.hold(rules.stream().anyMatch(rule -> "53".equals(rule.getPortRange())), "the second rule");

        bcc.bindInstanceToSecurityGroup(instance, id);
        var bound = bcc.listSecurityGroups(
                new ListSecurityGroupsRequest().withInstanceId(instance)).getSecurityGroups();
        Report.hold(bound.stream().anyMatch(group -> group.getId().equals(id)), "bound");
        Cloud.refusal(() -> bcc.deleteSecurityGroup(id));
        bcc.unbindInstanceFromSecurityGroup(instance, id);
        bcc.deleteSecurityGroup(id);
        Cloud.refusal(() -> bcc.getSecurityGroup(id));
    }

    private static void deploySets() throws Exception {
        CreateDeploySetRequest order = Cloud.of(
                CreateDeploySetRequest.class, "name", "apart", "desc", "of java", "strategy", "HOST_HA");
        String id = bcc.createDeploySet(order).getDeploySetIds().get(0);
        String instance = Cloud.createOne("deployId", id);
        Report.equal(id, Cloud.instance(instance).getDeploysetId());
        Report.equal("apart", bcc.listDeploySet().getDeploySets().get(0).getName());
        Cloud.refusal(() -> delete(id));
        bcc.releaseInstance(instance);
        Control.settle();
        delete(id);
        Report.equal(of(), bcc.listDeploySet().getDeploySets());
    }

    private static void delete(String deploySet) {
        bcc.deleteDeploySet(Cloud.of(DeleteDeploySetRequest.class, "deployId", deploySet));
    }

    private static void subnets() throws Exception {
        String vpc = Cloud.vpcs.createVpc("net", "172.16.0.0/16").getVpcId();
        String id = Cloud.subnets.createSubnet("sub", vpc, "172.16.1.0/24", Cloud.ZONE).getSubnetId();
        SubnetDetail made = Cloud.subnets.getSubnetDetail(id).getSubnet();
        Report.equal(of("sub", "172.16.1.0/24", vpc), of(made.getName(), made.getCidr(), made.getVpcId()));
        String group = bcc.createSecurityGroup(new CreateSecurityGroupRequest()
                        .withName("group").withVpcId(vpc)
                        .withRules(of(new SecurityGroupRuleModel().withDirection("ingress").withProtocol("all"))))
                .getSecurityGroupId();

        String instance = Cloud.createOne("subnetId", id, "securityGroupId", group);
        Report.hold(Cloud.instance(instance).getInternalIp().startsWith("172.16.1."), "an address of the subnet");
        Cloud.refusal(() -> Cloud.subnets.deleteSubnet(id));
        Cloud.refusal(() -> Cloud.vpcs.deleteVpc(vpc));
        bcc.releaseInstance(instance);
        Control.settle();
        bcc.deleteSecurityGroup(group);
        Cloud.subnets.deleteSubnet(id);
        Cloud.vpcs.deleteVpc(vpc);
        Cloud.refusal(() -> Cloud.vpcs.getVpc(vpc));
    }
}
