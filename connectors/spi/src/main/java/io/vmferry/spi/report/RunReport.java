package io.vmferry.spi.report;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.target.TargetFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a migration run did, so far or in the end.
 *
 * @param schema version of this model, part of the JSON
 * @param run id of the run; a migration that is run again keeps its VMs' history and gets a new run
 * @param finished null while it goes on or was interrupted
 */
public record RunReport(
        String schema,
        String vmferryVersion,
        String migration,
        String run,
        Instant started,
        @Nullable Instant finished,
        RunState state,
        String planHash,
        List<Plan.SourceSummary> sources,
        TargetFacts target,
        List<VmReport> vms,
        List<Finding> findings) {
    public static final String SCHEMA = "vmferry.io/run-report/v1";

    public RunReport {
        sources = List.copyOf(sources);
        vms = List.copyOf(vms);
        findings = List.copyOf(findings);
    }
}
