import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What no client can do, over the control API: the clock, faults, and what the emulator was asked. */
final class Control {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String ACCOUNT = System.getenv("BCE_ACCESS_KEY");
    private static final String CONTROL = System.getenv("BCE_CONTROL");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Control() {}

    static JsonNode ask(String method, String path, Map<String, ?> body) {
        try {
            String text = body == null ? "" : JSON.writeValueAsString(body);
            HttpRequest request = HttpRequest.newBuilder(URI.create(CONTROL + "/" + path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(text))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (java.io.IOException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    private static String own(String path) {
        return path + (path.contains("?") ? "&" : "?") + "account=" + ACCOUNT;
    }

    /** The operations that were asked before the last reset, which empties the journal. */
    static final TreeSet<String> earlier = new TreeSet<>();

    static void reset() {
        earlier.addAll(operations());
        ask("POST", own("reset"), null);
        ask("PUT", own("clock"), Map.of("frozen", true, "pace", 1));
    }

    static void pass(int seconds) {
        ask("POST", own("clock/advance"), Map.of("seconds", seconds));
    }

    static void settle() {
        ask("POST", own("clock/advance"), Map.of("until", "idle"));
    }

    static void fail(String operation, int times, String effect, Object value) {
        ask("POST", own("faults"), Map.of("operation", operation, "times", times, effect, value));
    }

    /** The id of a maintenance event that the cloud reports of an instance. */
    static String event(String instance, String category) {
        return ask("POST", own("instances/" + instance + "/maintenance"), Map.of("category", category))
                .get("id").asText();
    }

    /** Another account. */
    static String someone() {
        return ask("POST", "accounts", Map.of()).get("accessKeyId").asText();
    }

    static JsonNode asked(long since) {
        return ask("GET", own("journal?limit=1000&since=" + since), null).get("entries");
    }

    static long last() {
        JsonNode entries = newest();
        return entries.isEmpty() ? 0 : entries.get(0).get("number").asLong();
    }

    private static JsonNode newest() {
        return ask("GET", own("journal?limit=1"), null).get("entries");
    }

    /** The answer to the last call, for what the SDK's type of it hides. */
    static JsonNode answer() {
        return newest().get(0).get("answer");
    }

    /** The request and the answer of the last call, for the note of a failure. */
    static String lastAsked() {
        JsonNode entries = newest();
        return entries.isEmpty() ? "nothing" : entries.get(0).get("request") + " " + entries.get(0).get("answer");
    }

    static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (JsonNode entry : asked(0)) {
            operations.add(entry.get("operation").asText());
        }
        return operations;
    }

    static int times(String operation, long since) {
        int times = 0;
        for (JsonNode entry : asked(since)) {
            times += entry.get("operation").asText().equals(operation) ? 1 : 0;
        }
        return times;
    }
}
