package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.ExportLease;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.SimulatedTask;
import io.vmferry.simulator.vsphere.world.VmDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Properties of tasks and export leases. */
final class WorkProperties {
    private WorkProperties() {}

    static @Nullable Object get(SimulatedTask task, String name, Scope scope) {
        return name.equals("info") ? info(task, scope) : null;
    }

    private static Data info(SimulatedTask task, Scope scope) {
        SoapFault error = task.error();
        Object result = task.result();
        Data info = Data.of("TaskInfo")
                .set("key", task.id())
                .set("task", scope.ref(task))
                .set("name", task.descriptionId.replaceFirst(".*\\.", "") + "_Task")
                .set("descriptionId", task.descriptionId)
                .set("entity", scope.ref(task.target))
                .set("entityName", task.target.wireName())
                .set("state", task.state())
                .set("cancelled", false)
                .set("cancelable", false)
                .set("error", error == null ? null : error.localized())
                .set("reason", Data.of("TaskReasonUser").set("userName", "VSPHERE.LOCAL\\Administrator"))
                .set("queueTime", task.queued)
                .set("startTime", task.queued)
                .set("completeTime", task.completed())
                .set("eventChainId", task.id().hashCode() & Integer.MAX_VALUE);
        if (task.state().equals("running")) {
            info.set("progress", 30);
        }
        if (result != null) {
            info.set("result", result instanceof Entity entity ? scope.ref(entity) : result);
        }
        return info;
    }

    static @Nullable Object get(ExportLease lease, String name, Scope scope) {
        SoapFault error = lease.error();
        return switch (name) {
            case "state" -> lease.state().name().toLowerCase(Locale.ROOT);
            case "initializeProgress" -> lease.state() == ExportLease.State.INITIALIZING ? 0 : 100;
            case "transferProgress" -> lease.progress();
            case "mode" -> "pushOrGet";
            case "info" -> lease.state() == ExportLease.State.READY ? lease(lease, scope) : null;
            case "error" -> error == null ? null : error.localized();
            default -> null;
        };
    }

    private static Data lease(ExportLease lease, Scope scope) {
        Host host = lease.vm.host();
        // A host does not know under which name it was reached; a vCenter sends its clients to the host.
        String base = scope.host() != null ? "https://*" : "https://" + host.address + ":" + host.port;
        List<Data> urls = new ArrayList<>();
        long capacity = 0;
        List<VmDisk> disks = lease.disks();
        for (int i = 0; i < disks.size(); i++) {
            VmDisk disk = disks.get(i);
            capacity += disk.chain().size();
            urls.add(Data.of("HttpNfcLeaseDeviceUrl")
                    .set("key", "/" + scope.ref(lease.vm).id() + "/" + controller(disk) + ":" + disk.unit())
                    .set("importKey", "/" + lease.vm.wireName() + "/" + controller(disk) + ":" + disk.unit())
                    .set("url", base + "/nfc/" + lease.token + "/disk-" + i + ".vmdk")
                    .set("sslThumbprint", scope.host() == null ? host.thumbprint : "")
                    .set("disk", true)
                    .set("targetId", "disk-" + i + ".vmdk")
                    .set("datastoreKey", base + "/nfc/" + lease.token + "/"));
        }
        urls.add(Data.of("HttpNfcLeaseDeviceUrl")
                .set("key", "/" + scope.ref(lease.vm).id() + "/nvram")
                .set("importKey", "/" + lease.vm.wireName() + "/nvram")
                .set("url", base + "/nfc/" + lease.token + "/disk-" + disks.size() + ".nvram")
                .set("sslThumbprint", scope.host() == null ? host.thumbprint : "")
                .set("disk", false)
                .set("targetId", "disk-" + disks.size() + ".nvram")
                .set("fileSize", 8684L));
        return Data.of("HttpNfcLeaseInfo")
                .set("lease", scope.ref(lease))
                .set("entity", lease.snapshot == null ? scope.ref(lease.vm) : scope.ref(lease.snapshot))
                .set("deviceUrl", urls)
                .set("totalDiskCapacityInKB", capacity / 1024)
                .set("leaseTimeout", (int) lease.timeout.toSeconds());
    }

    private static String controller(VmDisk disk) {
        return disk.bus().type() + disk.spec().bus;
    }
}
