import com.baidubce.BceClientConfiguration;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.auth.DefaultBceSessionCredentials;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.model.keypair.KeypairCreateRequest;
import com.baidubce.services.bcc.model.keypair.KeypairDetailRequest;
import com.baidubce.services.bcc.model.keypair.KeypairListRequest;
import com.baidubce.services.sts.StsClient;
import com.baidubce.services.sts.model.GetSessionTokenRequest;
import com.baidubce.services.sts.model.GetSessionTokenResponse;
import java.time.Duration;
import java.time.Instant;

/** Temporary keys that the SDK's own STS client mints. */
final class Temporary {
    private static final StsClient tokens =
            new StsClient(new BceClientConfiguration().withCredentials(Cloud.OWN).withEndpoint(Cloud.ENDPOINT));
    private static final String READS_INSTANCES = "{\"id\": \"readers\", \"accessControlList\": [{\"eid\": \"1\", "
            + "\"service\": \"bce:bcc\", \"region\": \"*\", \"effect\": \"Allow\", \"resource\": [\"*\"], "
            + "\"permission\": [\"READ\"]}]}";

    private Temporary() {}

    static void tell(Report report) {
        report.scenario("sts-session-token", () -> {
            var keys = mint(null);
            Duration left = Duration.between(Instant.now(), keys.getExpiration().toInstant());
            Report.hold(left.toMinutes() == 10 || left.toMinutes() == 9, "they end in " + left);
            String id = session(keys, keys.getSessionToken()).createKeypair(keypair("minted")).getKeypairId();
            Report.equal("minted", Cloud.bcc.keypairDetail(new KeypairDetailRequest().withKeypairId(id)).getName());
        });
        report.scenario("sts-acl", () -> {
            var keys = mint(READS_INSTANCES);
            BccClient reader = session(keys, keys.getSessionToken());
            Report.equal(Cloud.ZONE, reader.listZones().getZones().get(0).getZoneName());
            Cloud.refused(403, "AccessDenied", () -> reader.createKeypair(keypair("refused")));
            Report.equal(0, Cloud.bcc.listKeypair(new KeypairListRequest()).getKeypairs().size());
        });
        report.cannot("sts-assume-role", "StsClient has no method for it");
        report.scenario("sts-wrong-token", () -> {
            var keys = mint(null);
            Cloud.refused(403, "AccessDenied", () -> session(keys, "another").listZones());
            var bare = new DefaultBceCredentials(keys.getAccessKeyId(), keys.getSecretAccessKey());
            Cloud.refused(403, "AccessDenied", () -> Cloud.connect(bare).listZones());
        });
    }

    private static GetSessionTokenResponse mint(String acl) {
        return tokens.getSessionToken(new GetSessionTokenRequest().withDurationSeconds(600).withAcl(acl));
    }

    private static BccClient session(GetSessionTokenResponse keys, String token) {
        return Cloud.connect(new DefaultBceSessionCredentials(keys.getAccessKeyId(), keys.getSecretAccessKey(), token));
    }

    private static KeypairCreateRequest keypair(String name) {
        return Cloud.of(KeypairCreateRequest.class, "name", name);
    }
}
