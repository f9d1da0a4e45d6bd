import static java.util.List.of;

import com.baidubce.services.bcc.model.InstanceModel;
import com.baidubce.services.bcc.model.instance.BatchStopInstanceRequest;
import com.baidubce.services.bcc.model.instance.ListInstancesRequest;
import com.baidubce.services.bcc.model.instance.ListInstancesResponse;
import com.baidubce.services.bcc.model.instance.RebootInstancesRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Many at once. */
final class Many {
    private Many() {}

    static void tell(Report report) {
        report.remarked("batch", Many::batch);
        report.scenario("paging-2500", Many::pages);
    }

    private static String batch() throws Exception {
        List<String> ids = Cloud.create("purchaseCount", 3);
        Cloud.bcc.rebootInstances(Cloud.of(RebootInstancesRequest.class, "instanceIds", ids));
        Control.settle();
        Report.equal(Set.of("Running"), statuses());
        List<String> andNobody = new ArrayList<>(ids);
        andNobody.add(Cloud.NOBODY);
        Cloud.refusal(() -> stop(andNobody));
        Report.equal(Set.of("Running"), statuses());
        stop(ids);
        Control.settle();
        Report.equal(Set.of("Stopped"), statuses());
        return "BccClient has no call that starts several";
    }

    private static void stop(List<String> ids) {
        Cloud.bcc.batchStopInstance(Cloud.of(BatchStopInstanceRequest.class, "instanceIds", ids));
    }

    private static Set<String> statuses() {
        Set<String> seen = new HashSet<>();
        for (InstanceModel instance : Cloud.bcc.listInstances().getInstances()) {
            seen.add(instance.getStatus());
        }
        return seen;
    }

    private static void pages() throws Exception {
        Set<String> made = new HashSet<>();
        for (int batch = 0; batch < 25; batch++) {
            made.addAll(Cloud.bcc.createInstanceBySpec(Cloud.order("purchaseCount", 100)).getInstanceIds());
        }
        ListInstancesRequest request = new ListInstancesRequest();
        request.setMaxKeys(1000);
        List<Integer> sizes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        ListInstancesResponse page;
        do {
            page = Cloud.bcc.listInstances(request);
            sizes.add(page.getInstances().size());
            page.getInstances().forEach(instance -> seen.add(instance.getId()));
            request.setMarker(page.getNextMarker());
        } while (page.getIsTruncated());
        Report.equal(of(1000, 1000, 500), sizes);
        Report.equal(made, seen);
    }
}
