package io.vmferry.rules.check;

import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What state the VM is in at its source. */
final class StateChecks implements Check {
    private final SourcePolicy policy;

    StateChecks(SourcePolicy policy) {
        this.policy = policy;
    }

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        String subject = Subject.of(vm);
        List<Finding> findings = new ArrayList<>();
        if (vm.template()) {
            findings.add(PlanFinding.VM_TEMPLATE.about(subject));
        }
        if (vm.power() == PowerState.ON) {
            findings.addAll(running(vm, subject));
        }
        if (vm.power() == PowerState.SUSPENDED) {
            findings.add(PlanFinding.VM_SUSPENDED.about(subject));
        }
        findings.addAll(flags(vm, subject));
        if (!vm.snapshots().isEmpty()) {
            String names = vm.snapshots().stream().map(Snapshot::name).collect(Collectors.joining(", "));
            findings.add(PlanFinding.VM_SNAPSHOTS.about(
                    subject, "it has snapshots (" + names + "), only its current state is migrated"));
        }
        // What a connector noticed keeps the connector's own code; its pages document it.
        for (Notice notice : vm.notices()) {
            findings.add(new Finding(
                    notice.code(),
                    notice.matters() ? Severity.WARNING : Severity.INFO,
                    notice.subject().isEmpty() ? subject : notice.subject(),
                    notice.message(),
                    ""));
        }
        return findings;
    }

    /** What flags of the source by its own name say; see {@code Vm.features}. */
    private static List<Finding> flags(Vm vm, String subject) {
        List<Finding> findings = new ArrayList<>();
        String connection = vm.features().getOrDefault("connectionState", "connected");
        if (!connection.equals("connected")) {
            findings.add(PlanFinding.VM_INACCESSIBLE.about(
                    subject, "the source itself cannot reach this VM now; its state there is: " + connection));
        }
        if (isTrue(vm, "consolidationNeeded")) {
            findings.add(PlanFinding.VM_CONSOLIDATION_NEEDED.about(subject));
        }
        if (isTrue(vm, "waitsForAnswer")) {
            findings.add(PlanFinding.VM_WAITS_FOR_ANSWER.about(subject));
        }
        if (isTrue(vm, "replicated")) {
            findings.add(PlanFinding.VM_REPLICATED.about(subject));
        }
        if ("false".equals(vm.features().get("changeTracking"))) {
            findings.add(PlanFinding.VM_CHANGE_TRACKING_OFF.about(subject));
        }
        return findings;
    }

    private static boolean isTrue(Vm vm, String feature) {
        return "true".equals(vm.features().get(feature));
    }

    private List<Finding> running(Vm vm, String subject) {
        return switch (policy.running()) {
            case REFUSE -> List.of(PlanFinding.VM_RUNNING.about(subject));
            case SHUTDOWN -> List.of(PlanFinding.VM_POWERED_ON.about(subject));
            case SNAPSHOT -> {
                List<Finding> findings = new ArrayList<>(List.of(PlanFinding.VM_SNAPSHOT_COPY.about(subject)));
                vm.disks().stream()
                        .filter(disk -> disk.mode().contains("independent"))
                        .forEach(disk -> findings.add(PlanFinding.DISK_NOT_IN_SNAPSHOT.about(Subject.of(vm, disk))));
                yield findings;
            }
        };
    }
}
