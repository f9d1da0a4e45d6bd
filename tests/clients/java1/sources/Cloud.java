import com.baidubce.BceClientConfiguration;
import com.baidubce.BceServiceException;
import com.baidubce.auth.BceCredentials;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.baidubce.services.bcc.model.InstanceModel;
import com.baidubce.services.bcc.model.instance.CreateInstanceRequest;
import com.baidubce.services.etgateway.EtGatewayClient;
import com.baidubce.services.etgateway.EtGatewayClientConfiguration;
import com.baidubce.services.route.RouteClient;
import com.baidubce.services.route.RouteClientConfiguration;
import com.baidubce.services.subnet.SubnetClient;
import com.baidubce.services.subnet.SubnetClientConfiguration;
import com.baidubce.services.vpc.VpcClient;
import com.baidubce.services.vpc.VpcClientConfiguration;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clients, and what most scenarios begin with. */
final class Cloud {
    static final String IMAGE = "m-z2UUQHH9";
    static final String OTHER_IMAGE = "m-t7nG51a1";
    static final String SPEC = "bcc.g5.c2m8";
    static final String ZONE = "cn-bj-a";
    static final String PASSWORD = "Passw0rd!@#";
    static final String NOBODY = "i-nothere1";
    static final String ENDPOINT = System.getenv("BCE_ENDPOINT");
    static final BceCredentials OWN =
            new DefaultBceCredentials(System.getenv("BCE_ACCESS_KEY"), System.getenv("BCE_SECRET_KEY"));

    static final BccClient bcc = connect(OWN);
    static final VpcClient vpcs = new VpcClient(
            (VpcClientConfiguration) new VpcClientConfiguration().withCredentials(OWN).withEndpoint(ENDPOINT));
    static final SubnetClient subnets = new SubnetClient(
            (SubnetClientConfiguration) new SubnetClientConfiguration().withCredentials(OWN).withEndpoint(ENDPOINT));
    static final EtGatewayClient gateways = new EtGatewayClient(
            new EtGatewayClientConfiguration().withCredentials(OWN).withEndpoint(ENDPOINT));
    static final RouteClient routes = new RouteClient(
            (RouteClientConfiguration) new RouteClientConfiguration().withCredentials(OWN).withEndpoint(ENDPOINT));

    private static final JsonMapper MEMBERS = JsonMapper.builder()
            .disable(MapperFeature.USE_ANNOTATIONS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Cloud() {}

    static BccClient connect(BceCredentials credentials) {
        BccClientConfiguration configuration = new BccClientConfiguration();
        configuration.withCredentials(credentials).withEndpoint(ENDPOINT);
        BccClient client = new BccClient(configuration);
        return client;
    }

    /** The client of another region, at that region's own host; the connection goes here all the same. */
    static BccClient connectIn(String region) {
        URI here = URI.create(ENDPOINT);
        BccClientConfiguration configuration = new BccClientConfiguration();
        configuration.withCredentials(OWN).withEndpoint("http://bcc." + region + ".baidubce.com");
        configuration.withProxyHost(here.getHost()).withProxyPort(here.getPort());
        return new BccClient(configuration);
    }

    /** The configuration of a client of any kind, pointed here. */
    static <T extends BceClientConfiguration> T configured(T configuration) {
        configuration.withCredentials(OWN).withEndpoint(ENDPOINT);
        return configuration;
    }

    /** The same, for another account. */
    static <T extends BceClientConfiguration> T configured(T configuration, String account) {
        configuration.withCredentials(new DefaultBceCredentials(account, OWN.getSecretKey())).withEndpoint(ENDPOINT);
        return configuration;
    }

    /** A request or model of the SDK with these members: name, value, name, value … */
    static <T> T of(Class<T> type, Object... members) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int at = 0; at < members.length; at += 2) {
            given.put((String) members[at], members[at + 1]);
        }
        return of(type, given);
    }

    /** The same; some requests have only constructors that take members. */
    @SuppressWarnings("unchecked")
    static <T> T of(Class<T> type, Map<?, ?> members) {
        Constructor<T> shortest = Stream.of((Constructor<T>[]) type.getDeclaredConstructors())
                .min(Comparator.comparing(Constructor::getParameterCount)).orElseThrow();
        Object[] nothing = Stream.of(shortest.getParameterTypes())
                .map(each -> each.isPrimitive() ? Array.get(Array.newInstance(each, 1), 0) : null).toArray();
        try {
            return MEMBERS.updateValue(shortest.newInstance(nothing), members);
        } catch (ReflectiveOperationException | JsonMappingException error) {
            throw new IllegalArgumentException(error);
        }
    }

    /** The members of an answer of the SDK. */
    static JsonNode members(Object answer) {
        return MEMBERS.valueToTree(answer);
    }

    /** Members with some more, or others. */
    static Map<String, ?> with(Map<String, ?> members, Map<String, ?> others) {
        Map<String, Object> given = new LinkedHashMap<>(members);
        given.putAll(others);
        return given;
    }

    static CreateInstanceRequest order(Object... members) {
        CreateInstanceRequest order = of(CreateInstanceRequest.class, members);
        return order.withSpec(SPEC).withImageId(IMAGE).withZoneName(ZONE);
    }

    /** Instances that run. */
    static List<String> create(Object... members) {
        List<String> ids = bcc.createInstanceBySpec(order(members)).getInstanceIds();
        Control.settle();
        return ids;
    }

    static String createOne(Object... members) {
        return create(members).get(0);
    }

    static InstanceModel instance(String id) {
        return bcc.getInstance(id).getInstance();
    }

    static String status(String id) {
        return instance(id).getStatus();
    }

    /** An instance that is stopped. */
    static String createStopped() {
        String id = createOne();
        bcc.stopInstance(id);
        Control.settle();
        return id;
    }

    /** As users of this SDK wait: ask again until the status is the one hoped for; answers the statuses on the way. */
    static List<String> waitFor(String id, String status) {
        List<String> seen = new ArrayList<>();
        for (int tries = 0; tries < 100; tries++) {
            String now = status(id);
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                seen.add(now);
            }
            if (now.equals(status)) {
                return seen;
            }
            Control.pass(5);
        }
        throw new AssertionError("never " + status + ": " + seen);
    }

    static BceServiceException refusal(Report.Deed deed) throws Exception {
        try {
            deed.run();
        } catch (BceServiceException error) {
            Report.hold(error.getRequestId() != null && error.getRequestId().length() == 36, "no request id: " + error);
            Report.hold(error.getErrorCode() != null, "no code: " + error);
            Report.hold(error.getErrorMessage() != null, "no message: " + error);
            return error;
        }
        throw new AssertionError("not refused");
    }

    static BceServiceException refused(int status, String code, Report.Deed deed) throws Exception {
        BceServiceException error = refusal(deed);
        Report.equal(status + " " + code, error.getStatusCode() + " " + error.getErrorCode());
        return error;
    }
}
