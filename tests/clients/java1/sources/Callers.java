import static java.time.Instant.now;

import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.auth.DefaultBceSessionCredentials;
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
            var wrong = new DefaultBceCredentials(World.ACCOUNT, "a secret key that is not the right one");
            Cloud.refused(400, "SignatureDoesNotMatch", () -> Cloud.connect(wrong).listZones());
        });
        report.scenario("credentials-unknown-key", () -> {
            var unknown = new DefaultBceCredentials("nobody", Cloud.OWN.getSecretKey());
            Cloud.refused(403, "InvalidAccessKeyId", () -> Cloud.connect(unknown).listZones());
        });
        report.remarked("credentials-expired", () -> {
            JsonNode pair = temporary(-60);
            long since = now().toEpochMilli();
            Cloud.refused(400, "RequestExpired", () -> Cloud.connect(session(pair, "a token")).listZones());
            return "it asked again for " + (now().toEpochMilli() - since) / 100 / 10.0 + " s before it gave up";
        });
        report.scenario("credentials-temporary", () -> {
            JsonNode pair = temporary(3600);
            Cloud.connect(session(pair, "a token")).listZones();
            var bare = new DefaultBceCredentials(text(pair, "accessKeyId"), text(pair, "secretAccessKey"));
            Cloud.refused(403, "AccessDenied", () -> Cloud.connect(bare).listZones());
            Cloud.refused(403, "AccessDenied", () -> Cloud.connect(session(pair, "another")).listZones());
        });
    }

    private static JsonNode temporary(int seconds) {
        String end = now().plusSeconds(seconds).toString().replaceAll("\\.\\d+Z", "Z");
        return World.ask("POST", "accounts", Map.of("sessionToken", "a token", "expiresAt", end));
    }

    private static DefaultBceSessionCredentials session(JsonNode pair, String token) {
        return new DefaultBceSessionCredentials(text(pair, "accessKeyId"), text(pair, "secretAccessKey"), token);
    }

    private static String text(JsonNode pair, String member) {
        return pair.get(member).asText();
    }
}
