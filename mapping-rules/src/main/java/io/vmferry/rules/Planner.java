package io.vmferry.rules;

import io.vmferry.rules.check.Checks;
import io.vmferry.rules.compute.ComputeChoice;
import io.vmferry.rules.compute.ComputeRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.network.NetworkRule;
import io.vmferry.rules.placement.PlacementRule;
import io.vmferry.rules.placement.StableKey;
import io.vmferry.rules.storage.DiskRule;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanCheck;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.rule.Rule;
import io.vmferry.spi.target.TargetFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns facts into a plan: rules decide one after the other, then checks look at the result. Pure, and the same input gives
 * the same plan; safe for many threads.
 *
 * <p>Objects on the target ({@code VmPlan.objects}) and what only the target can find are added by whoever has a session to
 * it.
 */
public final class Planner {
    private final MigrationFile file;
    private final List<Rule> rules;
    private final Checks checks;

    public Planner(MigrationFile file, MappingRules mapping) {
        this.file = file;
        ComputeChoice compute = new ComputeChoice(file, mapping);
        this.rules = List.of(
                new PlacementRule(file, mapping),
                new ComputeRule(compute),
                new DiskRule(file, mapping, compute),
                new NetworkRule(file, mapping, compute));
        this.checks = new Checks(file, mapping);
    }

    /**
     * Plans a migration.
     *
     * @param vms of the selected VMs, in the order of the plan
     * @param now time of planning; nothing else depends on it
     */
    public Plan plan(TargetFacts target, List<Plan.SourceSummary> sources, List<PlanningFacts> vms, Instant now) {
        List<VmPlan> plans = new ArrayList<>();
        vms.forEach(facts -> plans.add(plan(facts)));
        for (PlanCheck check : checks.ofPlan()) {
            Map<String, List<Finding>> found = check.check(plans);
            plans.replaceAll(vm -> vm.plus(found.getOrDefault(vm.key(), List.of())));
        }
        return new Plan(file.name(), now, target, sources, plans, checks.ofMigration(sources, plans));
    }

    /** One VM by itself, without what only a look at all VMs can find. */
    public VmPlan plan(PlanningFacts facts) {
        VmPlan plan = draft(facts.vm());
        for (Rule rule : rules) {
            plan = rule.apply(facts, plan);
        }
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks.ofVm()) {
            findings.addAll(check.check(facts, plan));
        }
        return plan.plus(findings);
    }

    private static VmPlan draft(Vm vm) {
        TargetVm undecided = new TargetVm(
                "",
                "",
                vm.cpu(),
                vm.memoryBytes(),
                vm.firmware(),
                null,
                null,
                "",
                "utc",
                TargetVm.BOOT_SAFE,
                false,
                Map.of(),
                Map.of());
        return new VmPlan(StableKey.of(vm.ref()), vm, undecided, List.of(), List.of(), List.of(), List.of());
    }
}
