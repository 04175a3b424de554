package io.vmferry.rules.check;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Processors, memory, and what the source does with them that the target does not. */
final class ComputeChecks implements Check {
    private static final long LEAST_MEMORY = 1L << 20;
    private static final long MUCH_MEMORY = 6L << 40;

    /** Interrupt remapping is needed beyond; QEMU's q35 without an IOMMU stops there. */
    private static final int MOST_VCPUS = 255;

    /** Names of {@code Vm.features} that connectors set. */
    private static final Map<PlanFinding, Set<String>> LOST = Map.of(
            PlanFinding.COMPUTE_HOT_PLUG_LOST, Set.of("cpuHotAdd", "cpuHotRemove", "memoryHotAdd"),
            PlanFinding.COMPUTE_AFFINITY_LOST, Set.of("cpuAffinity", "numaAffinity", "hostAffinity"),
            PlanFinding.COMPUTE_FAULT_TOLERANCE_LOST, Set.of("faultTolerance"));

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        String subject = Subject.of(vm);
        List<Finding> findings = new ArrayList<>();
        Cpu cpu = vm.cpu();
        if (cpu.sockets() < 1 || cpu.coresPerSocket() < 1 || cpu.threadsPerCore() < 1) {
            findings.add(PlanFinding.COMPUTE_CPU_INVALID.about(
                    subject,
                    "its processors are " + cpu.sockets() + " sockets of " + cpu.coresPerSocket() + " cores of "
                            + cpu.threadsPerCore() + " threads"));
        } else if ((long) cpu.sockets() * cpu.coresPerSocket() * cpu.threadsPerCore() > MOST_VCPUS) {
            findings.add(PlanFinding.COMPUTE_CPU_MANY.about(
                    subject, "it has " + cpu.vcpus() + " virtual processors, more than q35 starts with by default"));
        }
        if (vm.memoryBytes() < LEAST_MEMORY) {
            findings.add(
                    PlanFinding.COMPUTE_MEMORY_INVALID.about(subject, "its memory is " + vm.memoryBytes() + " bytes"));
        } else if (vm.memoryBytes() > MUCH_MEMORY) {
            findings.add(PlanFinding.COMPUTE_MEMORY_LARGE.about(
                    subject, "it has " + (vm.memoryBytes() >> 30) + " GiB of memory"));
        }
        LOST.keySet().stream().sorted().forEach(finding -> {
            List<String> on = LOST.get(finding).stream()
                    .filter(feature -> isOn(vm.features().get(feature)))
                    .sorted()
                    .toList();
            if (!on.isEmpty()) {
                findings.add(finding.about(subject, finding.meaning() + " (" + String.join(", ", on) + ")"));
            }
        });
        return findings;
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equalsIgnoreCase("false");
    }
}
