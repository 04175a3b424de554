package io.vmferry.rules.storage;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.compute.AdmittedSerial;
import io.vmferry.rules.compute.ComputeChoice;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.Transfer;
import io.vmferry.rules.placement.TargetName;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides everything about the disks: name, bus, boot order, serial, storage class, format and the way of the bytes. */
public final class DiskRule implements Rule {
    private final ComputeChoice compute;
    private final StorageChoice storage;
    private final Transfer transfer;

    public DiskRule(MigrationFile file, MappingRules rules, ComputeChoice compute) {
        this.compute = compute;
        this.storage = new StorageChoice(rules, new Overrides(file.overrides()));
        this.transfer = file.transfer();
    }

    @Override
    public String id() {
        return "disks";
    }

    @Override
    public VmPlan apply(PlanningFacts facts, VmPlan draft) {
        Vm vm = facts.vm();
        List<Finding> findings = new ArrayList<>();
        List<@Nullable Integer> bootOrder = BootOrder.of(vm.disks());
        if (vm.disks().size() > 1 && vm.disks().stream().allMatch(disk -> disk.bootOrder() == null)) {
            findings.add(PlanFinding.DISK_BOOT_GUESSED.about(
                    Subject.of(vm, vm.disks().get(0)), "the source tells no boot disk, so this one, the first, boots"));
        }
        List<DiskPlan> plans = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            plans.add(disk(facts, draft.target().name(), i, bootOrder.get(i), findings));
        }
        return draft.withDisks(plans).plus(findings);
    }

    private DiskPlan disk(
            PlanningFacts facts, String vmName, int position, @Nullable Integer bootOrder, List<Finding> findings) {
        Vm vm = facts.vm();
        Disk disk = vm.disks().get(position);
        @Nullable ImageSummary image = facts.images().get(disk.key());
        long size = image == null ? disk.capacityBytes() : image.virtualSize();
        StorageChoice.Result mapped = storage.of(vm, disk, position, size, findings);
        TransferPath path =
                TransferPath.of(transfer, disk, image).by(facts.ways().getOrDefault(disk.key(), ""));
        return new DiskPlan(
                "d" + position,
                disk,
                facts.sourceVersions().getOrDefault(disk.key(), ""),
                image,
                mapped.rule(),
                TargetName.derived(vmName, "-disk-" + position),
                mapped.to().storageClass(),
                mapped.to().volumeMode(),
                mapped.to().accessMode(),
                compute.diskBus(vm),
                serial(vm, disk, findings),
                bootOrder,
                path.format(),
                path.encoding(),
                path.sentence(),
                path.bytesToRead(),
                path.bytesToWrite());
    }

    private static @Nullable String serial(Vm vm, Disk disk, List<Finding> findings) {
        String given = disk.serial();
        String admitted = AdmittedSerial.of(given);
        if (given != null && !given.equals(admitted)) {
            findings.add(PlanFinding.DISK_SERIAL_CHANGED.about(
                    Subject.of(vm, disk),
                    admitted == null
                            ? "its serial has no character that KubeVirt admits and is dropped"
                            : "its serial becomes '" + admitted + "'"));
        }
        return admitted;
    }
}
