import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.baidubce.BceServiceException;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.baidubce.services.bcc.model.instance.CreateInstanceRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** JUnit: bce-java-sdk against a running emulator, each test in an account of its own. */
class PowerTest {
    static final String ENDPOINT =
            System.getenv().getOrDefault("BCE_EMULATOR_ENDPOINT", "http://127.0.0.1:8080");

    String account;
    BccClient client;

    /** Every access key that starts with test- is an account. */
    @BeforeEach
    void connect(TestInfo test) throws Exception {
        account = "test-" + test.getTestMethod().orElseThrow().getName();
        var configuration = new BccClientConfiguration();
        configuration
                .withCredentials(new DefaultBceCredentials(account, "bce-emulator-secret-key"))
                .withEndpoint(ENDPOINT);
        client = new BccClient(configuration);
        control("POST", "reset", "");
        control("PUT", "clock", "{\"frozen\": true}");
    }

    @Test
    void anInstanceRunsWhenItsTimeHasCome() throws Exception {
        String instance = create();
        assertEquals("Starting", status(instance));

        control("POST", "clock/advance", "{\"until\": \"idle\"}");
        assertEquals("Running", status(instance));
    }

    @Test
    void aRefusalReachesTheCaller() throws Exception {
        String instance = create();
        control("POST", "faults", "{\"operation\": \"StopInstance\", \"error\": \"OperationDenied\"}");

        var refusal = assertThrows(BceServiceException.class, () -> client.stopInstance(instance));

        assertEquals("OperationDenied", refusal.getErrorCode());
    }

    String create() {
        var order = new CreateInstanceRequest().withSpec("bcc.g5.c2m8").withImageId("m-z2UUQHH9");
        return client.createInstanceBySpec(order).getInstanceIds().get(0);
    }

    String status(String instance) {
        return client.getInstance(instance).getInstance().getStatus();
    }

    void control(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(ENDPOINT + "/_emulator/" + path + "?account=" + account))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
    }
}
