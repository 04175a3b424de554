package io.vmferry.reports.view;

import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;

/**
 * A plan in numbers. All but the counts of VMs are about those that can go, since a run touches no other.
 *
 * @param passedOn bytes of data that go over in the compressed blocks they lie in
 * @param held network cards whose address is held for them
 */
record PlanTotals(
        int vms,
        int warned,
        int blocked,
        int disks,
        long virtual,
        long data,
        long toRead,
        long toWrite,
        long passedOn,
        int nics,
        int held,
        int macs,
        int objects,
        int starting) {
    static PlanTotals of(List<VmPlan> vms) {
        List<VmPlan> going =
                vms.stream().filter(vm -> vm.verdict() != Verdict.BLOCKED).toList();
        List<DiskPlan> disks = going.stream().flatMap(vm -> vm.disks().stream()).toList();
        List<NicPlan> nics = going.stream().flatMap(vm -> vm.nics().stream()).toList();
        return new PlanTotals(
                vms.size(),
                (int) vms.stream()
                        .filter(vm -> vm.verdict() == Verdict.READY_WITH_WARNINGS)
                        .count(),
                vms.size() - going.size(),
                disks.size(),
                disks.stream().mapToLong(DiskPlan::virtualSize).sum(),
                disks.stream().mapToLong(PlanPage::data).sum(),
                disks.stream().mapToLong(DiskPlan::bytesToRead).sum(),
                disks.stream().mapToLong(DiskPlan::bytesToWrite).sum(),
                disks.stream().mapToLong(PlanTotals::passedOn).sum(),
                nics.size(),
                (int) nics.stream().filter(nic -> !nic.addresses().isEmpty()).count(),
                (int) nics.stream().filter(nic -> nic.mac() != null).count(),
                going.stream().mapToInt(vm -> vm.objects().size()).sum(),
                (int) going.stream().filter(vm -> vm.target().start()).count());
    }

    private static long passedOn(DiskPlan disk) {
        ImageSummary image = disk.image();
        return image != null && disk.path().startsWith("pass-through") ? image.encodedBytes() : 0;
    }

    int going() {
        return vms - blocked;
    }
}
