package io.vmferry.reports.json;

import io.vmferry.reports.ReportError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports as JSON: field names are the record components' names, in their order; instants are ISO 8601 in UTC; what is
 * unknown is null, never absent. The same report gives the same bytes. Streams stay open. Safe for many threads.
 */
public final class JsonReports {
    private static final JsonMapper MAPPER = ReportMapper.create();

    private JsonReports() {}

    public static void writePlan(PlanReport report, OutputStream out) {
        write(report, out);
    }

    public static void writeRun(RunReport report, OutputStream out) {
        write(report, out);
    }

    /**
     * Reads a plan's report.
     *
     * @param name of the file for messages
     * @throws VmferryException when it is cut off, lacks something, or is another kind of document
     */
    public static PlanReport readPlan(InputStream in, String name) {
        return read(in, name, PlanReport.SCHEMA, tree -> MAPPER.treeToValue(tree, PlanReport.class));
    }

    /**
     * Reads a run's report.
     *
     * @param name of the file for messages
     * @throws VmferryException when it is cut off, lacks something, or is another kind of document
     */
    public static RunReport readRun(InputStream in, String name) {
        return read(in, name, RunReport.SCHEMA, tree -> MAPPER.treeToValue(tree, RunReport.class));
    }

    /** The plan alone, in the form it has inside a report. */
    public static byte[] plan(Plan plan) {
        return (MAPPER.writeValueAsString(plan) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Object report, OutputStream out) {
        byte[] bytes = (MAPPER.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw IoFailure.writing("JSON report", e);
        }
    }

    private static <R> R read(InputStream in, String name, String schema, Function<JsonNode, R> bind) {
        try {
            JsonNode tree = MAPPER.readTree(in);
            String found = tree.path("schema").asString("");
            if (!found.equals(schema)) {
                throw new VmferryException(
                        ReportError.REPORT_SCHEMA_UNKNOWN,
                        name,
                        "its schema is \"" + found + "\", and \"" + schema + "\" was expected",
                        "Give a report of this kind, or read it with the version of vmferry that wrote it.");
            }
            return bind.apply(tree);
        } catch (JacksonException e) {
            throw new VmferryException(
                    ReportError.REPORT_UNREADABLE,
                    name + place(e),
                    "it is not a complete report (" + e.getOriginalMessage() + ")",
                    "Write the report again with `vmferry report`.",
                    e);
        }
    }

    /** Line and column of a syntax error, or the path of the field that is wrong. */
    private static String place(JacksonException e) {
        if (!e.getPath().isEmpty()) {
            StringBuilder path = new StringBuilder();
            for (JacksonException.Reference step : e.getPath()) {
                path.append(step.getPropertyName() == null ? "/" + step.getIndex() : "/" + step.getPropertyName());
            }
            return " at " + path;
        }
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
