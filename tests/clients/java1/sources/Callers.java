import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.auth.DefaultBceSessionCredentials;
import com.baidubce.services.bcc.BccClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Who is calling. */
final class Callers {
    private Callers() {}

    static void tell(Report report) {
        report.scenario("credentials-right", () -> {
            Report.equal(Cloud.ZONE, Cloud.bcc.listZones().getZones().get(0).getZoneName());
        });
        report.scenario("credentials-wrong-secret", () -> {
            var wrong = new DefaultBceCredentials(Control.ACCOUNT, "a secret key that is not the right one");
            Cloud.refused(400, "SignatureDoesNotMatch", () -> Cloud.connect(wrong).listZones());
        });
        report.scenario("credentials-unknown-key", () -> {
            var unknown = new DefaultBceCredentials("nobody", Cloud.OWN.getSecretKey());
            Cloud.refused(403, "InvalidAccessKeyId", () -> Cloud.connect(unknown).listZones());
        });
        report.scenario("credentials-expired", () -> {
            JsonNode pair = pair("2020-01-01T00:00:00Z");
            Cloud.refused(400, "RequestExpired", () -> session(pair, text(pair, "sessionToken")).listZones());
        });
        report.scenario("credentials-temporary", () -> {
            JsonNode pair = pair("2100-01-01T00:00:00Z");
            session(pair, text(pair, "sessionToken")).listZones();
            var bare = new DefaultBceCredentials(text(pair, "accessKeyId"), text(pair, "secretAccessKey"));
            Cloud.refused(403, "AccessDenied", () -> Cloud.connect(bare).listZones());
            Cloud.refused(403, "AccessDenied", () -> session(pair, "another").listZones());
        });
    }

    private static JsonNode pair(String end) {
        return Control.ask("POST", "accounts", Map.of("account", Control.ACCOUNT, "expiresAt", end));
    }

    private static BccClient session(JsonNode pair, String token) {
        return Cloud.connect(new DefaultBceSessionCredentials(
                text(pair, "accessKeyId"), text(pair, "secretAccessKey"), token));
    }

    private static String text(JsonNode pair, String member) {
        return pair.get(member).asText();
    }
}
