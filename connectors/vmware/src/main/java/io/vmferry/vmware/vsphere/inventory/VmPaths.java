package io.vmferry.vmware.vsphere.inventory;

import java.util.List;

/** The properties of a VM that are read. Those that an older server does not know are left out by the reader. */
final class VmPaths {
    /** Enough to list VMs: one small answer for thousands. */
    static final List<String> LIST = List.of("name", "parent", "parentVApp", "config.instanceUuid", "runtime.host");

    /** Everything that planning, mapping or building may need. Parts of {@code config} by name: whole, it has also secrets. */
    static final List<String> FULL = List.of(
            "name",
            "parent",
            "parentVApp",
            "resourcePool",
            "customValue",
            "config.uuid",
            "config.instanceUuid",
            "config.annotation",
            "config.template",
            "config.version",
            "config.guestId",
            "config.guestFullName",
            "config.firmware",
            "config.bootOptions",
            "config.hardware",
            "config.extraConfig",
            "config.flags",
            "config.files",
            "config.changeTrackingEnabled",
            "config.cpuHotAddEnabled",
            "config.cpuHotRemoveEnabled",
            "config.memoryHotAddEnabled",
            "config.cpuAllocation",
            "config.memoryAllocation",
            "config.memoryReservationLockedToMax",
            "config.cpuAffinity",
            "config.memoryAffinity",
            "config.latencySensitivity",
            "config.nestedHVEnabled",
            "config.vPMCEnabled",
            "config.keyId",
            "config.ftInfo",
            "config.managedBy",
            "config.numaInfo",
            "config.sevEnabled",
            "config.sgxInfo",
            "config.repConfig",
            "config.migrateEncryption",
            "guest.net",
            "guest.ipStack",
            "guest.disk",
            "guest.hostName",
            "guest.guestFullName",
            "guest.toolsRunningStatus",
            "guest.toolsVersion",
            "guest.toolsVersionStatus2",
            "guest.guestState",
            "runtime.powerState",
            "runtime.connectionState",
            "runtime.host",
            "runtime.consolidationNeeded",
            "runtime.faultToleranceState",
            "runtime.question",
            "runtime.instantCloneFrozen",
            "snapshot",
            "layoutEx.file",
            "layoutEx.disk",
            "summary.storage");

    private VmPaths() {}
}
