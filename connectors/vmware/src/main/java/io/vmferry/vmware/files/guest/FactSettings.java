package io.vmferry.vmware.files.guest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The advanced settings of a VM that are worth keeping as facts. Only these: settings may hold passwords and keys
 * ({@code guestinfo.*}, {@code RemoteDisplay.vnc.password}), which must not get into plans and reports.
 */
public final class FactSettings {
    private static final Set<String> FACTS = Set.of(
            "cpuid.corespersocket",
            "ctkenabled",
            "disk.enableuuid",
            "ethernet0.uptcompatibility",
            "mce.enable",
            "mem.hotadd",
            "monitor_control.enable_fullcpuid",
            "numa.autosize.vcpu.maxpervirtualnode",
            "numa.nodeaffinity",
            "numa.vcpu.preferht",
            "nvram",
            "sched.cpu.affinity",
            "sched.cpu.latencysensitivity",
            "sched.mem.pin",
            "time.synchronize.continue",
            "tools.synctime",
            "uefi.secureboot.enabled",
            "vcpu.hotadd",
            "vcpu.hotremove",
            "vhv.enable",
            "virtualhw.productcompatibility",
            "virtualhw.version",
            "vvtd.enable",
            "windows.vbs.enabled");
    private static final int LONGEST = 256;

    private FactSettings() {}

    /** Those of the settings that are facts, with the names they have at the source. */
    public static Map<String, String> of(Map<String, String> settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            if (FACTS.contains(key.toLowerCase(Locale.ROOT)) && value.length() <= LONGEST) {
                facts.put(key, value);
            }
        });
        return facts;
    }
}
