package io.vmferry.rules.check;

import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Disks that cannot be read, or not as they are. */
final class DiskChecks implements Check {
    private static final int MANY = 165;

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        List<Finding> findings = new ArrayList<>();
        int count = plan.disks().size();
        if (count == 0) {
            findings.add(PlanFinding.VM_NO_DISKS.about(Subject.of(vm)));
        } else if (count > MANY) {
            findings.add(PlanFinding.DISK_MANY.about(Subject.of(vm), "it has " + count + " disks"));
        }
        for (DiskPlan disk : plan.disks()) {
            nature(vm, disk.disk(), findings);
            image(facts, disk, findings);
            deviceName(vm, disk, findings);
        }
        return findings;
    }

    private static void nature(Vm vm, Disk disk, List<Finding> findings) {
        String subject = Subject.of(vm, disk);
        if (disk.backing() != Disk.Backing.IMAGE) {
            findings.add(PlanFinding.DISK_RAW_LUN.about(subject));
        }
        if (disk.shared()) {
            findings.add(PlanFinding.DISK_SHARED.about(subject));
        }
        if (disk.format().contains("encrypted")) {
            findings.add(PlanFinding.DISK_ENCRYPTED.about(subject));
        }
        if (disk.mode().contains("independent")) {
            findings.add(PlanFinding.DISK_INDEPENDENT.about(
                    subject, "its mode is " + disk.mode() + "; it can only be copied while the VM is off"));
        }
    }

    private static void image(PlanningFacts facts, DiskPlan plan, List<Finding> findings) {
        Disk disk = plan.disk();
        String subject = Subject.of(facts.vm(), disk);
        @Nullable String error = facts.imageErrors().get(disk.key());
        if (error != null) {
            findings.add(PlanFinding.DISK_UNREADABLE.about(subject, error));
            return;
        }
        if (plan.virtualSize() <= 0) {
            findings.add(PlanFinding.DISK_ZERO_SIZE.about(subject, "its size is " + plan.virtualSize() + " bytes"));
        }
        if (plan.image() == null) {
            if (disk.backing() == Disk.Backing.IMAGE) {
                findings.add(PlanFinding.DISK_NOT_OPENED.about(subject));
            }
        } else if (disk.capacityBytes() != plan.image().virtualSize()) {
            findings.add(PlanFinding.DISK_CAPACITY_MISMATCH.about(
                    subject,
                    "the VM's description says " + disk.capacityBytes() + " bytes, the image itself says "
                            + plan.image().virtualSize() + "; the image counts"));
        }
    }

    private static void deviceName(Vm vm, DiskPlan plan, List<Finding> findings) {
        String device = plan.disk().guestDevice();
        if (vm.guest().family() == GuestOs.Family.LINUX
                && device != null
                && device.matches("/dev/[hs]d[a-z].*")
                && plan.bus().equals("virtio")) {
            findings.add(PlanFinding.DISK_DEVICE_NAME.about(
                    Subject.of(vm, plan.disk()),
                    "the guest knows it as " + device + ", on virtio it becomes /dev/vd…; a file system that is"
                            + " mounted by device name is not found"));
        }
    }
}
