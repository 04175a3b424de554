package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.Schema;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.NicSpec;
import io.vmferry.simulator.vsphere.world.Switch;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The devices of a machine with the keys that vCenter gives to them. */
final class VmDevices {
    static final int FIRST_NIC = 4000;
    private static final int PCI = 100;
    private static final int FIRST_NIC_UNIT = 7;
    private static final int FIRST_NIC_SLOT = 192;
    private static final int FIRST_OTHER = 13000;

    private VmDevices() {}

    static List<Data> of(Vm vm, @Nullable VmSnapshot snapshot, Scope scope) {
        List<Data> devices = new ArrayList<>();
        devices.add(device("VirtualIDEController", 200, "IDE 0").set("busNumber", 0));
        devices.add(device("VirtualIDEController", 201, "IDE 1").set("busNumber", 1));
        devices.add(device("VirtualPS2Controller", 300, "PS2 controller 0").set("busNumber", 0));
        devices.add(device("VirtualPCIController", PCI, "PCI controller 0").set("busNumber", 0));
        devices.add(device("VirtualSIOController", 400, "SIO controller 0").set("busNumber", 0));
        devices.add(device("VirtualKeyboard", 600, "Keyboard")
                .set("controllerKey", 300)
                .set("unitNumber", 0));
        devices.add(device("VirtualPointingDevice", 700, "Pointing device")
                .set("controllerKey", 300)
                .set("unitNumber", 1));
        devices.add(device("VirtualMachineVideoCard", 500, "Video card ")
                .set("controllerKey", PCI)
                .set("unitNumber", 0)
                .set("videoRamSizeInKB", 16384L)
                .set("numDisplays", 1)
                .set("enable3DSupport", false)
                .set("use3dRenderer", "automatic"));
        devices.add(device("VirtualMachineVMCIDevice", 12000, "VMCI device")
                .set("controllerKey", PCI)
                .set("unitNumber", 17));
        controllers(vm, devices);
        for (int i = 0; i < vm.disks().size(); i++) {
            VmDisk disk = vm.disks().get(i);
            if (snapshot == null || !disk.spec().mode.startsWith("independent")) {
                int layer = snapshot == null ? disk.layers() - 1 : vm.frozenLayer(disk, snapshot);
                devices.add(disk(disk, i, layer, snapshot, scope));
            }
        }
        for (int i = 0; i < vm.spec().nics.size(); i++) {
            devices.add(nic(vm.spec().nics.get(i), i, vm, scope));
        }
        if (vm.spec().tpm) {
            devices.add(device("VirtualTPM", 11000, "Virtual TPM"));
        }
        int key = FIRST_OTHER;
        for (String type : vm.spec().devices) {
            devices.add(other(type, key++));
        }
        return devices;
    }

    private static Data device(String type, int key, String label) {
        return Data.of(type)
                .set("key", key)
                .set("deviceInfo", Data.of("Description").set("label", label).set("summary", label));
    }

    private static void controllers(Vm vm, List<Data> devices) {
        Map<Integer, List<VmDisk>> byController = new TreeMap<>();
        for (VmDisk disk : vm.disks()) {
            int key = disk.bus().controllerKey(disk.spec().bus);
            byController.computeIfAbsent(key, each -> new ArrayList<>()).add(disk);
        }
        byController.forEach((key, disks) -> {
            VmDisk first = disks.get(0);
            List<Integer> keys = disks.stream().map(VmDisk::key).toList();
            String type = first.bus().type();
            if (type.equals("VirtualIDEController")) {
                devices.stream()
                        .filter(device -> Integer.valueOf(key).equals(device.get("key")))
                        .forEach(device -> device.set("device", keys));
                return;
            }
            int number = first.spec().bus;
            String label = first.bus().scsi()
                    ? "SCSI controller "
                    : type.contains("NVME") ? "NVME controller " : "SATA controller ";
            Data controller = device(type, key, label + number)
                    .set("controllerKey", PCI)
                    .set("unitNumber", 3 + number)
                    .set("busNumber", number)
                    .set("device", keys);
            if (first.bus().scsi()) {
                controller
                        .set("hotAddRemove", true)
                        .set("sharedBus", "noSharing")
                        .set("scsiCtlrUnitNumber", 7);
            }
            devices.add(controller);
        });
    }

    private static Data disk(VmDisk disk, int number, int layer, @Nullable VmSnapshot snapshot, Scope scope) {
        long size = disk.chain().size();
        @Nullable Data backing = null;
        for (int i = 0; i <= layer; i++) {
            Data each = backing(disk, i, scope);
            if (i > 0) {
                boolean sparse = disk.datastore().kind().delta().createType().equals("seSparse");
                if (disk.spec().rdm == null) {
                    each.set("deltaDiskFormat", sparse ? "seSparseFormat" : "redoLogFormat");
                }
                each.set("parent", backing);
            }
            backing = each;
        }
        String changeId =
                snapshot == null ? disk.tracked() ? disk.chain().changeId() : "" : disk.changeId(snapshot.index());
        if (backing != null && !changeId.isEmpty() && !"physicalMode".equals(disk.spec().rdm)) {
            backing.set("changeId", changeId);
        }
        return device("VirtualDisk", disk.key(), "Hard disk " + (number + 1))
                .set("backing", backing)
                .set("controllerKey", disk.bus().controllerKey(disk.spec().bus))
                .set("unitNumber", disk.unit())
                .set("capacityInKB", size / 1024)
                .set("capacityInBytes", size)
                .set("shares", Data.of("SharesInfo").set("shares", 1000).set("level", "normal"))
                .set("diskObjectId", "1-" + disk.key())
                .set("nativeUnmanagedLinkedClone", disk.linkedClone() ? true : null);
    }

    private static Data backing(VmDisk disk, int layer, Scope scope) {
        String rdm = disk.spec().rdm;
        Data backing = Data.of(
                        rdm == null ? "VirtualDiskFlatVer2BackingInfo" : "VirtualDiskRawDiskMappingVer1BackingInfo")
                .set("fileName", disk.fileName(layer))
                .set("datastore", scope.ref(disk.datastore()))
                .set("backingObjectId", disk.datastore().kind().hasFiles() ? null : disk.uuid())
                .set("diskMode", disk.spec().mode)
                .set("uuid", disk.uuid())
                .set("contentId", disk.uuid().replace("-", ""))
                .set("sharing", disk.spec().multiWriter ? "sharingMultiWriter" : "sharingNone");
        if (rdm != null) {
            return backing.set("compatibilityMode", rdm)
                    .set("lunUuid", "0200000000" + disk.uuid().replace("-", "").toLowerCase(Locale.ROOT))
                    .set("deviceName", "vml.0200000000" + disk.uuid().replace("-", ""));
        }
        return backing.set("thinProvisioned", disk.spec().thin)
                .set("split", false)
                .set("writeThrough", false)
                .set("digestEnabled", false);
    }

    static Data encryptionKey() {
        return Data.of("CryptoKeyId")
                .set("keyId", "a7c4f6d2-0001")
                .set("providerId", Data.of("KeyProviderId").set("id", "key-provider-1"));
    }

    private static Data nic(NicSpec nic, int number, Vm vm, Scope scope) {
        String type = switch (nic.model) {
            case "vmxnet3" -> "VirtualVmxnet3";
            case "e1000e" -> "VirtualE1000e";
            case "e1000" -> "VirtualE1000";
            case "sriov" -> "VirtualSriovEthernetCard";
            default -> throw new IllegalStateException("no network card " + nic.model);
        };
        return device(type, FIRST_NIC + number, "Network adapter " + (number + 1))
                .set("backing", network(nic.network, vm, number, scope))
                .set(
                        "connectable",
                        Data.of("VirtualDeviceConnectInfo")
                                .set("migrateConnect", "unset")
                                .set("startConnected", nic.startConnected)
                                .set("allowGuestControl", true)
                                .set("connected", vm.poweredOn() && nic.connected)
                                .set("status", vm.poweredOn() ? "ok" : "untried"))
                .set(
                        "slotInfo",
                        Data.of("VirtualDevicePciBusSlotInfo").set("pciSlotNumber", FIRST_NIC_SLOT + number * 32))
                .set("controllerKey", PCI)
                .set("unitNumber", FIRST_NIC_UNIT + number)
                .set("addressType", nic.macKind)
                .set("macAddress", nic.mac)
                .set("wakeOnLanEnabled", true)
                .set("uptCompatibilityEnabled", nic.model.equals("vmxnet3"));
    }

    private static Data network(Network network, Vm vm, int number, Scope scope) {
        Switch dvs = network.dvs();
        if (dvs != null) {
            return Data.of("VirtualEthernetCardDistributedVirtualPortBackingInfo")
                    .set(
                            "port",
                            Data.of("DistributedVirtualSwitchPortConnection")
                                    .set("switchUuid", dvs.uuid)
                                    .set("portgroupKey", network.id())
                                    .set(
                                            "portKey",
                                            Integer.toString(
                                                    Math.floorMod(vm.id().hashCode() + number, 4096)))
                                    .set("connectionCookie", vm.id().hashCode()));
        }
        if (network.kind() == Network.Kind.OPAQUE) {
            return Data.of("VirtualEthernetCardOpaqueNetworkBackingInfo")
                    .set("opaqueNetworkId", network.opaqueId())
                    .set("opaqueNetworkType", "nsx.LogicalSwitch");
        }
        return Data.of("VirtualEthernetCardNetworkBackingInfo")
                .set("deviceName", network.name())
                .set("useAutoDetect", false)
                .set("network", scope.ref(network));
    }

    private static Data other(String type, int key) {
        Data device = device(type, key, type.replaceFirst("^Virtual", "") + " " + (key - FIRST_OTHER));
        Schema.Type known = device.type();
        if (known.is("VirtualController")) {
            device.set("busNumber", 0).set("controllerKey", PCI);
        }
        return switch (type) {
            case "VirtualPCIPassthrough" ->
                device.set("controllerKey", PCI)
                        .set(
                                "backing",
                                Data.of("VirtualPCIPassthroughDeviceBackingInfo")
                                        .set("deviceName", "GPU")
                                        .set("id", "0000:3b:00.0")
                                        .set("deviceId", "1eb8")
                                        .set("systemId", "5f0e")
                                        .set("vendorId", (short) 4318));
            case "VirtualUSB" ->
                device.set("backing", Data.of("VirtualUSBUSBBackingInfo").set("deviceName", "path:1/0/1"));
            case "VirtualCdrom" ->
                device.set("controllerKey", 201)
                        .set("unitNumber", 0)
                        .set(
                                "backing",
                                Data.of("VirtualCdromIsoBackingInfo").set("fileName", "[datastore1] iso/setup.iso"));
            default -> device;
        };
    }
}
