package io.vmferry.rules.check;

import io.vmferry.spi.model.Device;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.List;
import java.util.Map;

/** Devices that stay behind. */
final class DeviceChecks implements Check {
    private static final Map<String, PlanFinding> BY_KIND = Map.of(
            "pci-passthrough", PlanFinding.DEVICE_PASSTHROUGH,
            "gpu", PlanFinding.DEVICE_GPU,
            "usb", PlanFinding.DEVICE_USB,
            "cdrom", PlanFinding.DEVICE_CDROM,
            "floppy", PlanFinding.DEVICE_FLOPPY,
            "sound", PlanFinding.DEVICE_SOUND,
            "serial", PlanFinding.DEVICE_SERIAL,
            "parallel", PlanFinding.DEVICE_PARALLEL,
            "watchdog", PlanFinding.DEVICE_WATCHDOG);

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        return facts.vm().devices().stream()
                .map(device -> finding(facts.vm().name(), device))
                .toList();
    }

    private static Finding finding(String vm, Device device) {
        PlanFinding finding = BY_KIND.getOrDefault(device.kind(), PlanFinding.DEVICE_OTHER);
        String label = device.label().isEmpty() ? device.kind() : device.label();
        String detail = device.detail().isEmpty() ? "" : " (" + device.detail() + ")";
        return finding.about(vm + " / " + label, finding.meaning().replaceFirst("\\.$", "") + detail);
    }
}
