package io.vmferry.rules.check;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Processors, memory, and what the source does with them that the target does not. */
final class ComputeChecks implements Check {
    private static final long LEAST_MEMORY = 1L << 20;
    private static final long MUCH_MEMORY = 6L << 40;

    /** Interrupt remapping is needed beyond; QEMU's q35 without an IOMMU stops there. */
    private static final int MOST_VCPUS = 255;

    /**
     * What is lost when one of the source's flags is set.
     *
     * @param features names in {@code Vm.features} that connectors set
     */
    private record Loss(PlanFinding finding, List<String> features) {}

    private static final List<Loss> LOSSES = List.of(
            new Loss(PlanFinding.COMPUTE_HOT_PLUG_LOST, List.of("cpuHotAdd", "cpuHotRemove", "memoryHotAdd")),
            new Loss(PlanFinding.COMPUTE_AFFINITY_LOST, List.of("cpuAffinity", "numaAffinity", "hostAffinity")),
            new Loss(
                    PlanFinding.COMPUTE_CLUSTER_RULES_LOST,
                    List.of("clusterDrs", "clusterDpm", "affinityRules", "antiAffinityRules", "dependencyRules")),
            new Loss(
                    PlanFinding.COMPUTE_RESERVATION_LOST,
                    List.of(
                            "cpuReservationMhz",
                            "cpuLimitMhz",
                            "memoryReservationMb",
                            "memoryLimitMb",
                            "cpuShares",
                            "memoryShares",
                            "latencySensitivity",
                            "memoryReservationLocked")),
            new Loss(
                    PlanFinding.COMPUTE_FEATURE_LOST,
                    List.of("nestedVirtualization", "performanceCounters", "vbs", "iommu", "sev", "enclaveMb")),
            new Loss(PlanFinding.COMPUTE_FAULT_TOLERANCE_LOST, List.of("faultTolerance")));

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
        for (Loss loss : LOSSES) {
            List<String> on = loss.features().stream()
                    .filter(feature -> isOn(vm.features().get(feature)))
                    .toList();
            if (!on.isEmpty()) {
                findings.add(
                        loss.finding().about(subject, loss.finding().meaning() + " (" + String.join(", ", on) + ")"));
            }
        }
        return findings;
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equalsIgnoreCase("false");
    }
}
