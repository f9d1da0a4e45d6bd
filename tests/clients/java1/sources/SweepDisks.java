import static java.util.List.of;

import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.model.Billing;
import com.baidubce.services.bcc.model.Reservation;
import com.baidubce.services.bcc.model.asp.*;
import com.baidubce.services.bcc.model.snapshot.*;
import com.baidubce.services.bcc.model.volume.*;
import java.util.Map;

/** Volumes, snapshots, and the policies that make them. */
final class SweepDisks {
    private static final BccClient bcc = Cloud.bcc;
    private static final String NONE = "v-nothere1";

    private SweepDisks() {}

    static CreateVolumeRequest order(Object... members) {
        CreateVolumeRequest order = Cloud.of(CreateVolumeRequest.class, members);
        return order.withCdsSizeInGB(50).withStorageType("hp1").withZoneName(Cloud.ZONE);
    }

    static String create() {
        String id = bcc.createVolume(order()).getVolumeIds().get(0);
        Control.settle();
        return id;
    }

    static void volumes() {
        String id = create();
        String instance = Cloud.createOne();
        Sweep.refused("createVolume", () -> bcc.createVolume(order("snapshotId", "s-nothere1")));
        Sweep.done("syncCreateVolume", () -> bcc.syncCreateVolume(order("name", "at-once")));
        Sweep.refused("syncCreateVolume", () -> bcc.syncCreateVolume(order("instanceId", Cloud.NOBODY)));
        Sweep.done("listVolumes", () -> bcc.listVolumes());
        Sweep.refused("getVolume", () -> bcc.getVolume(NONE));
        Sweep.refused("attachVolume", () -> bcc.attachVolume(NONE, instance));
        Sweep.refused("detachVolume", () -> bcc.detachVolume(id, instance));
        Sweep.refused("resizeVolume", () -> bcc.resizeVolume(id, 10));
        Sweep.done("renameVolume", () -> bcc.renameVolume(named(id)));
        Sweep.refused("renameVolume", () -> bcc.renameVolume(named(NONE)));
        Sweep.done("modifyCdsAttribute", () -> bcc.modifyCdsAttribute(described(id)));
        Sweep.refused("modifyCdsAttribute", () -> bcc.modifyCdsAttribute(described(NONE)));
        Sweep.done("modifyVolumeDeleteProtection", () -> bcc.modifyVolumeDeleteProtection(guarded(id, true)));
        Sweep.refused("modifyVolumeDeleteProtection", () -> bcc.modifyVolumeDeleteProtection(guarded(NONE, true)));
        Sweep.refused("releaseVolume", () -> bcc.releaseVolume(id));
        Sweep.done("modifyVolumeDeleteProtection", () -> bcc.modifyVolumeDeleteProtection(guarded(id, false)));
        Sweep.done("getDiskQuota", () -> bcc.getDiskQuota(Cloud.of(GetDiskQuotaRequest.class, "zoneName", Cloud.ZONE)));
        Sweep.done("getCdsPrice", () -> bcc.getCdsPrice(price("hp1")));
        Sweep.refused("getCdsPrice", () -> bcc.getCdsPrice(price("none")));
    }

    static void billing() {
        Billing month = new Billing().withPaymentTiming("Prepaid")
                .withReservation(new Reservation().withReservationLength(1));
        String instance = bcc.createInstanceBySpec(Cloud.order().withBilling(month)).getInstanceIds().get(0);
        String id = create();
        bcc.attachVolume(id, instance);
        Control.settle();
        Sweep.done("modifyVolumeChargeType", () -> bcc.modifyVolumeChargeType(
                Cloud.of(ModifyVolumeChargeTypeRequest.class, "volumeId", id, "billing", month)));
        Sweep.refused("modifyVolumeChargeType", () -> bcc.modifyVolumeChargeType(
                Cloud.of(ModifyVolumeChargeTypeRequest.class, "volumeId", NONE, "billing", month)));
        Sweep.done("purchaseReservedVolume", () -> bcc.purchaseReservedVolume(id, 1, "month"));
        Sweep.refused("purchaseReservedVolume", () -> bcc.purchaseReservedVolume(NONE, 1, "month"));
        Sweep.done("autoRenewVolume", () -> bcc.autoRenewVolume(id, "month", 1));
        Sweep.refused("autoRenewVolume", () -> bcc.autoRenewVolume(NONE, "month", 1));
        Sweep.done("cancelAutoRenewVolume", () -> bcc.cancelAutoRenewVolume(
                Cloud.of(CancelAutoRenewVolumeRequest.class, "volumeId", id)));
        Sweep.refused("cancelAutoRenewVolume", () -> bcc.cancelAutoRenewVolume(
                Cloud.of(CancelAutoRenewVolumeRequest.class, "volumeId", NONE)));
    }

    private static RenameVolumeRequest named(String id) {
        return Cloud.of(RenameVolumeRequest.class, "volumeId", id, "name", "renamed");
    }

    private static ModifyCdsAttrRequest described(String id) {
        return Cloud.of(ModifyCdsAttrRequest.class, "cdsId", id, "cdsName", "described", "desc", "of java");
    }

    private static ModifyVolumeDeleteProtectionRequest guarded(String id, boolean guarded) {
        return Cloud.of(ModifyVolumeDeleteProtectionRequest.class,
                "volumeIds", of(id), "enableDeleteProtection", guarded);
    }

    private static VolumePriceRequest price(String type) {
        return Cloud.of(VolumePriceRequest.class, "purchaseLength", 1, "paymentTiming", "Prepaid", "storageType", type,
                "cdsSizeInGB", 50, "purchaseCount", 1, "zoneName", Cloud.ZONE);
    }

    static void snapshots() {
        String instance = Cloud.createOne();
        String volume = create();
        bcc.attachVolume(volume, instance);
        Control.settle();
        String id = bcc.createSnapshot(volume, "kept", "of java").getSnapshotId();
        Control.settle();
        Sweep.done("getSnapshot", () -> Report.equal("Available", bcc.getSnapshot(id).getSnapshot().getStatus()));
        Sweep.refused("createSnapshot", () -> bcc.createSnapshot(NONE, "kept"));
        Sweep.refused("getSnapshot", () -> bcc.getSnapshot("s-nothere1"));
        Sweep.done("listSnapshots", () -> Report.equal(1, bcc.listSnapshots(
                Cloud.of(ListSnapshotsRequest.class, "volumeId", volume)).getSnapshots().size()));
        Sweep.done("listSnapchain", () -> bcc.listSnapchain(new ListSnapchainRequest()));
        Sweep.refused("rollbackVolume", () -> bcc.rollbackVolume(volume, "s-nothere1"));
        Sweep.done("rollbackVolume", () -> {
            bcc.detachVolume(volume, instance);
            Control.settle();
            bcc.rollbackVolume(volume, id);
        });
        String someone = Control.someone();
        Sweep.done("createSnapshotShare", () -> bcc.createSnapshotShare(shared(id, someone)));
        Sweep.refused("createSnapshotShare", () -> bcc.createSnapshotShare(shared("s-nothere1", someone)));
        Sweep.done("listSnapshotShare and cancelSnapshotShare", () -> {
            bcc.listSnapshotShare(new ListSnapshotShareByMarkerV2Req());
            String share = Control.answer().get("result").get(0).get("snapshotId").asText();
            bcc.cancelSnapshotShare(unshared(id, share, someone));
        });
        Sweep.refused("cancelSnapshotShare",
                () -> bcc.cancelSnapshotShare(unshared("s-nothere1", "s-nothere1", someone)));
        Sweep.done("createImageFromSnapshot", () -> {
            String whole = bcc.createSnapshot(instance, "whole").getSnapshotId();
            Control.settle();
            bcc.createImageFromSnapshot("of-snapshot", whole);
        });
        Sweep.refused("createImage", () -> bcc.createImageFromSnapshot("of-snapshot", "s-nothere1"));
        String other = bcc.createSnapshot(volume, "short-lived").getSnapshotId();
        Control.settle();
        Sweep.done("deleteSnapshot", () -> bcc.deleteSnapshot(other));
        Sweep.refused("deleteSnapshot", () -> bcc.deleteSnapshot("s-nothere1"));
        Swept client = new Swept(bcc);
        String all = client.both("NoSuchObject", Map.of("instanceId", "i-nothere1"), "createInstanceSnapshot",
                Map.of("instanceId", instance, "name", "all")).path("inSnapshotId").asText();
        client.both("ConstraintViolationException", Map.of("maxKeys", -1), "listInstanceSnapshot",
                Map.of("instanceIds", of(instance), "maxKeys", 10));
        client.both("InvalidParameter", Map.of("insnapIds", of("in-nothere1")), "renameInstanceSnapshot",
                Map.of("insnapIds", of(all), "name", "renamed"));
        client.both("InvalidParameter", Map.of("deleteInsnapIds", of("in-nothere1")), "deleteInstanceSnapshot",
                Map.of("deleteInsnapIds", of(all)));
    }

    private static CreateSnapshotShareReq shared(String id, String account) {
        return Cloud.of(CreateSnapshotShareReq.class, "snapshotId", id, "accountIds", of(account));
    }

    private static CancelSnapshotShareReq unshared(String id, String share, String account) {
        return Cloud.of(CancelSnapshotShareReq.class,
                "sourceSnapshotId", id, "shareSnapshotId", share, "accountIds", of(account));
    }

    static void policies() {
        String volume = create();
        bcc.attachVolume(volume, Cloud.createOne());
        Control.settle();
        String id = bcc.createAsp(policy("daily")).getAspId();
        Sweep.refused("createAsp", () -> bcc.createAsp(policy("!")));
        Sweep.done("attachAsp", () -> bcc.attachAsp(Cloud.of(
                AttachAspRequest.class, "aspId", id, "volumeIds", of(volume))));
        Sweep.refused("attachAsp", () -> bcc.attachAsp(Cloud.of(
                AttachAspRequest.class, "aspId", "asp-nothere1", "volumeIds", of(volume))));
        Sweep.done("getAsp", () -> Report.equal(1, bcc.getAsp(id).getAutoSnapshotPolicy().getVolumeCount()));
        Sweep.refused("getAsp", () -> bcc.getAsp("asp-nothere1"));
        Sweep.done("listAsps", () -> Report.equal(
                1, bcc.listAsps(new ListAspsRequest()).getAutoSnapshotPolicys().size()));
        Sweep.done("detachAsp", () -> bcc.detachAsp(Cloud.of(
                DetachAspRequest.class, "aspId", id, "volumeIds", of(volume))));
        Sweep.refused("detachAsp", () -> bcc.detachAsp(Cloud.of(
                DetachAspRequest.class, "aspId", "asp-nothere1", "volumeIds", of(volume))));
        Sweep.done("updateAsp", () -> bcc.updateAsp(changed(id)));
        Sweep.refused("updateAsp", () -> bcc.updateAsp(changed("asp-nothere1")));
        Sweep.done("deleteAsp", () -> bcc.deleteAsp(id));
        Sweep.refused("deleteAsp", () -> bcc.deleteAsp("asp-nothere1"));
    }

    private static CreateAspRequest policy(String name) {
        return Cloud.of(CreateAspRequest.class, "name", name, "timePoints", of(0, 12), "repeatWeekdays", of(1, 3),
                "retentionDays", "7");
    }

    private static UpdateAspRequest changed(String id) {
        return Cloud.of(UpdateAspRequest.class, "aspId", id, "name", "weekly", "timePoints", of("0"),
                "repeatWeekdays", of("1"), "retentionDays", "7");
    }

    static void clusters() {
        Billing month = new Billing().withPaymentTiming("Prepaid")
                .withReservation(new Reservation().withReservationLength(1));
        String[] own = new String[1];
        Sweep.done("createVolumeCluster", () -> own[0] = bcc.createVolumeCluster(Cloud.of(
                CreateVolumeClusterRequest.class, "clusterSizeInGB", 97280, "storageType", "hp1",
                "zoneName", Cloud.ZONE, "clusterName", "cluster", "billing", month)).getClusterIds().get(0));
        Control.settle();
        Sweep.done("listVolumeClusters", () -> bcc.listVolumeClusters());
        Sweep.done("getVolumeCluster", () -> bcc.getVolumeCluster(own[0]));
        Sweep.refused("getVolumeCluster", () -> bcc.getVolumeCluster("DC-nothere1"));
        Sweep.done("resizeVolumeCluster", () -> bcc.resizeVolumeCluster(own[0], 194560));
        Sweep.refused("resizeVolumeCluster", () -> bcc.resizeVolumeCluster("DC-nothere1", 194560));
        Control.settle();
        Sweep.done("purchaseReservedVolumeCluster", () -> bcc.purchaseReservedVolumeCluster(own[0], 1, "month"));
        Sweep.refused("purchaseReservedVolumeCluster",
                () -> bcc.purchaseReservedVolumeCluster("DC-nothere1", 1, "month"));
        Sweep.done("autoRenewVolumeCluster", () -> bcc.autoRenewVolumeCluster(own[0], 1, "month"));
        Sweep.refused("autoRenewVolumeCluster", () -> bcc.autoRenewVolumeCluster("DC-nothere1", 1, "month"));
        Sweep.done("cancelAutoRenewVolumeCluster", () -> bcc.cancelAutoRenewVolumeCluster(
                Cloud.of(CancelAutoRenewVolumeClusterRequest.class, "clusterId", own[0])));
        Sweep.refused("cancelAutoRenewVolumeCluster", () -> bcc.cancelAutoRenewVolumeCluster(
                Cloud.of(CancelAutoRenewVolumeClusterRequest.class, "clusterId", "DC-nothere1")));
        Sweep.done("refundVolumeCluster", () -> bcc.refundVolumeCluster(own[0]));
        Sweep.refused("refundVolumeCluster", () -> bcc.refundVolumeCluster("DC-nothere1"));
    }
}
