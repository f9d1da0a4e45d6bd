import com.baidubce.BceServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every further call of the SDK, once as it succeeds and once as it is refused, as far as the emulator has it. */
final class Sweep {
    private static final String LACKING = "NotImplemented";
    /** What it answers to a request that it could not make sense of, which no request of an SDK deserves. */
    private static final Set<String> UNREADABLE = Set.of("InappropriateJSON", "MalformedJSON", "InvalidHTTPRequest");

    private static final List<String> failures = new ArrayList<>();
    private static final TreeSet<String> later = new TreeSet<>();
    private static String call = "";

    private Sweep() {}

    static void tell(Report report) {
        report.remarked("operations-sweep", () -> {
            for (Report.Deed part : List.<Report.Deed>of(
                    SweepInstances::life, SweepInstances::lists, SweepInstances::billing, SweepInstances::network,
                    SweepInstances::ipv6,
                    SweepDisks::volumes, SweepDisks::billing, SweepDisks::snapshots, SweepDisks::policies,
                    SweepDisks::clusters,
                    SweepRest::images, SweepRest::keys, SweepRest::groups, SweepRest::offers,
                    SweepRest::clusters, SweepLooks::refusals, SweepRepairs::reservedInstances, SweepRepairs::events, SweepRepairs::rules,
                    SweepRepairs::diagnostics,
                    SweepAddresses::life, SweepAddresses::billing, SweepAddresses::transfers,
                    SweepAddresses::sharedBandwidths, SweepAddresses::packages,
                    SweepNetwork::enterpriseGroups, SweepNetwork::cards,
                    SweepVpc::networks, SweepVpc::routes, SweepVpc::filters, SweepVpc::probes,
                    SweepVpc::addressTemplates,
                    SweepGateways::translation, SweepGateways::ipv6, SweepGateways::floating,
                    SweepConnections::peers, SweepConnections::privateNetworks, SweepConnections::dialIns,
                    SweepConnections::dedicatedLines, SweepConnections::serviceCards,
                    SweepServices::clusters, SweepServices::publishing,
                    SweepBalancers::ordinary, SweepBalancers::application,
                    SweepBareMetal::servers, SweepBareMetal::images)) {
                Control.reset();
                try {
                    part.run();
                } catch (RuntimeException | AssertionError error) {
                    failures.add("after " + call + ": " + error + " at " + error.getStackTrace()[0]);
                }
            }
            Stream.of(SweepAddresses.CLIENTS, SweepNetwork.CLIENTS, SweepVpc.CLIENTS, SweepGateways.CLIENTS,
                            SweepConnections.CLIENTS, SweepBalancers.CLIENTS, SweepServices.CLIENTS,
                            SweepBareMetal.CLIENTS)
                    .flatMap(List::stream).flatMap(Swept::untried)
                    .forEach(name -> failures.add("nobody called " + name));
            Report.hold(failures.isEmpty(), String.join("\n", failures));
            return later.isEmpty() ? null : "not emulated yet: " + String.join(", ", later);
        });
    }

    /** A call that succeeds, and brings about what it does. */
    static void done(String name, Report.Deed deed) {
        call = name;
        try {
            deed.run();
            Control.settle();
        } catch (Throwable error) {
            judge(name, error);
        }
    }

    /** A call that is refused as documented. */
    static void refused(String name, Report.Deed deed) {
        call = name;
        try {
            BceServiceException error = Cloud.refusal(deed);
            if (error.getStatusCode() >= 500 || UNREADABLE.contains(error.getErrorCode())) {
                throw error;
            }
        } catch (Throwable error) {
            judge(name + " refused", error);
        }
    }

    /** A call that is refused with this code. */
    static void refused(String name, String code, Report.Deed deed) {
        call = name;
        try {
            BceServiceException error = Cloud.refusal(deed);
            if (error.getStatusCode() >= 500 || !code.equals(error.getErrorCode())) {
                throw error;
            }
        } catch (Throwable error) {
            judge(name + " refused", error);
        }
    }

    private static void judge(String name, Throwable error) {
        if (error instanceof BceServiceException refusal && LACKING.equals(refusal.getErrorCode())) {
            later.add(name.replace(" refused", ""));
        } else {
            failures.add(name + ": " + error.toString().strip() + "\n  last asked: " + Control.lastAsked());
        }
    }
}
