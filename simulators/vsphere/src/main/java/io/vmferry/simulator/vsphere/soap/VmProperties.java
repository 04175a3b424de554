package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Properties of virtual machines and of their snapshots. */
final class VmProperties {
    private VmProperties() {}

    static @Nullable Object get(Vm vm, String name, Scope scope) {
        boolean readable = readable(vm);
        return switch (name) {
            case "config" -> readable ? VmConfig.of(vm, null, scope) : null;
            case "runtime" -> runtime(vm, scope);
            case "guest" -> VmGuest.of(vm);
            case "guestHeartbeatStatus" -> vm.toolsRunning() ? "green" : "gray";
            case "summary" -> summary(vm, scope);
            case "capability" ->
                Data.of("VirtualMachineCapability")
                        .set("snapshotOperationsSupported", true)
                        .set("quiescedSnapshotsSupported", true)
                        .set("changeTrackingSupported", true);
            case "datastore" -> datastores(vm, scope);
            case "network" -> scope.refs(networks(vm));
            case "resourcePool" -> vm.spec().template ? null : scope.ref(vm.pool());
            case "snapshot" -> snapshots(vm, scope);
            case "rootSnapshot" ->
                vm.snapshots().isEmpty()
                        ? null
                        : List.of(scope.ref(vm.snapshots().get(0)));
            case "layoutEx" -> readable ? VmFiles.layout(vm, scope) : null;
            case "storage" -> readable ? VmFiles.storage(vm, scope) : null;
            case "disabledMethod" -> List.of(vm.poweredOn() ? "PowerOnVM_Task" : "PowerOffVM_Task");
            default -> null;
        };
    }

    static @Nullable Object get(VmSnapshot snapshot, String name, Scope scope) {
        int index = snapshot.index();
        List<VmSnapshot> line = snapshot.vm.snapshots();
        return switch (name) {
            case "config" -> VmConfig.of(snapshot.vm, snapshot, scope);
            case "childSnapshot" -> index + 1 < line.size() ? List.of(scope.ref(line.get(index + 1))) : null;
            case "vm" -> scope.ref(snapshot.vm);
            default -> null;
        };
    }

    /** Of an orphaned or inaccessible machine, vCenter knows the name and little more. */
    private static boolean readable(Vm vm) {
        return Set.of("connected", "disconnected").contains(vm.spec().connection);
    }

    private static List<MoRef> datastores(Vm vm, Scope scope) {
        Set<Entity> stores = new LinkedHashSet<>(List.of(vm.home()));
        vm.disks().stream().map(VmDisk::datastore).forEach(stores::add);
        return scope.refs(List.copyOf(stores));
    }

    private static List<Entity> networks(Vm vm) {
        Set<Entity> networks = new LinkedHashSet<>();
        vm.spec().nics.forEach(nic -> networks.add(nic.network));
        return List.copyOf(networks);
    }

    private static Data runtime(Vm vm, Scope scope) {
        Data runtime = Data.of("VirtualMachineRuntimeInfo")
                .set("host", scope.ref(vm.host()))
                .set("connectionState", vm.spec().connection)
                .set("powerState", vm.powerState())
                .set("faultToleranceState", "notConfigured")
                .set("toolsInstallerMounted", false)
                .set("numMksConnections", 0)
                .set("recordReplayState", "inactive")
                .set("cleanPowerOff", vm.poweredOn() ? null : true)
                .set("onlineStandby", false)
                .set("consolidationNeeded", vm.spec().consolidationNeeded)
                .set("paused", false)
                .set("snapshotInBackground", false)
                .set("instantCloneFrozen", false);
        if (vm.spec().encrypted) {
            runtime.set("cryptoState", "unlocked");
        }
        if (vm.poweredOn()) {
            runtime.set("bootTime", vm.bootTime()).set("maxCpuUsage", vm.spec().cpus * 2400);
            runtime.set("maxMemoryUsage", vm.spec().memoryMb)
                    .set("minRequiredEVCModeKey", scope.host() == null ? vm.host().cluster.evcMode : null);
        }
        return runtime;
    }

    private static Data summary(Vm vm, Scope scope) {
        Data summary = Data.of("VirtualMachineSummary")
                .set("vm", scope.ref(vm))
                .set("runtime", runtime(vm, scope))
                .set("overallStatus", "green")
                .set("customValue", EntityProperties.customValues(vm, scope))
                .set("quickStats", quickStats(vm));
        Data config = Data.of("VirtualMachineConfigSummary")
                .set("name", vm.wireName())
                .set("template", vm.spec().template)
                .set("vmPathName", vm.vmxName());
        if (readable(vm)) {
            config.set("memorySizeMB", vm.spec().memoryMb)
                    .set("cpuReservation", 0)
                    .set("memoryReservation", 0)
                    .set("numCpu", vm.spec().cpus)
                    .set("numEthernetCards", vm.spec().nics.size())
                    .set("numVirtualDisks", vm.disks().size())
                    .set("uuid", vm.biosUuid())
                    .set("instanceUuid", vm.instanceUuid())
                    .set("guestId", vm.spec().guestId)
                    .set("guestFullName", vm.spec().guestFullName)
                    .set("annotation", vm.spec().annotation)
                    .set("tpmPresent", vm.spec().tpm)
                    .set("numVmiopBackings", 0)
                    .set("hwVersion", vm.spec().hardwareVersion);
            summary.set("storage", VmFiles.summary(vm)).set("guest", VmGuest.summary(vm));
        }
        return summary.set("config", config);
    }

    private static Data quickStats(Vm vm) {
        boolean on = vm.poweredOn();
        return Data.of("VirtualMachineQuickStats")
                .set("overallCpuUsage", on ? 120 * vm.spec().cpus : 0)
                .set("overallCpuDemand", on ? 130 * vm.spec().cpus : 0)
                .set("guestMemoryUsage", on ? vm.spec().memoryMb / 5 : 0)
                .set("hostMemoryUsage", on ? vm.spec().memoryMb : 0)
                .set("guestHeartbeatStatus", vm.toolsRunning() ? "green" : "gray")
                .set("uptimeSeconds", on ? 86400 : 0);
    }

    private static @Nullable Data snapshots(Vm vm, Scope scope) {
        List<VmSnapshot> line = vm.snapshots();
        if (line.isEmpty()) {
            return null;
        }
        @Nullable Data child = null;
        for (int i = line.size() - 1; i >= 0; i--) {
            VmSnapshot snapshot = line.get(i);
            Data tree = Data.of("VirtualMachineSnapshotTree")
                    .set("snapshot", scope.ref(snapshot))
                    .set("vm", scope.ref(vm))
                    .set("name", snapshot.wireName())
                    .set("description", snapshot.description)
                    .set("id", snapshot.number)
                    .set("createTime", snapshot.created)
                    .set("state", snapshot.memory ? "poweredOn" : "poweredOff")
                    .set("quiesced", snapshot.quiesced)
                    .set("replaySupported", false);
            List<Data> below = new ArrayList<>();
            if (child != null) {
                below.add(child);
            }
            child = tree.set("childSnapshotList", below);
        }
        return Data.of("VirtualMachineSnapshotInfo")
                .set("currentSnapshot", scope.ref(line.get(line.size() - 1)))
                .set("rootSnapshotList", child == null ? null : List.of(child));
    }
}
