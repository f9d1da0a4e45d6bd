import static java.util.List.of;

import com.baidubce.services.bcc.model.CreateCdsModel;
import com.baidubce.services.bcc.model.InstanceModel;
import com.baidubce.services.bcc.model.TagModel;
import com.baidubce.services.bcc.model.instance.CreateInstanceRequest;
import com.baidubce.services.bcc.model.instance.ModifyInstanceAttributesRequest;
import com.baidubce.services.bcc.model.instance.ModifyInstanceDescRequest;
import com.baidubce.services.bcc.model.instance.RebootInstanceRequest;
import com.baidubce.services.bcc.model.instance.ResizeInstanceRequest;
import java.util.Date;
import java.util.List;

/** The life of an instance. */
final class Life {
    private Life() {}

    static void tell(Report report) {
        report.scenario("create-by-spec", Life::createBySpec);
        report.scenario("create-old-call", Life::createByHardware);
        report.scenario("wait-until-running", () -> {
            String id = Cloud.bcc.createInstanceBySpec(Cloud.order()).getInstanceIds().get(0);
            Report.equal(of("Starting", "Running"), Cloud.waitFor(id, "Running"));
        });
        report.scenario("read-back-typed", Life::readBack);
        report.scenario("reboot-accepted", () -> {
            String id = Cloud.createOne();
            Cloud.bcc.rebootInstance(id);
            Report.equal(of("Starting", "Running"), Cloud.waitFor(id, "Running"));
        });
        report.scenario("reboot-refused", () -> {
            String id = Cloud.createStopped();
            var error = Cloud.refused(
                    409, "Instance.RebootInstanceOperationForbidden", () -> Cloud.bcc.rebootInstance(id));
            Report.equal("Instance not running when rebooting.", error.getErrorMessage());
            Report.equal("Stopped", Cloud.status(id));
        });
        report.scenario("reboot-forced", () -> {
            String id = Cloud.createOne();
            Cloud.bcc.rebootInstance(new RebootInstanceRequest().withInstanceId(id).withForceStop(true));
            Report.equal(of("Starting", "Running"), Cloud.waitFor(id, "Running"));
        });
        report.scenario("stop-start", Life::stopAndStart);
        report.scenario("resize", () -> {
            String id = Cloud.createOne();
            Cloud.bcc.resizeInstanceBySpec(new ResizeInstanceRequest().withInstanceId(id).withSpec("bcc.g5.c4m16"));
            List<String> seen = Cloud.waitFor(id, "Running");
            Report.equal("Scaling", seen.get(0));
            Report.equal(4, Cloud.instance(id).getCpuCount());
        });
        report.scenario("rebuild", () -> {
            String id = Cloud.createOne();
            Cloud.bcc.rebuildInstance(id, Cloud.OTHER_IMAGE, Cloud.PASSWORD);
            Cloud.waitFor(id, "Running");
            Report.equal(Cloud.OTHER_IMAGE, Cloud.instance(id).getImageId());
        });
        report.scenario("rename", Life::rename);
        report.scenario("password", () -> {
            String id = Cloud.createOne();
            Cloud.bcc.modifyInstancePassword(id, "An0ther!Pass");
            Control.settle();
            Cloud.bcc.stopInstance(id);
            Control.settle();
            Cloud.bcc.modifyInstancePassword(id, "A-third!Pass3");
            Control.settle();
            Cloud.refusal(() -> Cloud.bcc.modifyInstancePassword(id, "weak"));
        });
    }

    private static void createBySpec() throws Exception {
        CreateInstanceRequest order = new CreateInstanceRequest()
                .withSpec(Cloud.SPEC)
                .withImageId(Cloud.IMAGE)
                .withZoneName(Cloud.ZONE)
                .withName("by-spec")
                .withPurchaseCount(2)
                .withAdminPass(Cloud.PASSWORD)
                .withCreateCdsList(of(new CreateCdsModel().withCdsSizeInGB(50).withStorageType("hp1")))
                .withTags(of(new TagModel().withTagKey("of").withTagValue("java")));
        List<String> ids = Cloud.bcc.createInstanceBySpec(order).getInstanceIds();
        Report.equal(2, ids.size());
        Report.equal("Starting", Cloud.status(ids.get(0)));
        Control.settle();
        Report.equal("Running", Cloud.status(ids.get(1)));
    }

    private static void createByHardware() throws Exception {
        CreateInstanceRequest order = new CreateInstanceRequest()
                .withInstanceType("N5")
                .withCpuCount(2)
                .withMemoryCapacityInGB(8)
                .withImageId(Cloud.IMAGE);
        String id = Cloud.bcc.createInstance(order).getInstanceIds().get(0);
        Cloud.waitFor(id, "Running");
        Report.equal("N5", Cloud.instance(id).getInstanceType());
        Report.equal(2, Cloud.instance(id).getCpuCount());
    }

    private static void readBack() throws Exception {
        TagModel tag = new TagModel().withTagKey("of").withTagValue("java");
        String id = Cloud.createOne("name", "typed", "networkCapacityInMbps", 5, "tags", of(tag));
        InstanceModel seen = Cloud.instance(id);
        Report.equal(
                of(id, "typed", "Running", Cloud.SPEC, Cloud.IMAGE, Cloud.ZONE, "Postpaid", "2 8 5 0"),
                of(seen.getId(), seen.getName(), seen.getStatus(), seen.getSpec(), seen.getImageId(),
                        seen.getZoneName(), seen.getPaymentTiming(), seen.getCpuCount() + " "
                                + seen.getMemoryCapacityInGB() + " " + seen.getNetworkCapacityInMbps() + " "
                                + seen.getCardCount()));
        Report.hold(seen.getInternalIp().startsWith("192.168."), seen.getInternalIp());
        Report.hold(!seen.getPublicIp().isEmpty(), "no public address");
        Report.hold(seen.getCreateTime().after(new Date(0)), "no time of creation");
        Report.equal(null, seen.getExpireTime());
        Report.equal("of=java", seen.getTags().get(0).getTagKey() + "=" + seen.getTags().get(0).getTagValue());
        Report.hold(seen.getSubnetId().startsWith("sbn-") && seen.getVpcId().startsWith("vpc-"), seen.getSubnetId());
        Report.equal(seen.getInternalIp(), seen.getNicInfo().getIps().get(0).getPrivateIp());
        Report.hold(seen.getNicInfo().getIps().get(0).isPrimary(), "the first address");
        Report.equal(id, Cloud.bcc.listInstances().getInstances().get(0).getId());
    }

    private static void stopAndStart() throws Exception {
        String id = Cloud.createOne();
        Cloud.bcc.stopInstance(id, true);
        Report.equal(of("Stopping", "Stopped"), Cloud.waitFor(id, "Stopped"));
        Cloud.refused(409, "Instance.StopInstanceOperationForbidden", () -> Cloud.bcc.stopInstance(id));
        Cloud.bcc.startInstance(id);
        Report.equal(of("Starting", "Running"), Cloud.waitFor(id, "Running"));
        Cloud.refused(409, "Instance.StartInstanceOperationForbidden", () -> Cloud.bcc.startInstance(id));
    }

    private static void rename() throws Exception {
        String id = Cloud.createOne("name", "before");
        Cloud.bcc.modifyInstanceAttributes(
                new ModifyInstanceAttributesRequest().withInstanceId(id).withName("after"));
        Cloud.bcc.modifyInstanceDesc(new ModifyInstanceDescRequest().withInstanceId(id).withDesc("said of it"));
        Cloud.bcc.modifyInstanceHostname(id, "renamed", true, false);
        Control.settle();
        InstanceModel seen = Cloud.instance(id);
        Report.equal(of("after", "said of it", "renamed"), of(seen.getName(), seen.getDesc(), seen.getHostname()));
    }
}
