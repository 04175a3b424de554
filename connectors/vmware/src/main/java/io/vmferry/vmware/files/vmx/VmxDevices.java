package io.vmferry.vmware.files.vmx;

import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What hangs on the controllers of a VMX: disks, and drives for CDs and floppies. */
final class VmxDevices {
    /** In the order in which VMware's firmware looks for disks. */
    private static final List<String> BUSES = List.of("sata", "ide", "scsi", "nvme");

    private static final Pattern UNIT = Pattern.compile("(scsi|sata|ide|nvme)(\\d{1,3}):(\\d{1,3})\\.present");

    /**
     * A disk.
     *
     * @param key prefix of its settings: {@code scsi0:1}
     */
    record DiskUnit(String key, Attachment attachment, String fileName, String mode, boolean shared) {}

    private final VmxFile vmx;

    VmxDevices(VmxFile vmx) {
        this.vmx = vmx;
    }

    /** In the firmware's order. */
    List<DiskUnit> disks() {
        List<DiskUnit> disks = new ArrayList<>();
        for (Attachment at : units()) {
            String key = key(at);
            if (isDisk(key)) {
                String bus = at.bus() + at.controllerNumber();
                boolean shared =
                        vmx.text(key + ".sharing").toLowerCase(Locale.ROOT).contains("multi-writer")
                                || vmx.value(bus + ".sharedBus")
                                        .filter(s -> !s.equalsIgnoreCase("none"))
                                        .isPresent();
                disks.add(new DiskUnit(key, at, vmx.text(key + ".fileName"), vmx.text(key + ".mode"), shared));
            }
        }
        return disks;
    }

    /** A disk without its kind stated is one when it names a VMDK: so old configurations do. */
    private boolean isDisk(String key) {
        String type = vmx.text(key + ".deviceType").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            return vmx.text(key + ".fileName").toLowerCase(Locale.ROOT).endsWith(".vmdk");
        }
        return type.contains("disk");
    }

    List<Device> others() {
        List<Device> devices = new ArrayList<>();
        for (Attachment at : units()) {
            String key = key(at);
            if (!isDisk(key)) {
                String type = vmx.text(key + ".deviceType");
                devices.add(new Device(
                        type.isEmpty() || type.toLowerCase(Locale.ROOT).contains("cdrom") ? "cdrom" : "other",
                        key,
                        (type + " " + vmx.text(key + ".fileName")).strip()));
            }
        }
        for (int i = 0; i < 4; i++) {
            add(devices, "floppy", "floppy" + i);
            add(devices, "serial", "serial" + i);
            add(devices, "parallel", "parallel" + i);
        }
        for (int i = 0; i < 16; i++) {
            add(devices, "pci-passthrough", "pciPassthru" + i);
        }
        add(devices, "sound", "sound");
        add(devices, "usb", "usb");
        add(devices, "usb", "ehci");
        add(devices, "usb", "usb_xhci");
        return devices;
    }

    private void add(List<Device> devices, String kind, String key) {
        if (vmx.isTrue(key + ".present")) {
            String detail = (vmx.text(key + ".virtualDev") + " " + vmx.text(key + ".fileType") + " "
                            + vmx.text(key + ".fileName"))
                    .strip()
                    .replaceAll("\\s+", " ");
            devices.add(new Device(kind, key, detail));
        }
    }

    private List<Attachment> units() {
        List<Attachment> units = new ArrayList<>();
        for (String key : vmx.values().keySet()) {
            Matcher unit = UNIT.matcher(key);
            if (unit.matches() && vmx.isTrue(key)) {
                String bus = unit.group(1);
                int controller = Integer.parseInt(unit.group(2));
                units.add(new Attachment(
                        bus, vmx.text(bus + controller + ".virtualDev"), controller, Integer.parseInt(unit.group(3))));
            }
        }
        units.sort(VmxDevices::compare);
        return units;
    }

    private static int compare(Attachment a, Attachment b) {
        int byBus = Integer.compare(BUSES.indexOf(a.bus()), BUSES.indexOf(b.bus()));
        int byController = Integer.compare(a.controllerNumber(), b.controllerNumber());
        return byBus != 0 ? byBus : byController != 0 ? byController : Integer.compare(a.unit(), b.unit());
    }

    private static String key(Attachment at) {
        return at.bus() + at.controllerNumber() + ":" + at.unit();
    }
}
