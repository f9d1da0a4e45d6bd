import com.baidubce.BceClientException;
import com.baidubce.BceServiceException;
import com.baidubce.services.bcc.model.instance.CreateInstanceRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** When something goes wrong. */
final class Trouble {
    private Trouble() {}

    static void tell(Report report) {
        report.remarked("idempotent-retry", Trouble::repeat);
        report.remarked("retry-500", () -> retry("error", "InternalError"));
        report.remarked("retry-503", () -> retry("error", "Vpc.AddIpv6Exception"));
        report.remarked("retry-disconnect", () -> retry("disconnect", true));
        report.scenario("slow-answer", () -> {
            String id = Cloud.createOne();
            Control.fail("GetInstance", 1, "delaySeconds", 1);
            long since = Control.last();
            Report.equal("Running", Cloud.status(id));
            Report.equal(1, Control.times("GetInstance", since));
        });
        report.scenario("error-shape", () -> {
            BceServiceException error = Cloud.refused(404, "NoSuchObject", () -> Cloud.instance(Cloud.NOBODY));
            JsonNode asked = Control.asked(0);
            JsonNode entry = asked.get(asked.size() - 1);
            Report.equal(entry.get("requestId").asText(), error.getRequestId());
            Report.equal(entry.get("answer").get("message").asText(), error.getErrorMessage());
            Report.equal(BceServiceException.ErrorType.Client, error.getErrorType());
        });
    }

    private static String repeat() throws Exception {
        List<String> first = Cloud.bcc.createInstanceBySpec(once().withAdminPass(Cloud.PASSWORD)).getInstanceIds();
        CreateInstanceRequest again = once().withAdminPass(Cloud.PASSWORD);
        Report.equal(first, Cloud.bcc.createInstanceBySpec(again).getInstanceIds());
        Cloud.refused(403, "IdempotentParameterMismatch", () -> {
            Cloud.bcc.createInstanceBySpec(once().withAdminPass(Cloud.PASSWORD).withName("other"));
        });
        Cloud.refused(403, "IdempotentParameterMismatch", () -> Cloud.bcc.createInstanceBySpec(again));
        Report.equal(1, Cloud.bcc.listInstances().getInstances().size());
        return "the client encrypts adminPass in the request object: the same object given again is another request";
    }

    private static CreateInstanceRequest once() {
        return Cloud.order("clientToken", "once");
    }

    /** A request with a body is an entity that the client takes for one it cannot repeat; a GET has none. */
    private static String retry(String effect, Object value) throws Exception {
        CreateInstanceRequest order = once();
        Control.fail("CreateInstanceBySpec", 2, effect, value);
        long since = Control.last();
        fails(() -> Cloud.bcc.createInstanceBySpec(order));
        fails(() -> Cloud.bcc.createInstanceBySpec(order));
        String id = Cloud.bcc.createInstanceBySpec(order).getInstanceIds().get(0);
        Report.equal(3, Control.times("CreateInstanceBySpec", since));
        Report.equal(1, Cloud.bcc.listInstances().getInstances().size());

        Control.fail("GetInstance", 2, effect, value);
        long begun = System.nanoTime();
        Report.equal(id, Cloud.instance(id).getId());
        long millis = (System.nanoTime() - begun) / 1_000_000;
        Report.equal(3, Control.times("GetInstance", since));
        Report.hold(millis >= 1700, "too soon: " + millis + " ms");
        return "a GET is sent again after 0.6 s and 1.2 s; a request with a body is never sent again";
    }

    private static void fails(Report.Deed deed) throws Exception {
        try {
            deed.run();
        } catch (BceClientException error) {
            return;
        }
        throw new AssertionError("it did not fail");
    }
}
