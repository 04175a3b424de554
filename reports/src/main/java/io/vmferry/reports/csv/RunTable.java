package io.vmferry.reports.csv;

import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.VmReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run, a row per disk. Columns are only ever added at the end. */
final class RunTable {
    private static final List<String> HEADER = List.of(
            "run",
            "vm_key",
            "vm",
            "source",
            "state",
            "target_name",
            "target_namespace",
            "vcpus",
            "memory_bytes",
            "started",
            "finished",
            "networks",
            "macs",
            "ip_policies",
            "failure_code",
            "failure_subject",
            "failure_reason",
            "failure_remedy",
            "blockers",
            "warnings",
            "finding_codes",
            "disk_key",
            "disk",
            "disk_state",
            "disk_source",
            "target_path",
            "source_format",
            "format",
            "encoding",
            "path",
            "virtual_bytes",
            "done_bytes",
            "bytes_read",
            "bytes_written",
            "seconds",
            "digest_algorithm",
            "digest",
            "proof");

    private RunTable() {}

    static String of(RunReport report) {
        Table table = new Table(HEADER);
        for (VmReport vm : report.vms()) {
            if (vm.disks().isEmpty()) {
                facts(table, report.run(), vm).end();
            }
            for (DiskReport disk : vm.disks()) {
                disk(facts(table, report.run(), vm), disk).end();
            }
        }
        return table.toString();
    }

    private static Table facts(Table table, String run, VmReport vm) {
        VmReport.@Nullable Failure failure = vm.failure();
        return table.text(run)
                .text(vm.key())
                .text(vm.name())
                .text(vm.source())
                .constant(vm.state())
                .text(vm.target().name())
                .text(vm.target().namespace())
                .number(vm.target().cpu().vcpus())
                .number(vm.target().memoryBytes())
                .text(text(vm.started()))
                .text(text(vm.finished()))
                .text(Joined.networks(vm.nics()))
                .text(Joined.macs(vm.nics()))
                .text(Joined.addresses(vm.nics()))
                .text(failure == null ? null : failure.code())
                .text(failure == null ? null : failure.subject())
                .text(failure == null ? null : failure.reason())
                .text(failure == null ? null : failure.remedy())
                .number(Joined.count(vm.findings(), Severity.BLOCKER))
                .number(Joined.count(vm.findings(), Severity.WARNING))
                .text(Joined.codes(vm.findings()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Table disk(Table table, DiskReport disk) {
        return table.text(disk.key())
                .text(disk.label())
                .constant(disk.state())
                .text(disk.source())
                .text(disk.targetPath())
                .text(disk.sourceFormat())
                .text(disk.format())
                .constant(disk.encoding())
                .text(disk.path())
                .number(disk.virtualSize())
                .number(disk.position())
                .number(disk.bytesRead())
                .number(disk.bytesWritten())
                .decimal(disk.seconds())
                .text(disk.digest() == null ? null : disk.digest().algorithm())
                .text(disk.digest() == null ? null : disk.digest().hex())
                .text(disk.proof());
    }
}
