package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.Device;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.List;

/** Devices that are neither disk nor card nor part of every VM. */
final class DeviceMapping {
    private DeviceMapping() {}

    static List<Device> of(List<XmlNode> hardware) {
        List<Device> devices = new ArrayList<>();
        for (XmlNode device : hardware) {
            String kind = DiskDevice.isDisk(device) || NicMapping.isNic(device) ? "" : kind(device);
            if (!kind.isEmpty()) {
                devices.add(new Device(kind, device.text("deviceInfo.label", device.type()), detail(device)));
            }
        }
        return devices;
    }

    static boolean isTpm(XmlNode device) {
        return device.is("VirtualTPM");
    }

    private static String kind(XmlNode device) {
        String type = device.type();
        return switch (type) {
            // Part of every VM, or told otherwise: the TPM by the firmware, controllers by the disks.
            case "VirtualKeyboard",
                    "VirtualPointingDevice",
                    "VirtualPS2Controller",
                    "VirtualPCIController",
                    "VirtualSIOController",
                    "VirtualMachineVMCIDevice",
                    "VirtualMachineVideoCard",
                    "VirtualNVDIMMController",
                    "VirtualTPM" -> "";
            case "VirtualCdrom" -> "cdrom";
            case "VirtualFloppy" -> "floppy";
            case "VirtualUSB", "VirtualUSBController", "VirtualUSBXHCIController" -> "usb";
            case "VirtualSerialPort" -> "serial";
            case "VirtualParallelPort" -> "parallel";
            case "VirtualWDT" -> "watchdog";
            case "VirtualSoundCard", "VirtualHdAudioCard", "VirtualEnsoniq1371", "VirtualSoundBlaster16" -> "sound";
            case "VirtualPCIPassthrough" -> device.text("backing.vgpu") != null ? "gpu" : "pci-passthrough";
            default -> device.at("busNumber") != null ? "" : "other";
        };
    }

    private static String detail(XmlNode device) {
        XmlNode backing = device.at("backing");
        if (backing == null) {
            return device.type();
        }
        String what = backing.text(
                "vgpu", backing.text("fileName", backing.text("deviceName", backing.text("deviceId", ""))));
        return what.isEmpty() ? backing.type() : what;
    }
}
