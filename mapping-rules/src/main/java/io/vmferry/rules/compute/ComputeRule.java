package io.vmferry.rules.compute;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.match.VmMatch;
import io.vmferry.rules.model.ComputeTarget;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides processors, memory, firmware, identity, machine type, clock and hardware profile. */
public final class ComputeRule implements Rule {
    private static final long MIB = 1 << 20;
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z_]+(/[A-Za-z0-9_+-]+)+");

    private final ComputeChoice choice;

    public ComputeRule(ComputeChoice choice) {
        this.choice = choice;
    }

    @Override
    public String id() {
        return "compute";
    }

    @Override
    public VmPlan apply(PlanningFacts facts, VmPlan draft) {
        Vm vm = facts.vm();
        List<Finding> findings = new ArrayList<>();
        MappingRule<VmMatch, ComputeTarget> rule = choice.rule(vm).orElse(null);
        if (rule != null && rule.block() != null) {
            findings.add(PlanFinding.VM_BLOCKED.about(
                    Subject.of(vm), "compute rule '" + rule.name() + "' refuses it: " + rule.block()));
        }
        TargetVm target = draft.target();
        return draft.withTarget(new TargetVm(
                        target.name(),
                        target.namespace(),
                        vm.cpu(),
                        memory(vm, findings),
                        vm.firmware(),
                        uuid(vm, findings),
                        serial(vm, findings),
                        choice.machine(vm),
                        clock(vm, findings),
                        choice.profile(vm),
                        target.start(),
                        target.labels(),
                        target.annotations()))
                .plus(findings);
    }

    private static long memory(Vm vm, List<Finding> findings) {
        long given = Math.max(0, vm.memoryBytes());
        long rounded = given / MIB * MIB + (given % MIB == 0 ? 0 : MIB);
        if (rounded != given) {
            findings.add(PlanFinding.COMPUTE_MEMORY_ROUNDED.about(
                    Subject.of(vm), "memory is rounded up from " + given + " bytes to " + rounded / MIB + " MiB"));
        }
        return rounded;
    }

    private static @Nullable String uuid(Vm vm, List<Finding> findings) {
        String given = vm.identity().biosUuid();
        if (given == null) {
            findings.add(PlanFinding.COMPUTE_UUID_MISSING.about(Subject.of(vm)));
            return null;
        }
        String uuid = given.strip().toLowerCase(Locale.ROOT);
        if (!UUID.matcher(uuid).matches()) {
            findings.add(PlanFinding.COMPUTE_UUID_INVALID.about(
                    Subject.of(vm), "its BIOS UUID '" + given + "' is none, so the target chooses one"));
            return null;
        }
        return uuid;
    }

    private static @Nullable String serial(Vm vm, List<Finding> findings) {
        String given = vm.identity().serial();
        String admitted = AdmittedSerial.of(given);
        if (given != null && !given.equals(admitted)) {
            findings.add(PlanFinding.COMPUTE_SERIAL_CHANGED.about(
                    Subject.of(vm),
                    admitted == null
                            ? "its firmware serial has no character that KubeVirt admits and is dropped"
                            : "its firmware serial becomes '" + admitted + "', KubeVirt admits no blanks"));
        }
        return admitted;
    }

    /** Windows keeps local time unless told otherwise, and only a zone's name says which. */
    private String clock(Vm vm, List<Finding> findings) {
        String asked = choice.target(vm).clock();
        if (asked != null) {
            return asked;
        }
        String told = vm.clock();
        if (told != null && ZONE.matcher(told).matches()) {
            return told;
        }
        boolean utc = told == null ? vm.guest().family() != GuestOs.Family.WINDOWS : !told.equals("localtime");
        if (!utc) {
            findings.add(PlanFinding.COMPUTE_CLOCK_ZONE.about(
                    Subject.of(vm),
                    "it keeps local time in its hardware clock and the timezone is not known, so the clock starts"
                            + " in UTC and is wrong until the guest synchronises it"));
        }
        return "utc";
    }
}
