package io.vmferry.rules.check;

import io.vmferry.rules.compute.GuestSupport;
import io.vmferry.spi.model.GuestFileSystem;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;

/** Whether the guest will boot on the hardware that it gets. */
final class GuestChecks implements Check {
    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        GuestOs guest = vm.guest();
        String subject = Subject.of(vm);
        String os = guest.fullName().isBlank() ? guest.id() : guest.fullName();
        GuestSupport support = GuestSupport.of(guest);
        List<Finding> findings = new ArrayList<>();
        switch (support) {
            case OLD ->
                findings.add(PlanFinding.GUEST_OS_OLD.about(
                        subject, os + " is older than what KubeVirt's hardware is tested with"));
            case OTHER ->
                findings.add(PlanFinding.GUEST_OS_OTHER.about(
                        subject,
                        os + " is neither Linux nor Windows; drivers for the new hardware are its own matter"));
            case UNKNOWN ->
                findings.add(PlanFinding.GUEST_OS_UNKNOWN.about(
                        subject,
                        os.isBlank()
                                ? PlanFinding.GUEST_OS_UNKNOWN.meaning()
                                : "'" + os + "' says too little about the system to know its drivers"));
            case READY, LIKELY, WINDOWS -> {
                // nothing to say about the name alone
            }
        }
        if (plan.target().profile().equals(TargetVm.BOOT_SAFE)) {
            findings.add(PlanFinding.GUEST_BOOT_SAFE.about(subject));
        } else if (support == GuestSupport.LIKELY) {
            findings.add(PlanFinding.GUEST_VIRTIO_UNPROVEN.about(
                    subject,
                    os + " may have drivers for its old hardware only; that is unknown until the disk was read"));
        } else if (support != GuestSupport.READY) {
            findings.add(PlanFinding.GUEST_VIRTIO_DRIVERS.about(
                    subject,
                    "it gets virtio hardware, and " + (os.isBlank() ? "its system" : os)
                            + " is not known to have the drivers"));
        }
        String host = guest.hostName();
        if (guest.agent() != null && (host == null || host.isBlank() || host.startsWith("localhost"))) {
            findings.add(PlanFinding.GUEST_HOST_NAME.about(subject));
        }
        for (GuestFileSystem system : guest.fileSystems()) {
            if (system.freeBytes() < needed(system.path())) {
                findings.add(PlanFinding.GUEST_FILE_SYSTEM_FULL.about(
                        subject, system.path() + " has only " + (system.freeBytes() >> 20) + " MiB free"));
            }
        }
        return findings;
    }

    /** What drivers, an initramfs or a bootloader need at the usual places; little elsewhere. */
    private static long needed(String path) {
        return switch (path) {
            case "/", "C:", "C:\\" -> 100L << 20;
            case "/boot" -> 50L << 20;
            default -> 10L << 20;
        };
    }
}
