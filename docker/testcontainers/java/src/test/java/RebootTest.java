import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.baidubce.services.bcc.model.Billing;
import com.baidubce.services.bcc.model.instance.CreateInstanceRequest;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A test suite in Java that brings its own emulator: mvn test. */
@Testcontainers
class RebootTest {
    private static final String IMAGE = System.getenv().getOrDefault("BCE_EMULATOR_IMAGE", "bce-emulator:0.1.0");

    @Container
    private static final GenericContainer<?> EMULATOR = new GenericContainer<>(IMAGE)
            .withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/_emulator/ready").forPort(8080));

    private final BccClient bcc = new BccClient((BccClientConfiguration) new BccClientConfiguration()
            .withCredentials(new DefaultBceCredentials("test", "bce-emulator-secret-key"))
            .withEndpoint("http://" + EMULATOR.getHost() + ":" + EMULATOR.getMappedPort(8080)));

    @Test
    void anInstanceRunsAgainAfterAReboot() throws InterruptedException {
        String id = bcc.createInstanceBySpec(new CreateInstanceRequest()
                .withSpec("bcc.g5.c2m8")
                .withImageId("m-z2UUQHH9")
                .withBilling(new Billing().withPaymentTiming("Postpaid"))).getInstanceIds().get(0);
        waitFor(id, "Running");

        bcc.rebootInstance(id);

        assertEquals("Starting", status(id));
        waitFor(id, "Running");
    }

    private String status(String id) {
        return bcc.getInstance(id).getInstance().getStatus();
    }

    private void waitFor(String id, String wanted) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!wanted.equals(status(id))) {
            assertTrue(System.nanoTime() < end, id + " never became " + wanted);
            Thread.sleep(100);
        }
    }
}
