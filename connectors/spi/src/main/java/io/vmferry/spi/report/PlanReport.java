package io.vmferry.spi.report;

import io.vmferry.spi.plan.Plan;

/**
 * The dry run's report.
 *
 * @param schema version of this model, part of the JSON
 * @param planHash SHA-256 of the plan's canonical JSON without its time; what an approval refers to
 */
public record PlanReport(String schema, String vmferryVersion, String planHash, Plan plan) {
    public static final String SCHEMA = "vmferry.io/plan-report/v1";
}
