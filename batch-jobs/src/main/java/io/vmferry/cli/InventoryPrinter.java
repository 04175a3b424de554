package io.vmferry.cli;

import io.vmferry.batch.inventory.InventoryItem;
import io.vmferry.reports.csv.InventoryCsv;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Vm;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An inventory on standard output, VM by VM as it is read; only the table waits for the last, whose columns are aligned. */
interface InventoryPrinter extends AutoCloseable {
    /** What {@code -o} takes. */
    enum Format {
        table,
        json,
        yaml,
        csv
    }

    /** VMs that could not be read are reported elsewhere. */
    void item(InventoryItem item);

    /** The last VM was printed. */
    void end();

    @Override
    default void close() {
        // Standard output is not ours to close.
    }

    static InventoryPrinter of(Format format, PrintWriter out) {
        return switch (format) {
            case table -> new AsTable(out);
            case json ->
                new AsDocument(
                        out,
                        JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build());
            case yaml -> new AsDocument(out, YAMLMapper.builder().build());
            case csv -> new AsCsv(out);
        };
    }

    /** For people. */
    final class AsTable implements InventoryPrinter {
        private final PrintWriter out;
        private final Table table = new Table(
                "VM",
                "POWER",
                "GUEST",
                "VCPU",
                "MEMORY",
                "DISKS",
                "NETWORKS",
                "ADDRESSES",
                "CLUSTER",
                "FOLDER",
                "SOURCE");

        AsTable(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void item(InventoryItem item) {
            Vm vm = item.vm();
            if (vm == null) {
                return;
            }
            long capacity = vm.disks().stream().mapToLong(Disk::capacityBytes).sum();
            table.row(
                    vm.name(),
                    vm.template() ? "template" : vm.power().name().toLowerCase(java.util.Locale.ROOT),
                    vm.guest().fullName(),
                    vm.cpu().vcpus(),
                    Units.bytes(vm.memoryBytes()),
                    vm.disks().size() + " (" + Units.bytes(capacity) + ")",
                    vm.nics().stream().map(nic -> nic.network().name()).collect(Collectors.joining(", ")),
                    vm.nics().stream()
                            .map(nic -> nic.guest())
                            .filter(Objects::nonNull)
                            .flatMap(guest -> guest.addresses().stream())
                            .map(GuestInterface.Address::ip)
                            .collect(Collectors.joining(", ")),
                    Objects.requireNonNullElse(vm.placement().cluster(), ""),
                    vm.placement().folder(),
                    vm.ref().source());
        }

        @Override
        public void end() {
            out.print(table);
        }
    }

    /** One array of everything that is known. */
    final class AsDocument implements InventoryPrinter {
        private final SequenceWriter array;
        private final PrintWriter out;

        AsDocument(PrintWriter out, ObjectMapper mapper) {
            this.out = out;
            this.array = mapper.writer()
                    .without(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .writeValuesAsArray(out);
        }

        @Override
        public void item(InventoryItem item) {
            if (item.vm() != null) {
                array.write(item.vm());
            }
        }

        @Override
        public void end() {
            array.close();
            out.println();
        }
    }

    /** For spreadsheets. */
    final class AsCsv implements InventoryPrinter {
        private final PrintWriter out;

        AsCsv(PrintWriter out) {
            this.out = out;
            out.print(InventoryCsv.head());
        }

        @Override
        public void item(InventoryItem item) {
            if (item.vm() != null) {
                out.print(InventoryCsv.row(item.vm()));
            }
        }

        @Override
        public void end() {
            // Every row ends itself.
        }
    }
}
