package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import io.vmferry.simulator.vsphere.world.VmSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration of a machine: now, or as a snapshot keeps it. */
final class VmConfig {
    /** When everything here was made; times that matter come from the world's clock. */
    static final Instant MADE = Instant.parse("2025-03-01T09:00:00Z");

    private VmConfig() {}

    static Data of(Vm vm, @Nullable VmSnapshot snapshot, Scope scope) {
        VmSpec spec = vm.spec();
        Data config = Data.of("VirtualMachineConfigInfo")
                .set("changeVersion", MADE + "." + vm.revision())
                .set("modified", MADE)
                .set("name", vm.wireName())
                .set("guestFullName", spec.guestFullName)
                .set("version", spec.hardwareVersion)
                .set("uuid", vm.biosUuid())
                .set("createDate", MADE)
                .set("instanceUuid", vm.instanceUuid())
                .set("template", spec.template)
                .set("guestId", spec.guestId)
                .set("alternateGuestName", "")
                .set("annotation", spec.annotation)
                .set("files", files(vm))
                .set("tools", tools(spec))
                .set("flags", flags(spec))
                .set("hardware", hardware(vm, snapshot, scope))
                .set("cpuAllocation", allocation(spec.cpus * 1000))
                .set("memoryAllocation", allocation(spec.memoryMb * 10))
                .set("latencySensitivity", latency(spec))
                .set("memoryHotAddEnabled", spec.memoryHotAdd)
                .set("cpuHotAddEnabled", spec.cpuHotAdd)
                .set("cpuHotRemoveEnabled", false)
                .set("extraConfig", extraConfig(vm))
                .set("swapPlacement", "inherit")
                .set("bootOptions", boot(vm))
                .set("changeTrackingEnabled", spec.changeTracking)
                .set("firmware", spec.firmware)
                .set("maxMksConnections", 40)
                .set("guestAutoLockEnabled", true)
                .set("memoryReservationLockedToMax", false)
                .set("nestedHVEnabled", false)
                .set("vPMCEnabled", false)
                .set("migrateEncryption", spec.encrypted ? "required" : "opportunistic")
                .set("ftEncryptionMode", "ftEncryptionOpportunistic")
                .set("sevEnabled", false);
        if (spec.encrypted) {
            config.set("keyId", VmDevices.encryptionKey());
        }
        return config;
    }

    private static Data files(Vm vm) {
        String folder = "[" + vm.home().name() + "] " + vm.fileFolder() + "/";
        return Data.of("VirtualMachineFileInfo")
                .set("vmPathName", vm.vmxName())
                .set("snapshotDirectory", folder)
                .set("suspendDirectory", folder)
                .set("logDirectory", folder);
    }

    private static Data tools(VmSpec spec) {
        return Data.of("ToolsConfigInfo")
                .set("toolsVersion", spec.tools ? 12389 : 0)
                .set("afterPowerOn", true)
                .set("beforeGuestShutdown", true)
                .set("toolsUpgradePolicy", "manual")
                .set("syncTimeWithHost", false);
    }

    private static Data flags(VmSpec spec) {
        return Data.of("VirtualMachineFlagInfo")
                .set("enableLogging", true)
                .set("monitorType", "release")
                .set("snapshotDisabled", false)
                .set("diskUuidEnabled", "TRUE".equalsIgnoreCase(spec.extraConfig.get("disk.EnableUUID")))
                .set("vvtdEnabled", false)
                .set("vbsEnabled", false);
    }

    private static Data hardware(Vm vm, @Nullable VmSnapshot snapshot, Scope scope) {
        VmSpec spec = vm.spec();
        return Data.of("VirtualHardware")
                .set("numCPU", spec.cpus)
                .set("numCoresPerSocket", spec.coresPerSocket)
                .set("memoryMB", spec.memoryMb)
                .set("virtualICH7MPresent", false)
                .set("virtualSMCPresent", false)
                .set("device", VmDevices.of(vm, snapshot, scope));
    }

    private static Data allocation(int shares) {
        return Data.of("ResourceAllocationInfo")
                .set("reservation", 0L)
                .set("expandableReservation", false)
                .set("limit", -1L)
                .set("shares", Data.of("SharesInfo").set("shares", shares).set("level", "normal"));
    }

    private static Data latency(VmSpec spec) {
        return Data.of("LatencySensitivity").set("level", spec.latencySensitive ? "high" : "normal");
    }

    private static List<Data> extraConfig(Vm vm) {
        List<Data> options = new ArrayList<>();
        options.add(option("nvram", vm.fileFolder() + ".nvram"));
        options.add(option("svga.present", "TRUE"));
        vm.spec().extraConfig.forEach((key, value) -> options.add(option(key, value)));
        if (vm.spec().changeTracking) {
            options.add(option("ctkEnabled", "TRUE"));
            for (VmDisk disk : vm.disks()) {
                if (disk.tracked()) {
                    options.add(option("scsi" + disk.spec().bus + ":" + disk.unit() + ".ctkEnabled", "TRUE"));
                }
            }
        }
        return options;
    }

    private static Data option(String key, String value) {
        return Data.of("OptionValue").set("key", key).set("value", value);
    }

    private static Data boot(Vm vm) {
        List<Data> order = new ArrayList<>();
        if (!vm.disks().isEmpty()) {
            order.add(Data.of("VirtualMachineBootOptionsBootableDiskDevice")
                    .set("deviceKey", vm.disks().get(0).key()));
        }
        if (!vm.spec().nics.isEmpty()) {
            order.add(Data.of("VirtualMachineBootOptionsBootableEthernetDevice").set("deviceKey", VmDevices.FIRST_NIC));
        }
        return Data.of("VirtualMachineBootOptions")
                .set("bootDelay", 0L)
                .set("enterBIOSSetup", false)
                .set("efiSecureBootEnabled", vm.spec().secureBoot)
                .set("bootRetryEnabled", false)
                .set("bootRetryDelay", 10000L)
                .set("bootOrder", order)
                .set("networkBootProtocol", "ipv4");
    }
}
