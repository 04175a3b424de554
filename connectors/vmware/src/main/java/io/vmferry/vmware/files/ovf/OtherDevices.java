package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.model.Device;
import java.util.Locale;
import java.util.Optional;

/** Devices that are neither disk nor card nor controller of disks. */
final class OtherDevices {
    private OtherDevices() {}

    static boolean isTpm(HardwareItem item) {
        return item.type() == HardwareItem.OTHER
                && item.subType().toLowerCase(Locale.ROOT).contains("vtpm");
    }

    static Optional<Device> of(HardwareItem item) {
        String model = item.subType().toLowerCase(Locale.ROOT);
        String kind = switch (item.type()) {
            case HardwareItem.CD, HardwareItem.DVD -> "cdrom";
            case HardwareItem.FLOPPY -> "floppy";
            case HardwareItem.USB_CONTROLLER -> "usb";
            case HardwareItem.SERIAL_PORT -> "serial";
            case HardwareItem.PARALLEL_PORT -> "parallel";
            case HardwareItem.SOUND -> "sound";
            case HardwareItem.OTHER -> kindOf(model);
            case HardwareItem.PROCESSOR,
                    HardwareItem.MEMORY,
                    HardwareItem.IDE_CONTROLLER,
                    HardwareItem.SCSI_CONTROLLER,
                    HardwareItem.STORAGE_CONTROLLER,
                    HardwareItem.ETHERNET,
                    HardwareItem.DISK -> "";
            default -> "other";
        };
        if (kind.isEmpty() || isTpm(item)) {
            return Optional.empty();
        }
        String detail = item.field("HostResource")
                .map(host -> (item.subType() + " " + host).strip())
                .orElse(item.subType());
        return Optional.of(new Device(kind, item.label(), detail));
    }

    /** VMware exports everything that CIM has no number for as "other", told apart by its subtype. */
    private static String kindOf(String model) {
        if (model.contains("passthrough-vmiop")) {
            return "gpu";
        }
        if (model.contains("pci.passthrough") || model.contains("sriov")) {
            return "pci-passthrough";
        }
        if (model.contains("soundcard")) {
            return "sound";
        }
        if (model.contains("watchdog")) {
            return "watchdog";
        }
        return model.contains("usb") ? "usb" : "other";
    }
}
