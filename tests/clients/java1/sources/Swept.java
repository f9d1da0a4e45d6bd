import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A client whose methods a sweep calls by name; a map among the arguments becomes the request that the method takes. */
final class Swept {
    private final Object client;
    private final Set<String> tried = new TreeSet<>();

    Swept(Object client) {
        this.client = client;
    }

    /** A call that must succeed, and comes to its end; it answers what came, which is missing of what failed. */
    JsonNode done(String method, Object... arguments) {
        JsonNode[] came = {MissingNode.getInstance()};
        Sweep.done(named(method), () -> came[0] = Cloud.members(call(method, arguments)));
        return came[0];
    }

    /** A call that must be refused with this code. */
    void refused(String code, String method, Object... arguments) {
        Sweep.refused(named(method), code, () -> call(method, arguments));
    }

    /** A call as it succeeds, and then with some members changed as it is refused. */
    JsonNode both(String code, Map<String, ?> wrong, String method, Map<String, ?> members) {
        JsonNode came = done(method, members);
        refused(code, method, Cloud.with(members, wrong));
        return came;
    }

    /** What tells one thing from another that is not there. */
    About about(String member, String known, String unknown) {
        return new About(this, "NoSuchObject", member, known, unknown);
    }

    /** Calls about a thing as they succeed, and about one that is not there, which are refused with this code. */
    record About(Swept client, String code, String member, String known, String unknown) {
        JsonNode both(String method, Map<String, ?> members) {
            return client.both(code, Map.of(member, unknown), method, Cloud.with(members, Map.of(member, known)));
        }

        /** The same of a method that takes the id itself, and perhaps something more. */
        JsonNode plain(String method, Object... more) {
            JsonNode came = client.done(method, with(known, more));
            client.refused(code, method, with(unknown, more));
            return came;
        }

        private static Object[] with(String id, Object[] more) {
            return Stream.concat(Stream.of(id), Arrays.stream(more)).toArray();
        }
    }

    /** The methods that another one called, of the same class, count too. */
    void calledBy(Swept other) {
        tried.addAll(other.tried);
    }

    /** The methods that nobody called. */
    Stream<String> untried() {
        return Arrays.stream(client.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName).filter(name -> !tried.contains(name)).distinct().map(this::named);
    }

    private String named(String method) {
        return client.getClass().getSimpleName() + "." + method;
    }

    private Object call(String name, Object[] arguments) throws Exception {
        Method method = Arrays.stream(client.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && takes(each.getParameterTypes(), arguments))
                .findFirst().orElseThrow(() -> new NoSuchMethodException(named(name)));
        tried.add(name);
        Object[] given = arguments.clone();
        for (int at = 0; at < given.length; at++) {
            if (given[at] instanceof Map) {
                given[at] = Cloud.of(method.getParameterTypes()[at], (Map<?, ?>) given[at]);
            }
        }
        try {
            return method.invoke(client, given);
        } catch (InvocationTargetException error) {
            throw (Exception) error.getCause();
        }
    }

    private static boolean takes(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int at = 0; at < types.length; at++) {
            boolean request = types[at].getName().startsWith("com.baidubce.");
            if (arguments[at] instanceof Map ? !request : request) {
                return false;
            }
        }
        return true;
    }
}
