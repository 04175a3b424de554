package io.vmferry.rules.check;

import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Overrides;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanCheck;
import java.util.List;

/**
 * All checks, in the order in which their findings are listed. They look at facts of the source and at what was mapped; what
 * the target's versions and abilities mean for a VM is the target's own to find ({@code TargetSession.preflight}).
 */
public final class Checks {
    private final MigrationFile file;
    private final MappingRules rules;
    private final List<Check> ofVm;
    private final List<PlanCheck> ofPlan;

    public Checks(MigrationFile file, MappingRules rules) {
        this.file = file;
        this.rules = rules;
        this.ofVm = List.of(
                new StateChecks(file.policy().source()),
                new ComputeChecks(),
                new FirmwareChecks(),
                new GuestChecks(),
                new DiskChecks(),
                new StorageChecks(),
                new NetworkChecks(),
                new GuestNetworkChecks(),
                new DeviceChecks(),
                new OverrideChecks(new Overrides(file.overrides())));
        this.ofPlan = List.of(new DuplicateChecks(), vms -> MigrationChecks.ambiguous(file, vms));
    }

    /** Checks of a single VM. */
    public List<Check> ofVm() {
        return ofVm;
    }

    /** Checks across VMs. */
    public List<PlanCheck> ofPlan() {
        return ofPlan;
    }

    /** Findings about the migration itself. */
    public List<Finding> ofMigration(List<Plan.SourceSummary> sources, List<VmPlan> vms) {
        return MigrationChecks.of(file, rules, sources, vms);
    }
}
