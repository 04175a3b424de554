package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Architecture, machine type, processor, memory and clock. */
final class MachineCheck implements VmCheck {
    /** KubeVirt's default lists of emulated machines, per architecture; i440fx is not among them. */
    private static final Map<String, Pattern> MACHINES = Map.of(
            "amd64", Pattern.compile("q35.*|pc-q35.*"),
            "arm64", Pattern.compile("virt.*"),
            "s390x", Pattern.compile("s390-ccw-virtio.*"));

    /** "Memory size too small" of the admitter, in decimal. */
    private static final long LEAST_MEMORY = 1_000_000;

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String subject = vm.vm().name();
        TargetVm target = vm.target();
        architecture(findings, subject, target, facts);
        Cpu cpu = target.cpu();
        if (cpu.sockets() < 1 || cpu.coresPerSocket() < 1 || cpu.threadsPerCore() < 1) {
            findings.add(TargetFinding.CPU_INVALID.on(
                    subject,
                    "A VM cannot have " + cpu.sockets() + " sockets of " + cpu.coresPerSocket() + " cores with "
                            + cpu.threadsPerCore() + " threads.",
                    "Set the number of processors for this VM."));
        }
        if (target.memoryBytes() < LEAST_MEMORY) {
            findings.add(TargetFinding.MEMORY_TOO_SMALL.on(
                    subject,
                    "KubeVirt does not start a VM with " + target.memoryBytes() + " bytes of memory.",
                    "Set the memory for this VM."));
        }
        if (!target.clock().equals("utc") && !ZoneId.getAvailableZoneIds().contains(target.clock())) {
            findings.add(TargetFinding.CLOCK_UNKNOWN.on(
                    subject,
                    "\"" + target.clock() + "\" is no known timezone; the guest's hardware clock would show UTC.",
                    "Set the clock to utc or to a name like Asia/Shanghai."));
        }
        return findings;
    }

    private static void architecture(List<Finding> findings, String subject, TargetVm target, TargetFacts facts) {
        String architecture = target.cpu().architecture();
        Pattern machines = MACHINES.get(architecture);
        if (machines == null) {
            findings.add(TargetFinding.ARCHITECTURE_UNSUPPORTED.on(
                    subject,
                    "KubeVirt runs no VMs of the architecture \"" + architecture + "\".",
                    "Leave this VM out."));
            return;
        }
        if (!facts.architectures().isEmpty() && !facts.architectures().contains(architecture)) {
            findings.add(TargetFinding.ARCHITECTURE_UNSUPPORTED.on(
                    subject,
                    "The VM is " + architecture + ", and the target has only "
                            + String.join(
                                    ", ",
                                    facts.architectures().stream().sorted().toList())
                            + " nodes.",
                    "Choose a target with " + architecture + " nodes."));
        }
        if (!machines.matcher(target.machine()).matches()) {
            findings.add(TargetFinding.MACHINE_REFUSED.on(
                    subject,
                    "KubeVirt offers no machine type \"" + target.machine() + "\" for " + architecture + ".",
                    architecture.equals("amd64")
                            ? "Use q35."
                            : "Use " + (architecture.equals("arm64") ? "virt." : "s390-ccw-virtio.")));
        }
    }
}
