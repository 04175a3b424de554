package io.vmferry.reports.csv;

import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An inventory, a row per VM, made piece by piece. Columns are only ever added at the end. */
public final class InventoryCsv {
    private static final List<String> HEADER = List.of(
            "source",
            "key",
            "vm",
            "power",
            "template",
            "guest_os",
            "guest_id",
            "host_name",
            "agent",
            "vcpus",
            "memory_bytes",
            "firmware",
            "secure_boot",
            "tpm",
            "bios_uuid",
            "disks",
            "capacity_bytes",
            "used_bytes",
            "storages",
            "nics",
            "networks",
            "vlans",
            "macs",
            "ips",
            "snapshots",
            "folder",
            "datacenter",
            "cluster",
            "host",
            "tags",
            "notices");

    private InventoryCsv() {}

    /** The first line. */
    public static String head() {
        return new Table(HEADER).toString();
    }

    /** One VM's line. */
    public static String row(Vm vm) {
        Table table = new Table(HEADER.size());
        table.text(vm.ref().source())
                .text(vm.ref().key())
                .text(vm.name())
                .constant(vm.power())
                .text(Boolean.toString(vm.template()))
                .text(vm.guest().fullName())
                .text(vm.guest().id())
                .text(vm.guest().hostName())
                .text(vm.guest().agent())
                .number(vm.cpu().vcpus())
                .number(vm.memoryBytes())
                .constant(vm.firmware().kind())
                .text(Boolean.toString(vm.firmware().secureBoot()))
                .text(Boolean.toString(vm.firmware().tpm()))
                .text(vm.identity().biosUuid())
                .number(vm.disks().size())
                .number(vm.disks().stream().mapToLong(Disk::capacityBytes).sum())
                .number(used(vm))
                .text(joined(vm.disks().stream().map(Disk::storage).distinct()))
                .number(vm.nics().size())
                .text(joined(vm.nics().stream().map(nic -> nic.network().name())))
                .text(joined(vm.nics().stream()
                        .map(nic -> nic.network().vlan())
                        .filter(Objects::nonNull)
                        .map(String::valueOf)))
                .text(joined(vm.nics().stream().map(Nic::mac).filter(Objects::nonNull)))
                .text(joined(vm.nics().stream()
                        .map(Nic::guest)
                        .filter(Objects::nonNull)
                        .flatMap(guest -> guest.addresses().stream())
                        .map(GuestInterface.Address::ip)))
                .number(vm.snapshots().size())
                .text(vm.placement().folder())
                .text(vm.placement().datacenter())
                .text(vm.placement().cluster())
                .text(vm.placement().host())
                .text(joined(vm.tags().entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + String.join("|", tag.getValue()))))
                .text(joined(vm.notices().stream().map(notice -> notice.code()).distinct()))
                .end();
        return table.toString();
    }

    /** Null when the source tells it of none of the disks. */
    private static @org.jspecify.annotations.Nullable Long used(Vm vm) {
        return vm.disks().stream().anyMatch(disk -> disk.usedBytes() != null)
                ? (Long) vm.disks().stream()
                        .map(Disk::usedBytes)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum()
                : null;
    }

    private static String joined(Stream<String> texts) {
        return texts.collect(Collectors.joining("; "));
    }
}
