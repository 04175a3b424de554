package io.vmferry.cli;

import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.VmReport;
import java.io.PrintWriter;

/** A run on the terminal. */
final class RunTable {
    private RunTable() {}

    static void print(RunReport report, PrintWriter out) {
        Table vms = new Table("VM", "STATE", "DISK", "FORMAT", "SIZE", "READ", "WRITTEN", "TIME", "PROOF");
        for (VmReport vm : report.vms()) {
            if (vm.disks().isEmpty()) {
                vms.row(vm.name(), word(vm), "", "", "", "", "", "", "");
            }
            for (DiskReport disk : vm.disks()) {
                vms.row(
                        vm.name(),
                        word(vm),
                        disk.label(),
                        disk.format()
                                + (disk.encoding() == null
                                        ? ""
                                        : " " + disk.encoding().name().toLowerCase(java.util.Locale.ROOT)),
                        Units.bytes(disk.virtualSize()),
                        Units.bytes(disk.bytesRead()),
                        Units.bytes(disk.bytesWritten()),
                        Units.seconds(disk.seconds()),
                        disk.proof().isEmpty() ? "-" : disk.proof());
            }
        }
        out.println();
        out.print(vms);
        out.println();
        report.findings().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .forEach(finding -> PlanTable.print(finding, out));
        for (VmReport vm : report.vms()) {
            VmReport.Failure failure = vm.failure();
            if (failure != null) {
                out.println("FAILED " + Table.printable(vm.name()) + ": " + Table.printable(failure.subject()) + ": "
                        + failure.reason() + " [" + failure.code() + "]");
                out.println("       " + failure.remedy());
            }
            vm.findings().stream()
                    .filter(finding -> finding.severity() == Severity.BLOCKER)
                    .forEach(finding -> PlanTable.print(finding, out));
        }
    }

    private static String word(VmReport vm) {
        return switch (vm.state()) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case WAITING -> "waiting for an answer";
            case STOPPED -> "stopped";
            case DONE -> "done";
            case ADOPTED -> "adopted";
            case FAILED -> "FAILED";
            case BLOCKED -> "BLOCKED";
        };
    }
}
