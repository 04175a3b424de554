package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.network.Binding;
import io.vmferry.kubevirt.yaml.Fields;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Disks, network cards and the small devices: {@code template.spec.domain.devices}. */
final class DeviceFields {
    private final TargetFacts facts;

    DeviceFields(TargetFacts facts) {
        this.facts = facts;
    }

    /** @param nics those that have a network */
    Fields of(VmPlan vm, List<NicPlan> nics) {
        Fields devices = new Fields();
        if (!vm.disks().isEmpty()) {
            devices.and("disks", vm.disks().stream().map(this::disk).toList());
        }
        if (nics.isEmpty()) {
            // Neither interface nor network means "the default one" to KubeVirt, not "none".
            devices.and("autoattachPodInterface", false);
        } else {
            devices.and("interfaces", nics.stream().map(this::nic).toList());
        }
        // An absolute pointer: without it the console's mouse drifts.
        devices.and(
                "inputs",
                List.of(Fields.with("type", "tablet")
                        .and("bus", "usb")
                        .and("name", "tablet")
                        .map()));
        if (!vm.target().profile().equals(TargetVm.BOOT_SAFE)) {
            // A virtio device; a guest without virtio drivers, for whom boot-safe is meant, has no use for it.
            devices.empty("rng");
        }
        if (vm.target().firmware().tpm() && facts.can(TargetFeature.TPM)) {
            devices.and(
                    "tpm", facts.can(TargetFeature.PERSISTENT_TPM) ? Fields.with("persistent", true) : new Fields());
        }
        return devices;
    }

    private Map<String, Object> disk(DiskPlan plan) {
        Fields disk = Fields.with("name", plan.name())
                .and("disk", Fields.with("bus", plan.bus()))
                .and("bootOrder", plan.bootOrder())
                .and("serial", plan.serial());
        if (plan.disk().shared() && facts.can(TargetFeature.SHAREABLE_DISK)) {
            // Two hosts that cache the same disk would not see each other's writes.
            disk.and("shareable", true).and("cache", "none");
        }
        return disk.map();
    }

    private Map<String, Object> nic(NicPlan plan) {
        String mac = plan.mac();
        Fields nic = Fields.with("name", plan.key())
                .and("model", plan.model())
                .and("macAddress", mac == null ? null : mac.toLowerCase(Locale.ROOT))
                .empty(Binding.of(plan));
        if (!plan.connected() && facts.can(TargetFeature.INTERFACE_STATE)) {
            nic.and("state", "down");
        }
        return nic.map();
    }
}
