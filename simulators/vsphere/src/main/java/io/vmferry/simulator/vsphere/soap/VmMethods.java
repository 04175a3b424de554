package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.NicSpec;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What is done to machines: power, snapshots, configuration. */
final class VmMethods {
    private VmMethods() {}

    static void addTo(Map<String, SoapService.Method> methods) {
        methods.put(
                "PowerOnVM_Task",
                call -> task(call, "PowerOn", "VirtualMachine.powerOn", vm -> {
                    vm.powerOn();
                    return null;
                }));
        methods.put(
                "PowerOffVM_Task",
                call -> task(call, "PowerOff", "VirtualMachine.powerOff", vm -> {
                    vm.powerOff();
                    return null;
                }));
        methods.put("ShutdownGuest", call -> {
            call.require("VirtualMachine.Interact.PowerOff");
            call.self(Vm.class).shutdownGuest();
        });
        methods.put("CreateSnapshot_Task", VmMethods::snapshot);
        methods.put("CreateSnapshotEx_Task", VmMethods::snapshot);
        methods.put("RemoveSnapshot_Task", VmMethods::removeSnapshot);
        methods.put("RemoveAllSnapshots_Task", call -> {
            call.require("VirtualMachine.State.RemoveSnapshot");
            Vm vm = call.self(Vm.class);
            call.returns(call.world().task(vm, "vm.Snapshot.removeAll", () -> {
                List<VmSnapshot> line = vm.snapshots();
                for (int i = line.size() - 1; i >= 0; i--) {
                    vm.remove(line.get(i));
                }
                return null;
            }));
        });
        methods.put("ConsolidateVMDisks_Task", call -> {
            call.session();
            Vm vm = call.self(Vm.class);
            call.returns(call.world().task(vm, "VirtualMachine.consolidateDisks", () -> {
                vm.spec().consolidationNeeded = false;
                vm.touch();
                return null;
            }));
        });
        methods.put("ReconfigVM_Task", VmMethods::reconfigure);
    }

    private interface Work {
        @Nullable
        Object on(Vm vm);
    }

    private static void task(Call call, String privilege, String id, Work work) {
        call.require("VirtualMachine.Interact." + privilege);
        Vm vm = call.self(Vm.class);
        Callable<@Nullable Object> body = () -> work.on(vm);
        call.returns(call.world().task(vm, id, body));
    }

    private static void snapshot(Call call) {
        call.require("VirtualMachine.State.CreateSnapshot");
        Vm vm = call.self(Vm.class);
        String name = call.text("name");
        String description = call.args.text("description");
        boolean quiesce = call.args.flag("quiesce") || call.args.child("quiesceSpec") != null;
        boolean memory = call.args.flag("memory");
        call.returns(call.world().task(vm, "VirtualMachine.createSnapshot", () -> {
            if (call.world().snapshotsWithoutSpace > 0) {
                call.world().snapshotsWithoutSpace--;
                throw new SoapFault(
                        Data.of("NoDiskSpace")
                                .set("file", "[" + vm.home().name() + "] " + vm.fileFolder())
                                .set("datastore", vm.home().name()),
                        "Insufficient disk space on datastore '" + vm.home().name() + "'.");
            }
            return vm.snapshot(name, description == null ? "" : description, quiesce, memory);
        }));
    }

    private static void removeSnapshot(Call call) {
        call.require("VirtualMachine.State.RemoveSnapshot");
        VmSnapshot snapshot = call.self(VmSnapshot.class);
        boolean children = call.args.flag("removeChildren");
        Vm vm = snapshot.vm;
        call.returns(call.world().task(vm, "vm.Snapshot.remove", () -> {
            List<VmSnapshot> line = vm.snapshots();
            for (int i = line.size() - 1; children && i > snapshot.index(); i--) {
                vm.remove(line.get(i));
            }
            vm.remove(snapshot);
            return null;
        }));
    }

    /** Changed block tracking and the plug of network cards: nothing else is asked for. */
    private static void reconfigure(Call call) {
        call.session();
        Vm vm = call.self(Vm.class);
        Node spec = call.args.child("spec");
        if (spec == null) {
            throw SoapFault.invalidArgument("spec");
        }
        String tracking = spec.text("changeTrackingEnabled");
        if (tracking != null) {
            call.require("VirtualMachine.Config.ChangeTracking");
        }
        List<Node> changes = spec.children("deviceChange");
        if (!changes.isEmpty()) {
            call.require("VirtualMachine.Interact.DeviceConnection");
        }
        call.returns(call.world().task(vm, "VirtualMachine.reconfigure", () -> {
            if (tracking != null) {
                if (Boolean.parseBoolean(tracking) && !vm.snapshots().isEmpty()) {
                    throw new SoapFault(
                            "InvalidState", "Change tracking cannot be enabled on a virtual machine with snapshots.");
                }
                vm.changeTracking(Boolean.parseBoolean(tracking));
            }
            changes.forEach(change -> plug(vm, change));
            vm.touch();
            return null;
        }));
    }

    private static void plug(Vm vm, Node change) {
        Node device = change.child("device");
        Node connect = device == null ? null : device.child("connectable");
        String key = device == null ? null : device.text("key");
        int index = key == null ? -1 : Integer.parseInt(key) - VmDevices.FIRST_NIC;
        if (!"edit".equals(change.text("operation"))
                || index < 0
                || index >= vm.spec().nics.size()) {
            throw new SoapFault(
                    Data.of("InvalidDeviceSpec").set("deviceIndex", 0), "Invalid configuration for device '0'.");
        }
        NicSpec nic = vm.spec().nics.get(index);
        if (connect != null) {
            nic.connected = connect.flag("connected");
            nic.startConnected = connect.flag("startConnected");
        }
    }
}
