import static java.util.List.of;

import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.model.Billing;
import com.baidubce.services.bcc.model.TagModel;
import com.baidubce.services.bcc.model.Reservation;
import com.baidubce.services.bcc.model.TagsOperationRequest;
import com.baidubce.services.bcc.model.instance.*;
import com.baidubce.services.subnet.model.CreateSubnetRequest;
import com.baidubce.services.vpc.model.CreateVpcRequest;
import java.util.List;
import java.util.Map;

/** Instances: what the scenarios of their life leave out. */
final class SweepInstances {
    private static final BccClient bcc = Cloud.bcc;
    private static final String NOBODY = Cloud.NOBODY;
    static final List<TagModel> TAGS = of(new TagModel().withTagKey("of").withTagValue("sweep"));

    private SweepInstances() {}

    static void life() {
        List<String> ids = Cloud.create("purchaseCount", 5);
        String id = ids.get(0);
        Sweep.refused("createInstance", () -> bcc.createInstance(Cloud.order().withImageId("m-nothere1")));
        Sweep.refused("createInstanceBySpec", () -> bcc.createInstanceBySpec(Cloud.order().withImageId("m-nothere1")));
        Sweep.refused("startInstance", () -> bcc.startInstance(NOBODY));
        Sweep.refused("stopInstance", () -> bcc.stopInstance(NOBODY, false, true));
        Sweep.refused("rebootInstances", () -> reboot(of(NOBODY)));
        Sweep.refused("batchStopInstance", () -> stop(of(NOBODY)));
        Sweep.done("modifyInstanceAttributes", () -> attributes(id));
        Sweep.refused("modifyInstanceAttributes", () -> attributes(NOBODY));
        Sweep.refused("modifyInstanceDesc",
                () -> bcc.modifyInstanceDesc(new ModifyInstanceDescRequest().withInstanceId(NOBODY).withDesc("x")));
        Sweep.refused("modifyInstanceHostname", () -> bcc.modifyInstanceHostname(id, "!", false, false));
        Sweep.refused("modifyInstancePassword", () -> bcc.modifyInstancePassword(NOBODY, Cloud.PASSWORD));
        Sweep.done("rebuildBatchInstance", () -> bcc.rebuildBatchInstance(ids, Cloud.OTHER_IMAGE, Cloud.PASSWORD));
        Sweep.refused("rebuildBatchInstance",
                () -> bcc.rebuildBatchInstance(of(NOBODY), Cloud.OTHER_IMAGE, Cloud.PASSWORD));
        Sweep.refused("rebuildInstance", () -> bcc.rebuildInstance(NOBODY, Cloud.OTHER_IMAGE, Cloud.PASSWORD));
        Sweep.done("resizeInstance", () -> bcc.resizeInstance(
                new ResizeInstanceRequest().withInstanceId(id).withCpuCount(4).withMemoryCapacityInGB(16)));
        Sweep.refused("resizeInstance", () -> bcc.resizeInstance(
                new ResizeInstanceRequest().withInstanceId(NOBODY).withCpuCount(4).withMemoryCapacityInGB(16)));
        Sweep.refused("resizeInstanceBySpec", () -> bcc.resizeInstanceBySpec(
                new ResizeInstanceRequest().withInstanceId(NOBODY).withSpec(Cloud.SPEC)));
        Sweep.done("getInstanceVnc", () -> Report.hold(
                bcc.getInstanceVnc(id).getVncUrl().startsWith("http"), "an address of the console"));
        Sweep.refused("getInstanceVnc", () -> bcc.getInstanceVnc(NOBODY));

        Sweep.done("bindInstanceToTags", () -> bcc.bindInstanceToTags(id, TAGS));
        Sweep.done("bindInstanceToTags", () -> Report.equal(1, Cloud.instance(id).getTags().size()));
        Sweep.refused("bindInstanceToTags", () -> bcc.bindInstanceToTags(NOBODY, TAGS));
        Sweep.done("unbindInstanceFromTags", () -> bcc.unbindInstanceFromTags(id, TAGS));
        Sweep.refused("unbindInstanceFromTags", () -> bcc.unbindInstanceFromTags(NOBODY, TAGS));
        Sweep.done("bindTagsBatchByResourceType", () -> bcc.bindTagsBatchByResourceType(tagged("bcc", id)));
        Sweep.refused("bindTagsBatchByResourceType", () -> bcc.bindTagsBatchByResourceType(tagged("bcc", NOBODY)));
        Sweep.done("unbindTagsBatchByResourceType", () -> bcc.unbindTagsBatchByResourceType(tagged("bcc", id)));
        Sweep.refused("unbindTagsBatchByResourceType", () -> bcc.unbindTagsBatchByResourceType(tagged("bcc", NOBODY)));

        Sweep.done("releaseInstanceByPost", () -> bcc.releaseInstanceByPost(ids.get(1), true, true));
        Sweep.refused("releaseInstanceByPost", () -> bcc.releaseInstanceByPost(NOBODY, true, true));
        Sweep.done("releaseMultipleInstancesByPost",
                () -> bcc.releaseMultipleInstancesByPost(ids.subList(2, 4), true, true, true, false));
        Sweep.refused("releaseMultipleInstancesByPost",
                () -> bcc.releaseMultipleInstancesByPost(of(NOBODY), true, true, false, false));
        Sweep.refused("releaseInstance", () -> bcc.releaseInstance(NOBODY));
        Sweep.done("listRecycleInstance", () -> Report.equal(2, recycled().getInstances().size()));
        Sweep.done("deleteRecycledInstance", () -> bcc.deleteRecycledInstance(ids.get(2)));
        Sweep.done("releaseRecycledInstance", () -> bcc.releaseRecycledInstance(ids.get(3)));
        Sweep.refused("deleteRecycledInstance", () -> bcc.deleteRecycledInstance(NOBODY));
    }

    private static void attributes(String id) {
        bcc.modifyInstanceAttributes(new ModifyInstanceAttributesRequest().withInstanceId(id).withName("swept"));
    }

    private static void reboot(List<String> ids) {
        bcc.rebootInstances(Cloud.of(RebootInstancesRequest.class, "instanceIds", ids));
    }

    private static void stop(List<String> ids) {
        bcc.batchStopInstance(Cloud.of(BatchStopInstanceRequest.class, "instanceIds", ids));
    }

    private static TagsOperationRequest tagged(String type, String id) {
        return Cloud.of(TagsOperationRequest.class, "resourceType", type, "resourceIds", of(id), "tags", TAGS);
    }

    private static ListRecycleInstanceResponse recycled() {
        return bcc.listRecycleInstance(new ListRecycleInstanceRequest());
    }

    static void lists() {
        String id = Cloud.createOne("name", "one");
        Cloud.createOne("name", "two");
        Sweep.done("listInstances by name", () -> Report.equal(1, bcc.listInstances(
                Cloud.of(ListInstancesRequest.class, "instanceNames", "one")).getInstances().size()));
        Sweep.done("listInstanceByIds", () -> Report.equal(1, bcc.listInstanceByIds(
                Cloud.of(ListInstanceByIdsRequest.class, "instanceIds", of(id))).getInstances().size()));
        Sweep.done("getInstanceNoChargeList", () -> bcc.getInstanceNoChargeList(new ListGetInstanceNoChargeRequest()));
        Sweep.done("listInstanceEnis", () -> bcc.listInstanceEnis(
                Cloud.of(ListInstanceEnisRequest.class, "instanceId", id)));
        Sweep.refused("listInstanceEnis", () -> bcc.listInstanceEnis(
                Cloud.of(ListInstanceEnisRequest.class, "instanceId", NOBODY)));
        Sweep.done("listInstanceSpecs", () -> bcc.listInstanceSpecs(new ListInstanceSpecsRequest()));
        Sweep.done("listAvailableResizeSpec", () -> bcc.listAvailableResizeSpec(Cloud.of(
                ListAvailableResizeSpecRequest.class, "instanceIdList", of(id), "zone", Cloud.ZONE)));
        Sweep.refused("listAvailableResizeSpec", () -> bcc.listAvailableResizeSpec(Cloud.of(
                ListAvailableResizeSpecRequest.class, "instanceIdList", of(NOBODY), "zone", Cloud.ZONE)));
    }

    static void billing() {
        Billing month = new Billing().withPaymentTiming("Prepaid")
                .withReservation(new Reservation().withReservationLength(1));
        CreateInstanceRequest order = Cloud.order("purchaseCount", 3).withBilling(month);
        List<String> ids = bcc.createInstanceBySpec(order).getInstanceIds();
        Control.settle();
        String id = ids.get(0);
        String postpaid = Cloud.createOne();
        Sweep.done("read the end of a prepaid instance",
                () -> Report.hold(Cloud.instance(id).getExpireTime().after(Cloud.instance(id).getCreateTime()), "end"));
        Sweep.done("purchaseReservedInstance", () -> bcc.purchaseReservedInstance(id, 1, "month"));
        Sweep.refused("purchaseReservedInstance", () -> bcc.purchaseReservedInstance(NOBODY, 1, "month"));
        Sweep.done("createAutoRenewRule", () -> bcc.createAutoRenewRule(renewal(id)));
        Sweep.refused("createAutoRenewRule", () -> bcc.createAutoRenewRule(renewal(NOBODY)));
        Sweep.done("deleteAutoRenewRule", () -> bcc.deleteAutoRenewRule(renewal(id)));
        Sweep.refused("deleteAutoRenewRule", () -> bcc.deleteAutoRenewRule(renewal(NOBODY)));
        Sweep.done("changeToPrepaid", () -> bcc.changeToPrepaid(prepaid(postpaid)));
        Sweep.refused("changeToPrepaid", () -> bcc.changeToPrepaid(prepaid(NOBODY)));
        Sweep.done("batchChangeToPostpaid", () -> bcc.batchChangeToPostpaid(postpaid(id)));
        Sweep.refused("batchChangeToPostpaid", () -> bcc.batchChangeToPostpaid(postpaid(NOBODY)));
        String other = Cloud.createOne();
        Sweep.done("batchChangeToPrepaid", () -> bcc.batchChangeToPrepaid(batch(other)));
        Sweep.refused("batchChangeToPrepaid", () -> bcc.batchChangeToPrepaid(batch(NOBODY)));
        Sweep.done("batchRefundResource", () -> bcc.batchRefundResource(
                Cloud.of(BatchRefundResourceRequest.class, "instanceIds", of(ids.get(1)))));
        Sweep.refused("batchRefundResource", () -> bcc.batchRefundResource(
                Cloud.of(BatchRefundResourceRequest.class, "instanceIds", of())));
        Sweep.done("releasePrepaidInstanceByPost",
                () -> bcc.releasePrepaidInstanceByPost(ids.get(2), true, true, true));
        Sweep.refused("releasePrepaidInstanceByPost",
                () -> bcc.releasePrepaidInstanceByPost(NOBODY, true, true, true));
    }

    private static BccAutoRenewRequest renewal(String id) {
        return Cloud.of(BccAutoRenewRequest.class, "instanceId", id, "renewTimeUnit", "month", "renewTime", 1);
    }

    private static ChangeToPrepaidRequest prepaid(String id) {
        return Cloud.of(ChangeToPrepaidRequest.class, "instanceId", id, "duration", 1);
    }

    private static BatchChangeToPrepaidRequest batch(String id) {
        return Cloud.of(BatchChangeToPrepaidRequest.class, "config", of(Map.of("instanceId", id, "duration", 1)));
    }

    private static BatchChangeToPostpaidRequest postpaid(String id) {
        return Cloud.of(BatchChangeToPostpaidRequest.class, "config", of(Map.of("instanceId", id)));
    }

    static void ipv6() {
        String vpc = Cloud.vpcs.createVpc(Cloud.of(
                CreateVpcRequest.class, "name", "six", "cidr", "10.6.0.0/16", "enableIpv6", true)).getVpcId();
        String subnet = Cloud.subnets.createSubnet(Cloud.of(CreateSubnetRequest.class, "name", "six", "vpcId", vpc,
                "cidr", "10.6.1.0/24", "zoneName", Cloud.ZONE, "enableIpv6", true)).getSubnetId();
        String id = Cloud.createOne("subnetId", subnet, "securityGroupId", SweepRest.group(vpc));
        Sweep.done("addIpv6", () -> Report.hold(bcc.addIpv6(ipv6(id, null)).getIpv6Address().contains(":"), "IPv6"));
        Sweep.refused("addIpv6", () -> bcc.addIpv6(ipv6(NOBODY, null)));
        Sweep.done("delIpv6", () -> bcc.delIpv6(ipv6(id, Cloud.instance(id).getIpv6())));
        Sweep.refused("delIpv6", () -> bcc.delIpv6(ipv6(NOBODY, "2400:da00::1")));
    }

    private static InstanceIpv6Request ipv6(String id, String address) {
        return Cloud.of(InstanceIpv6Request.class, "instanceId", id, "ipv6Address", address, "reboot", true);
    }

    /** The IPv6 address that an instance gets. */
    static String withIpv6(String id) {
        bcc.addIpv6(ipv6(id, null));
        Control.settle();
        return Cloud.instance(id).getIpv6();
    }

    static void network() {
        String id = Cloud.createOne();
        String vpc = Cloud.instance(id).getVpcId();
        String subnet = Cloud.subnets.createSubnet("further", vpc, "192.168.96.0/24", Cloud.ZONE).getSubnetId();
        Sweep.done("updateInstanceSubnet", () -> bcc.updateInstanceSubnet(id, subnet, true));
        Sweep.refused("updateInstanceSubnet", () -> bcc.updateInstanceSubnet(NOBODY, subnet, true));
        Sweep.done("batchAddIp", () -> bcc.batchAddIp(
                Cloud.of(BatchAddIpRequest.class, "instanceId", id, "privateIps", of("192.168.96.200"))));
        Sweep.refused("batchAddIp", () -> bcc.batchAddIp(
                Cloud.of(BatchAddIpRequest.class, "instanceId", NOBODY, "privateIps", of("192.168.96.200"))));
        Sweep.done("batchDeleteIp", () -> bcc.batchDeleteIp(
                Cloud.of(BatchDeleteIpRequest.class, "instanceId", id, "privateIps", of("192.168.96.200"))));
        Sweep.refused("batchDeleteIp", () -> bcc.batchDeleteIp(
                Cloud.of(BatchDeleteIpRequest.class, "instanceId", NOBODY, "privateIps", of("192.168.96.200"))));
        String other = Cloud.vpcs.createVpc("other", "10.0.0.0/16").getVpcId();
        String there = Cloud.subnets.createSubnet("there", other, "10.0.1.0/24", Cloud.ZONE).getSubnetId();
        String group = SweepRest.group(other);
        bcc.stopInstance(id);
        Control.settle();
        Sweep.done("changeVpc", () -> bcc.changeVpc(Cloud.of(
                ChangeVpcRequest.class, "instanceId", id, "subnetId", there, "securityGroupIds", of(group))));
        Sweep.refused("changeVpc", () -> bcc.changeVpc(Cloud.of(
                ChangeVpcRequest.class, "instanceId", NOBODY, "subnetId", there, "securityGroupIds", of(group))));
    }
}
