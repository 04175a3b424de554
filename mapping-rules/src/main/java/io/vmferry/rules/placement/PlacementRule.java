package io.vmferry.rules.placement;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.match.VmMatch;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.PlacementTarget;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives the VM its name, namespace, labels and annotations, and decides whether it is started. */
public final class PlacementRule implements Rule {
    private final MigrationFile file;
    private final MappingRules rules;
    private final Overrides overrides;

    public PlacementRule(MigrationFile file, MappingRules rules) {
        this.file = file;
        this.rules = rules;
        this.overrides = new Overrides(file.overrides());
    }

    @Override
    public String id() {
        return "placement";
    }

    @Override
    public VmPlan apply(PlanningFacts facts, VmPlan draft) {
        Vm vm = facts.vm();
        VmOverride override = overrides.of(vm);
        List<Finding> findings = new ArrayList<>();
        MappingRule<VmMatch, PlacementTarget> rule = MappingRules.first(rules.placement(), match -> match.matches(vm))
                .orElse(null);
        if (rule != null && rule.block() != null) {
            findings.add(PlanFinding.VM_BLOCKED.about(
                    Subject.of(vm), "placement rule '" + rule.name() + "' refuses it: " + rule.block()));
        }
        PlacementTarget to = rule == null || rule.to() == null ? NOWHERE : rule.to();
        String namespace = override.namespace() != null
                ? override.namespace()
                : to.namespace() != null ? to.namespace() : file.namespace();
        TargetVm target = draft.target();
        return draft.withTarget(new TargetVm(
                        override.name() != null ? override.name() : name(vm, findings),
                        namespace,
                        target.cpu(),
                        target.memoryBytes(),
                        target.firmware(),
                        target.uuid(),
                        target.serial(),
                        target.machine(),
                        target.clock(),
                        target.profile(),
                        override.start() != null
                                ? override.start()
                                : file.policy().start(),
                        to.labels(),
                        to.annotations()))
                .plus(findings);
    }

    private static final PlacementTarget NOWHERE = new PlacementTarget(null, Map.of(), Map.of());

    private static String name(Vm vm, List<Finding> findings) {
        TargetName name =
                TargetName.of(vm.name(), vm.ref().source() + "\u0000" + vm.ref().key());
        if (name.generated()) {
            findings.add(PlanFinding.VM_NAME_GENERATED.about(
                    Subject.of(vm),
                    "it becomes '" + name.name() + "': Kubernetes takes 63 small letters, digits and '-' only"));
        } else if (!name.exact()) {
            findings.add(PlanFinding.VM_NAME_CHANGED.about(Subject.of(vm), "it becomes '" + name.name() + "'"));
        }
        return name.name();
    }
}
