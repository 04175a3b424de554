package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Properties of datastores. */
final class StorageProperties {
    private StorageProperties() {}

    static @Nullable Object get(Datastore store, String name, Scope scope) {
        return switch (name) {
            case "summary" -> summary(store, scope);
            case "info" -> info(store);
            case "host" -> mounts(store, scope);
            case "vm" -> scope.refs(machines(store, scope));
            case "browser" -> InventoryMethods.browser(store);
            case "capability" ->
                Data.of("DatastoreCapability")
                        .set("directoryHierarchySupported", true)
                        .set("rawDiskMappingsSupported", store.kind().type().equals("VMFS"))
                        .set("perFileThinProvisioningSupported", true)
                        .set("seSparseSupported", store.kind() == Datastore.Kind.VMFS6);
            default -> null;
        };
    }

    private static List<Vm> machines(Datastore store, Scope scope) {
        return scope.world().vms().stream()
                .filter(vm -> Stream.concat(
                                Stream.of(vm.home()), vm.disks().stream().map(VmDisk::datastore))
                        .anyMatch(store::equals))
                .toList();
    }

    private static Data summary(Datastore store, Scope scope) {
        return Data.of("DatastoreSummary")
                .set("datastore", scope.ref(store))
                .set("name", store.wireName())
                .set("url", store.url())
                .set("capacity", store.capacity)
                .set("freeSpace", store.free)
                .set("uncommitted", 0L)
                .set("accessible", store.accessible)
                .set("multipleHostAccess", scope.world().hosts().size() > 1)
                .set("type", store.kind().type())
                .set("maintenanceMode", store.maintenance);
    }

    private static Data info(Datastore store) {
        String type = switch (store.kind()) {
            case VMFS6, VMFS5 -> "VmfsDatastoreInfo";
            case NFS -> "NasDatastoreInfo";
            case VSAN -> "VsanDatastoreInfo";
            case VVOL -> "DatastoreInfo";
        };
        Data info = Data.of(type)
                .set("name", store.name())
                .set("url", store.url())
                .set("freeSpace", store.free)
                .set("maxFileSize", 70368744177664L)
                .set("timestamp", VmConfig.MADE);
        if (type.startsWith("Vmfs")) {
            boolean six = store.kind() == Datastore.Kind.VMFS6;
            info.set(
                    "vmfs",
                    Data.of("HostVmfsVolume")
                            .set("type", "VMFS")
                            .set("name", store.name())
                            .set("capacity", store.capacity)
                            .set("blockSizeMb", 1)
                            .set("maxBlocks", 63963136)
                            .set("majorVersion", six ? 6 : 5)
                            .set("version", six ? "6.82" : "5.81")
                            .set(
                                    "uuid",
                                    store.url()
                                            .replace("ds:///vmfs/volumes/", "")
                                            .replace("/", ""))
                            .set("vmfsUpgradable", false)
                            .set("local", false));
        }
        return info;
    }

    private static List<Data> mounts(Datastore store, Scope scope) {
        List<Data> mounts = new ArrayList<>();
        for (Host host : scope.world().hosts()) {
            if (host.datastores.contains(store) && scope.sees(host)) {
                mounts.add(Data.of("DatastoreHostMount")
                        .set("key", scope.ref(host))
                        .set(
                                "mountInfo",
                                Data.of("HostMountInfo")
                                        .set("path", store.url().replace("ds://", ""))
                                        .set("accessMode", "readWrite")
                                        .set("mounted", true)
                                        .set("accessible", store.accessible)));
            }
        }
        return mounts;
    }
}
