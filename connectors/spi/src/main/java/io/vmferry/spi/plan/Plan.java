package io.vmferry.spi.plan;

import io.vmferry.spi.target.TargetFacts;
import java.time.Instant;
import java.util.List;

/**
 * Everything that a run will do, decided beforehand. Written as canonical JSON; two plans with the same content differ in
 * {@code created} only.
 *
 * @param migration name from the migration file; names of target objects derive from it
 * @param findings about the migration as a whole; those about one VM are in its {@link VmPlan}
 */
public record Plan(
        String migration,
        Instant created,
        TargetFacts target,
        List<SourceSummary> sources,
        List<VmPlan> vms,
        List<Finding> findings) {
    public Plan {
        sources = List.copyOf(sources);
        vms = List.copyOf(vms);
        findings = List.copyOf(findings);
    }

    /**
     * A source as the plan saw it.
     *
     * @param trust how its connection is trusted, in words
     * @param vms VMs it has, selected or not
     */
    public record SourceSummary(
            String name, String type, String location, String product, String version, String trust, int vms) {}
}
