package io.vmferry.vmware.files;

import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A VM that a package holds.
 *
 * @param disks how to open each of its disks, by {@link io.vmferry.spi.model.Disk#key}
 */
record FoundVm(Vm vm, Map<String, Supplier<DiskContent>> disks) {
    FoundVm {
        disks = Map.copyOf(disks);
    }

    FoundVm noticing(Notice notice) {
        List<Notice> notices = new ArrayList<>(vm.notices());
        notices.add(notice);
        return new FoundVm(
                new Vm(
                        vm.ref(),
                        vm.identity(),
                        vm.power(),
                        vm.template(),
                        vm.guest(),
                        vm.cpu(),
                        vm.memoryBytes(),
                        vm.firmware(),
                        vm.clock(),
                        vm.disks(),
                        vm.nics(),
                        vm.devices(),
                        vm.snapshots(),
                        vm.placement(),
                        vm.tags(),
                        vm.features(),
                        vm.annotation(),
                        notices),
                disks);
    }
}
