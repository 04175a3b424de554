package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.Disk;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual disk as a VM's or a snapshot's hardware has it.
 *
 * @param deviceKey vSphere's key within the VM, for instance 2000
 * @param key as in {@link Disk#key}
 * @param capacityBytes 0 when the server does not say
 * @param busSharing {@code noSharing}, {@code physicalSharing}, {@code virtualSharing}; empty where the bus has no such thing
 */
public record DiskDevice(
        int deviceKey,
        String key,
        String label,
        long capacityBytes,
        Disk.Attachment attachment,
        String busSharing,
        DiskBacking backing) {
    private static final long KIB = 1024;

    /** Disks in the order of the hardware, which is the one that the vSphere client shows. */
    public static List<DiskDevice> of(List<XmlNode> devices) {
        Map<Integer, XmlNode> controllers = new HashMap<>();
        for (XmlNode device : devices) {
            Integer key = device.integer("key");
            if (key != null && device.at("busNumber") != null) {
                controllers.put(key, device);
            }
        }
        List<DiskDevice> disks = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (XmlNode device : devices) {
            XmlNode backing = device.at("backing");
            if (isDisk(device) && backing != null) {
                disks.add(disk(device, DiskBacking.of(backing), controller(device, controllers), keys));
            }
        }
        return disks;
    }

    /** One VM may have the same file twice only by mistake; keys must tell its disks apart all the same. */
    private static String unique(@Nullable String name, int deviceKey, Set<String> keys) {
        String key = name == null ? "device " + deviceKey : name;
        if (!keys.add(key)) {
            key += " (device " + deviceKey + ")";
            keys.add(key);
        }
        return key;
    }

    static boolean isDisk(XmlNode device) {
        return device.is("VirtualDisk") || device.at("capacityInKB") != null;
    }

    private static @Nullable XmlNode controller(XmlNode device, Map<Integer, XmlNode> controllers) {
        Integer key = device.integer("controllerKey");
        return key == null ? null : controllers.get(key);
    }

    private static DiskDevice disk(
            XmlNode device, DiskBacking backing, @Nullable XmlNode controller, Set<String> keys) {
        Integer key = device.integer("key");
        int deviceKey = key == null ? 0 : key;
        Long bytes = device.number("capacityInBytes");
        Long kib = device.number("capacityInKB");
        long capacity = bytes != null && bytes > 0
                ? bytes
                : kib != null && kib > 0 && kib < Long.MAX_VALUE / KIB ? kib * KIB : 0;
        return new DiskDevice(
                deviceKey,
                unique(backing.lastingName(), deviceKey, keys),
                device.text("deviceInfo.label", "Hard disk " + deviceKey),
                capacity,
                attachment(device, controller),
                controller == null ? "" : controller.text("sharedBus", ""),
                backing);
    }

    private static Disk.Attachment attachment(XmlNode device, @Nullable XmlNode controller) {
        Integer unit = device.integer("unitNumber");
        Integer number = controller == null ? null : controller.integer("busNumber");
        String type = controller == null ? "" : controller.type();
        return new Disk.Attachment(bus(type), model(type), number == null ? 0 : number, unit == null ? 0 : unit);
    }

    /** Unknown controllers are newer than this table; SCSI is what VMware gives by default. */
    private static String bus(String type) {
        if (type.contains("AHCI") || type.contains("SATA")) {
            return "sata";
        }
        if (type.contains("IDE")) {
            return "ide";
        }
        return type.contains("NVME") ? "nvme" : "scsi";
    }

    /** As a VMX names it. */
    private static String model(String type) {
        return switch (type) {
            case "ParaVirtualSCSIController" -> "pvscsi";
            case "VirtualLsiLogicController" -> "lsilogic";
            case "VirtualLsiLogicSASController" -> "lsisas1068";
            case "VirtualBusLogicController" -> "buslogic";
            case "VirtualAHCIController" -> "ahci";
            case "VirtualIDEController" -> "ide";
            case "VirtualNVMEController" -> "nvme";
            default -> type;
        };
    }
}
