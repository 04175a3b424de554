package io.vmferry.batch.planning;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.inventory.Inventory;
import io.vmferry.rules.Planner;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceInfo;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetObject;
import io.vmferry.spi.target.TargetSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the plan of a migration. Reads only: inventory, the allocation tables of disks, the target's facts.
 */
public final class Planning {
    private final MigrationFile file;
    private final MappingRules rules;
    private final Endpoints endpoints;
    private final Consumer<String> progress;

    /** @param progress is told in plain words what is being looked at */
    public Planning(MigrationFile file, MappingRules rules, Endpoints endpoints, Consumer<String> progress) {
        this.file = file;
        this.rules = rules;
        this.endpoints = endpoints;
        this.progress = progress;
    }

    public Plan plan(Instant now) {
        TargetSession target = endpoints.target();
        TargetFacts targetFacts = target.facts();
        List<Plan.SourceSummary> sources = new ArrayList<>();
        List<PlanningFacts> facts = new ArrayList<>();
        List<VmferryException> unreadable = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        LastSeen seen = LastSeen.beside(file.store());
        for (SourceConfig config : endpoints.sources()) {
            SourceSession session = endpoints.source(config.name());
            List<VmRef> refs;
            try (Stream<VmRef> listed = session.list()) {
                refs = listed.toList();
            }
            sources.add(summary(config, session.info(), refs.size()));
            List<VmRef> candidates =
                    refs.stream().filter(file.select()::maySelect).toList();
            try (Stream<Described> described = session.describeAll(candidates)) {
                described.forEach(one -> {
                    progress.accept("Looking at " + one.ref().name());
                    if (one instanceof Described.Failed failed) {
                        unreadable.add(failed.reason());
                        findings.add(unreadable(failed.ref(), failed.reason()));
                    } else if (one instanceof Described.Full full
                            && file.select().selects(full.vm())) {
                        facts.add(new DiskInspection(session).facts(seen.complete(full.vm()), targetFacts));
                    }
                });
            }
        }
        seen.save();
        if (facts.isEmpty() && unreadable.size() == 1) {
            throw unreadable.get(0);
        }
        if (facts.isEmpty() && unreadable.isEmpty()) {
            throw new VmferryException(
                    BatchError.VM_UNKNOWN,
                    "migration " + file.name(),
                    "no VM of its sources is selected",
                    "Check the sources' paths and the 'select' part of the migration file.");
        }
        Plan plan = new Planner(file, rules).plan(targetFacts, sources, facts, now);
        findings.addAll(plan.findings());
        List<VmPlan> complete =
                plan.vms().stream().map(vm -> withTarget(target, vm)).toList();
        return new Plan(plan.migration(), plan.created(), plan.target(), plan.sources(), complete, findings);
    }

    /** One package that cannot be read hinders no other VM, but nobody may overlook it. */
    private static Finding unreadable(VmRef ref, VmferryException e) {
        return Finding.blocker(
                "source.vm-unreadable",
                ref.name(),
                e.subject() + ": " + e.reason() + " [" + e.code().name() + "]",
                e.remedy());
    }

    private static VmPlan withTarget(TargetSession target, VmPlan vm) {
        List<ObjectRef> objects =
                target.manifests(vm).stream().map(TargetObject::ref).toList();
        return vm.withObjects(objects).plus(target.preflight(vm));
    }

    private static Plan.SourceSummary summary(SourceConfig config, SourceInfo info, int vms) {
        return new Plan.SourceSummary(
                config.name(),
                config.type(),
                Inventory.location(config),
                info.product(),
                info.version(),
                info.trust(),
                vms);
    }
}
