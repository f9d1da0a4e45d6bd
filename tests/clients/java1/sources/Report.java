import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/** Runs scenarios one after another and tells each in a line of JSON; see ../../scenarios.md. */
final class Report {
    /** What a scenario does; it answers a remark for its reader, or null. */
    interface Work {
        String run() throws Exception;
    }

    /** The same, with nothing to remark. */
    interface Deed {
        void run() throws Exception;
    }

    private int failed;

    void scenario(String name, Deed deed) {
        remarked(name, () -> {
            deed.run();
            return null;
        });
    }

    /** What the SDK has no way to do. */
    void cannot(String name, String why) {
        System.out.println(Control.JSON.createObjectNode().put("scenario", name).putNull("ok").put("note", why));
    }

    void remarked(String name, Work work) {
        Control.reset();
        Control.earlier.clear();
        ObjectNode line = Control.JSON.createObjectNode().put("scenario", name);
        try {
            String note = work.run();
            line.put("ok", true).put("note", Objects.toString(note, ""));
        } catch (Throwable error) {
            failed += 1;
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            line.put("ok", false).put("note", trace.toString());
        }
        Control.earlier.addAll(Control.operations());
        line.set("operations", Control.JSON.valueToTree(Control.earlier));
        System.out.println(line);
    }

    void end() {
        System.exit(failed == 0 ? 0 : 1);
    }

    static void equal(Object expected, Object seen) {
        if (!Objects.equals(expected, seen)) {
            throw new AssertionError("expected " + expected + ", seen " + seen);
        }
    }

    static void hold(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
