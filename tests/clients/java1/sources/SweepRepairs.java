import static java.util.List.of;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Reserved instances, maintenance events and the rules that allow them, and diagnostics. */
final class SweepRepairs {
    private static final String PLANNED = "PlannedMaintenanceEvent";
    private static final String UNPLANNED = "UnplannedMaintenanceEvent";
    private static final Map<String, ?> BAD = Map.of("maxKeys", -1);
    private static final Date LATER = new Date(4070908800000L);

    private static final Swept bcc = new Swept(Cloud.bcc);

    private SweepRepairs() {}

    static void reservedInstances() {
        Map<String, ?> order = Map.of("zoneName", Cloud.ZONE, "spec", Cloud.SPEC, "offeringType", "FullyPrepay",
                "reservedInstanceTime", 1);
        String mine = bcc.both("BadRequest", Map.of("offeringType", "Later"), "createReservedInstances", order)
                .at("/reservedInstanceIds/0").asText();
        JsonNode changed = bcc.both("BadRequest", Map.of("reservedInstances", of()), "modifyReservedInstances",
                Map.of("reservedInstances", of(Map.of("reservedInstanceId", mine, "reservedInstanceName", "renamed"))));
        Report.equal(of(mine, true), of(changed.at("/modifyReservedInstanceOrders/0/reservedInstanceId").asText(),
                changed.at("/modifyReservedInstanceOrders/0/success").asBoolean()));
        for (String method : of("bindReservedInstanceToTags", "unbindReservedInstanceFromTags")) {
            bcc.both("BadRequest", Map.of("reservedInstanceIds", of("r-nothere1")), method,
                    Map.of("reservedInstanceIds", of(mine), "changeTags", SweepInstances.TAGS));
        }
    }

    static void events() {
        String instance = Cloud.createOne();
        String planned = Control.event(instance, PLANNED), unplanned = Control.event(instance, UNPLANNED);
        Map<String, ?> missing = Map.of("serverEventId", "event-nothere1");
        JsonNode seen = bcc.both("BadRequest", BAD, "describePlannedEvents", Map.of("instanceIds", of(instance)));
        Report.equal(of(planned, "Inquiring"), status(seen, "planned"));
        Map<String, ?> repair = Map.of("serverEventId", unplanned, "authorizeMaintenanceOperation", "Repair");
        seen = bcc.both("NoSuchObject", missing, "authorizeServerEvent", repair);
        Report.equal(planned, seen.at("/associatedPlannedMaintenanceServerEventIds/0").asText());
        bcc.done("authorizeServerEvent", Map.of("serverEventId", planned, "executeTime", LATER));
        seen = bcc.done("describePlannedEvents", Map.of("periodEndTime", LATER));
        Report.equal(of(planned, "Processing"), status(seen, "planned"));
        Report.equal(LATER.getTime(), seen.at("/plannedMaintenanceEvents/0/executeTime").asLong());
        bcc.done("checkUnplannedEvent", Cloud.with(repair, Map.of(
                "checkResult", "Reject", "issueEffect", "it is slow", "issueDescription", "it was not before")));
        seen = bcc.both("BadRequest", BAD, "describeUnplannedEvents", Map.of("instanceIds", of(instance)));
        Report.equal(of(unplanned, "Executed"), status(seen, "unplanned"));
        Map<String, ?> passed = Map.of("serverEventId", unplanned, "checkResult", "Pass");
        bcc.done("checkUnplannedEvent", passed);
        bcc.refused("OperationDenied", "checkUnplannedEvent", passed);
        bcc.refused("NoSuchObject", "checkUnplannedEvent", Cloud.with(passed, missing));
        seen = bcc.both("BadRequest", BAD, "describeUnplannedEventRecords", Map.of("instanceIds", of(instance)));
        Report.equal(of(unplanned, "Executed"), status(seen, "unplanned"));
        String last = Control.event(instance, PLANNED);
        bcc.done("authorizeServerEvent", Map.of("instanceId", instance, "authorizeMaintenanceOperation", "Reboot"));
        seen = bcc.both("BadRequest", BAD, "describePlannedEventRecords", Map.of("instanceIds", of(instance)));
        Report.equal(of(last, "Executed"), status(seen, "planned"));
    }

    /** The id and the status of the first event of an answer. */
    private static List<String> status(JsonNode answer, String category) {
        JsonNode event = answer.at("/" + category + "MaintenanceEvents/0");
        return of(event.path("serverEventId").asText(), event.path("serverEventStatus").asText());
    }

    static void rules() {
        String instance = Cloud.createOne();
        String rule = bcc.both("BadRequest", Map.of("effectiveScope", "Tags"), "createAuthorizeRule", Map.of(
                "ruleName", "swept", "serverEventCategory", PLANNED,
                "authorizeMaintenanceOperations", of("Repair"))).path("ruleId").asText();
        Control.event(instance, PLANNED);
        JsonNode seen = bcc.done("describePlannedEvents", Map.of());
        Report.equal("Repair", seen.at("/plannedMaintenanceEvents/0/authorizedMaintenanceOperation").asText());
        bcc.refused("OperationDenied", "deleteInstUserOpAuthorizeRule", Map.of("ruleId", rule));
        bcc.both("NoSuchObject", Map.of("ruleId", "rule-nothere1"), "modifyInstUserOpAuthorizeRuleAttribute",
                Map.of("ruleId", rule, "ruleName", "renamed", "enableRule", 0));
        seen = bcc.both("BadRequest", BAD, "describeAuthorizeRules", Map.of("ruleIds", of(rule))).at("/ruleList/0");
        Report.equal(of("renamed", "DISABLED"), of(seen.path("ruleName").asText(), seen.path("status").asText()));
        bcc.both("NoSuchObject", Map.of(), "deleteInstUserOpAuthorizeRule", Map.of("ruleId", rule));
    }

    /** This client sends nothing of its requests about reports, so none is made, found by its id or deleted. */
    static void diagnostics() {
        String metrics = bcc.done("getDiagnosticSchemas", Map.of()).at("/metricSetList/0/metricSetId").asText();
        bcc.refused("InappropriateJSON", "createDiagnostic",
                Map.of("metricSetId", metrics, "instanceId", Cloud.createOne(), "instanceType", "bcc"));
        bcc.done("listDiagnosticReport", Map.of("maxKeys", 10));
        bcc.refused("InappropriateJSON", "deleteDiagnosticReport", Map.of("reportIds", of("report-nothere1")));
    }
}
