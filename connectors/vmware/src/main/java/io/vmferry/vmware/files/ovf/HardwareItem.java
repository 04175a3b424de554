package io.vmferry.vmware.files.ovf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One item of a {@code VirtualHardwareSection} ({@code Item}, {@code StorageItem} or {@code EthernetPortItem}) as CIM's
 * resource allocation settings name its fields.
 *
 * @param type CIM resource type, see the constants
 * @param fields first value of each field by local name, without blanks around
 * @param connections names of networks
 * @param config VMware's configuration keys of this device
 * @param configurations ids of the deployment options it belongs to; empty all
 * @param bound {@code min}, {@code max} and so on for a limit; empty or {@code normal} the device itself
 * @param line in the descriptor
 */
public record HardwareItem(
        int type,
        Map<String, String> fields,
        List<String> connections,
        Map<String, String> config,
        List<String> configurations,
        String bound,
        int line) {
    public static final int OTHER = 1;
    public static final int PROCESSOR = 3;
    public static final int MEMORY = 4;
    public static final int IDE_CONTROLLER = 5;
    public static final int SCSI_CONTROLLER = 6;
    public static final int ETHERNET = 10;
    public static final int FLOPPY = 14;
    public static final int CD = 15;
    public static final int DVD = 16;
    public static final int DISK = 17;
    /** "Other storage device": SATA and NVMe controllers, told apart by their subtype. */
    public static final int STORAGE_CONTROLLER = 20;

    public static final int SERIAL_PORT = 21;
    public static final int PARALLEL_PORT = 22;
    public static final int USB_CONTROLLER = 23;
    public static final int GRAPHICS = 24;
    public static final int SOUND = 35;

    public HardwareItem {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        connections = List.copyOf(connections);
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        configurations = List.copyOf(configurations);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public String instanceId() {
        return fields.getOrDefault("InstanceID", "");
    }

    public String subType() {
        return fields.getOrDefault("ResourceSubType", "");
    }

    /** What people call it: VirtualBox writes a caption where VMware writes an element name. */
    public String label() {
        return field("ElementName")
                .or(() -> field("Caption"))
                .or(() -> field("Description"))
                .orElse("Item " + instanceId());
    }
}
