package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.disk.DiskChain;
import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.ExportLease;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Export leases and the map of changed or allocated areas. */
final class DiskMethods {
    private DiskMethods() {}

    static void addTo(Map<String, SoapService.Method> methods) {
        methods.put("ExportVm", call -> {
            call.require("VApp.Export");
            Vm vm = call.self(Vm.class);
            if (vm.poweredOn()) {
                throw new SoapFault(
                        Data.of("InvalidPowerState")
                                .set("requestedState", "poweredOff")
                                .set("existingState", "poweredOn"),
                        "The attempted operation cannot be performed in the current state (Powered on).");
            }
            export(call, vm, null);
        });
        methods.put("ExportSnapshot", call -> {
            call.require("VApp.Export");
            VmSnapshot snapshot = call.self(VmSnapshot.class);
            export(call, snapshot.vm, snapshot);
        });
        methods.put(
                "HttpNfcLeaseProgress",
                call -> lease(call)
                        .progress(
                                Integer.parseInt(call.text("percent")),
                                call.world().clock().now()));
        methods.put("HttpNfcLeaseComplete", call -> lease(call).complete());
        methods.put("HttpNfcLeaseAbort", call -> lease(call).abort(null));
        methods.put("HttpNfcLeaseGetManifest", DiskMethods::manifest);
        methods.put("QueryChangedDiskAreas", DiskMethods::changedAreas);
    }

    private static void export(Call call, Vm vm, @Nullable VmSnapshot snapshot) {
        if (vm.spec().encrypted) {
            throw new SoapFault("NotSupported", "OVF Export is not supported for an encrypted virtual machine.");
        }
        for (VmDisk disk : vm.disks()) {
            if ("physicalMode".equals(disk.spec().rdm) || disk.spec().multiWriter) {
                throw new SoapFault(
                        "NotSupported", "Export is not supported for shared disks and raw devices in physical mode.");
            }
        }
        if (vm.exporting() && snapshot == null) {
            throw new SoapFault("TaskInProgress", "The operation is not allowed while another export is in progress.");
        }
        call.returns(call.scope().ref(call.world().export(vm, snapshot)));
    }

    private static ExportLease lease(Call call) {
        call.session();
        return call.self(ExportLease.class);
    }

    private static void manifest(Call call) {
        ExportLease lease = lease(call);
        List<Data> entries = new ArrayList<>();
        List<VmDisk> disks = lease.disks();
        for (int i = 0; i < disks.size(); i++) {
            entries.add(Data.of("HttpNfcLeaseManifestEntry")
                    .set("key", "/" + call.scope().ref(lease.vm).id() + "/disk-" + i)
                    .set("disk", true)
                    .set("size", lease.sent(i))
                    .set("capacity", disks.get(i).chain().size()));
        }
        call.returns(entries, "HttpNfcLeaseManifestEntry");
    }

    private static void changedAreas(Call call) {
        call.require("VirtualMachine.Provisioning.DiskRandomRead");
        Vm vm = call.self(Vm.class);
        MoRef ref = call.args.ref("snapshot");
        VmSnapshot snapshot = ref == null || ref.id().isEmpty() ? null : call.entity(ref, VmSnapshot.class);
        int key = Integer.parseInt(call.text("deviceKey"));
        VmDisk disk = vm.disks().stream()
                .filter(each -> each.key() == key)
                .findFirst()
                .orElseThrow(() -> SoapFault.invalidArgument("deviceKey"));
        long start = Long.parseLong(call.text("startOffset"));
        if (start < 0 || start >= disk.chain().size()) {
            throw SoapFault.invalidArgument("startOffset");
        }
        if (snapshot == null && vm.poweredOn()) {
            throw new SoapFault(
                    "InvalidPowerState", "The attempted operation cannot be performed in the current state.");
        }
        call.returns(
                areas(disk, blocks(vm, disk, snapshot, call.text("changeId")), start, call.world().changedAreasPerCall),
                "DiskChangeInfo");
    }

    private static BitSet blocks(Vm vm, VmDisk disk, @Nullable VmSnapshot snapshot, String changeId) {
        int layer = snapshot == null ? disk.layers() - 1 : vm.frozenLayer(disk, snapshot);
        String until = snapshot == null ? "" : disk.changeId(snapshot.index());
        boolean tracked = snapshot == null ? disk.tracked() : !until.isEmpty();
        if (!tracked || "physicalMode".equals(disk.spec().rdm)) {
            throw fileFault(disk, layer);
        }
        if (changeId.equals("*")) {
            return disk.chain().allocatedBlocks(layer);
        }
        BitSet blocks = disk.chain().changedSince(changeId, until.isEmpty() ? null : until);
        if (blocks == null) {
            // Tracking began anew since the client got its id.
            throw fileFault(disk, layer);
        }
        return blocks;
    }

    private static SoapFault fileFault(VmDisk disk, int layer) {
        String file = disk.datastore().url().replace("ds://", "") + disk.descriptorPath(layer);
        return new SoapFault(Data.of("FileFault").set("file", file), "Error caused by file " + file);
    }

    /** As many areas as one answer may hold; its length says how far it speaks. */
    private static Data areas(VmDisk disk, BitSet blocks, long start, int most) {
        long block = DiskChain.CHANGE_BLOCK;
        long size = disk.chain().size();
        List<Data> areas = new ArrayList<>();
        long covered = size;
        for (int from = blocks.nextSetBit((int) (start / block)); from >= 0; ) {
            int to = blocks.nextClearBit(from);
            long begin = Math.max(start, from * block);
            long end = Math.min(size, to * block);
            if (areas.size() == most) {
                covered = begin;
                break;
            }
            areas.add(Data.of("DiskChangeExtent").set("start", begin).set("length", end - begin));
            from = blocks.nextSetBit(to);
        }
        return Data.of("DiskChangeInfo")
                .set("startOffset", start)
                .set("length", covered - start)
                .set("changedArea", areas);
    }
}
