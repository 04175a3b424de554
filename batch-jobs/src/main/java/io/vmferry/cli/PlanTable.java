package io.vmferry.cli;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A plan on the terminal. */
final class PlanTable {
    private PlanTable() {}

    static void print(Plan plan, PrintWriter out) {
        Table table = new Table("VM", "VERDICT", "TARGET", "VCPU", "MEMORY", "DISKS", "NICS", "TO READ", "TO WRITE");
        for (VmPlan vm : plan.vms()) {
            long virtual = vm.disks().stream().mapToLong(d -> d.virtualSize()).sum();
            table.row(
                    vm.vm().name(),
                    switch (vm.verdict()) {
                        case READY -> "ready";
                        case READY_WITH_WARNINGS -> "ready, with warnings";
                        case BLOCKED -> "BLOCKED";
                    },
                    vm.target().namespace() + "/" + vm.target().name(),
                    vm.target().cpu().vcpus(),
                    Units.bytes(vm.target().memoryBytes()),
                    vm.disks().size() + " (" + Units.bytes(virtual) + ")",
                    vm.nics().size(),
                    Units.bytes(vm.bytesToRead()),
                    Units.bytes(vm.bytesToWrite()));
        }
        out.println();
        out.print(table);
        out.println();
        Stream.concat(plan.findings().stream(), plan.vms().stream().flatMap(vm -> vm.findings().stream()))
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> print(finding, out));
    }

    static boolean blocked(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.BLOCKER);
    }

    static void print(Finding finding, PrintWriter out) {
        String weight = switch (finding.severity()) {
            case BLOCKER -> "BLOCKED ";
            case WARNING -> "warning ";
            case INFO -> "info    ";
        };
        out.println(weight + Table.printable(finding.subject()) + ": " + Table.printable(finding.message()) + " ["
                + finding.code() + "]");
        if (!finding.remedy().isEmpty()) {
            out.println("        " + Table.printable(finding.remedy()));
        }
    }
}
