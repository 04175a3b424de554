package io.vmferry.reports.csv;

import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.PlanReport;
import java.util.List;

/** The plan, a row per disk. Columns are only ever added at the end. */
final class PlanTable {
    private static final List<String> HEADER = List.of(
            "vm_key",
            "vm",
            "source",
            "verdict",
            "target_name",
            "target_namespace",
            "vcpus",
            "memory_bytes",
            "firmware",
            "guest_os",
            "networks",
            "macs",
            "ip_policies",
            "blockers",
            "warnings",
            "infos",
            "finding_codes",
            "disk_key",
            "disk",
            "disk_source",
            "source_format",
            "virtual_bytes",
            "data_bytes",
            "bytes_to_read",
            "bytes_to_write",
            "volume",
            "storage_class",
            "volume_mode",
            "access_mode",
            "bus",
            "boot_order",
            "format",
            "encoding",
            "path");

    private PlanTable() {}

    static String of(PlanReport report) {
        Table table = new Table(HEADER);
        for (VmPlan vm : report.plan().vms()) {
            if (vm.disks().isEmpty()) {
                facts(table, vm).end();
            }
            for (DiskPlan disk : vm.disks()) {
                disk(facts(table, vm), disk).end();
            }
        }
        return table.toString();
    }

    private static Table facts(Table table, VmPlan vm) {
        return table.text(vm.key())
                .text(vm.vm().name())
                .text(vm.vm().ref().source())
                .constant(vm.verdict())
                .text(vm.target().name())
                .text(vm.target().namespace())
                .number(vm.target().cpu().vcpus())
                .number(vm.target().memoryBytes())
                .constant(vm.target().firmware().kind())
                .text(vm.vm().guest().fullName())
                .text(Joined.networks(vm.nics()))
                .text(Joined.macs(vm.nics()))
                .text(Joined.addresses(vm.nics()))
                .number(Joined.count(vm.findings(), Severity.BLOCKER))
                .number(Joined.count(vm.findings(), Severity.WARNING))
                .number(Joined.count(vm.findings(), Severity.INFO))
                .text(Joined.codes(vm.findings()));
    }

    private static Table disk(Table table, DiskPlan disk) {
        return table.text(disk.key())
                .text(disk.disk().label())
                .text(disk.disk().key())
                .text(disk.disk().format())
                .number(disk.virtualSize())
                .number(disk.image() == null ? null : (Long) disk.image().dataBytes())
                .number(disk.bytesToRead())
                .number(disk.bytesToWrite())
                .text(disk.name())
                .text(disk.storageClass())
                .text(disk.volumeMode())
                .text(disk.accessMode())
                .text(disk.bus())
                .number(disk.bootOrder())
                .text(disk.format())
                .constant(disk.encoding())
                .text(disk.path());
    }
}
