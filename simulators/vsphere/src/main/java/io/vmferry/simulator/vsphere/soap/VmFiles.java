package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which files a machine has and what space they take. */
final class VmFiles {
    private VmFiles() {}

    /** Bytes that a layer takes on its datastore; computed disks are known by their share, which costs nothing. */
    private static long used(VmDisk disk, int layer) {
        if (layer > 0) {
            return disk.chain().file(layer, disk.datastore().kind().delta()).size();
        }
        return disk.spec().thin && disk.spec().content == null
                ? (long) (disk.chain().size() * disk.spec().filled)
                : disk.chain().size();
    }

    static Data layout(Vm vm, Scope scope) {
        List<Data> files = new ArrayList<>();
        file(files, vm.vmxName(), "config", 2800);
        file(files, vm.vmxName().replaceFirst("\\.vmx$", ".nvram"), "nvram", 8684);
        List<Data> disks = new ArrayList<>();
        Map<VmDisk, List<Data>> chains = new LinkedHashMap<>();
        for (VmDisk disk : vm.disks()) {
            List<Data> chain = new ArrayList<>();
            for (int layer = 0; layer < disk.layers(); layer++) {
                int descriptor = file(files, disk.fileName(layer), "diskDescriptor", 0);
                String data = "[" + disk.datastore().name() + "] " + disk.dataPath(layer);
                int extent = file(files, data, "diskExtent", used(disk, layer));
                chain.add(Data.of("VirtualMachineFileLayoutExDiskUnit").set("fileKey", List.of(descriptor, extent)));
            }
            chains.put(disk, chain);
            disks.add(diskLayout(disk, chain));
        }
        List<Data> snapshots = new ArrayList<>();
        for (VmSnapshot snapshot : vm.snapshots()) {
            List<Data> frozen = new ArrayList<>();
            chains.forEach((disk, chain) ->
                    frozen.add(diskLayout(disk, chain.subList(0, vm.frozenLayer(disk, snapshot) + 1))));
            snapshots.add(Data.of("VirtualMachineFileLayoutExSnapshotLayout")
                    .set("key", scope.ref(snapshot))
                    .set("dataKey", -1)
                    .set("memoryKey", -1)
                    .set("disk", frozen));
        }
        return Data.of("VirtualMachineFileLayoutEx")
                .set("file", files)
                .set("disk", disks)
                .set("snapshot", snapshots)
                .set("timestamp", Instant.EPOCH);
    }

    private static Data diskLayout(VmDisk disk, List<Data> chain) {
        return Data.of("VirtualMachineFileLayoutExDiskLayout")
                .set("key", disk.key())
                .set("chain", List.copyOf(chain));
    }

    private static int file(List<Data> files, String name, String type, long size) {
        files.add(Data.of("VirtualMachineFileLayoutExFileInfo")
                .set("key", files.size())
                .set("name", name)
                .set("type", type)
                .set("size", size)
                .set("uniqueSize", size)
                .set("accessible", true));
        return files.size() - 1;
    }

    private static long committed(Vm vm) {
        long sum = 0;
        for (VmDisk disk : vm.disks()) {
            for (int layer = 0; layer < disk.layers(); layer++) {
                sum += used(disk, layer);
            }
        }
        return sum;
    }

    private static long provisioned(Vm vm) {
        return vm.disks().stream().mapToLong(disk -> disk.chain().size()).sum();
    }

    static Data summary(Vm vm) {
        long committed = committed(vm);
        return Data.of("VirtualMachineStorageSummary")
                .set("committed", committed)
                .set("uncommitted", Math.max(0, provisioned(vm) - committed))
                .set("unshared", committed)
                .set("timestamp", Instant.EPOCH);
    }

    static Data storage(Vm vm, Scope scope) {
        Map<Datastore, Long> usage = new LinkedHashMap<>();
        usage.put(vm.home(), 0L);
        for (VmDisk disk : vm.disks()) {
            for (int layer = 0; layer < disk.layers(); layer++) {
                usage.merge(disk.datastore(), used(disk, layer), Long::sum);
            }
        }
        List<Data> each = new ArrayList<>();
        usage.forEach((store, bytes) -> each.add(Data.of("VirtualMachineUsageOnDatastore")
                .set("datastore", scope.ref(store))
                .set("committed", bytes)
                .set("uncommitted", 0L)
                .set("unshared", bytes)));
        return Data.of("VirtualMachineStorageInfo")
                .set("perDatastoreUsage", each)
                .set("timestamp", Instant.EPOCH);
    }
}
