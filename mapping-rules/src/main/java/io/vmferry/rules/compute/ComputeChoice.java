package io.vmferry.rules.compute;

import io.vmferry.rules.match.VmMatch;
import io.vmferry.rules.model.ComputeTarget;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.Profile;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.TargetVm;
import java.util.Optional;

/** What override, compute rule, policy and facts together say about a VM's hardware, in that order. */
public final class ComputeChoice {
    private final MigrationFile file;
    private final MappingRules rules;
    private final Overrides overrides;

    public ComputeChoice(MigrationFile file, MappingRules rules) {
        this.file = file;
        this.rules = rules;
        this.overrides = new Overrides(file.overrides());
    }

    /** The compute rule that matches. */
    Optional<MappingRule<VmMatch, ComputeTarget>> rule(Vm vm) {
        return MappingRules.first(rules.compute(), match -> match.matches(vm));
    }

    ComputeTarget target(Vm vm) {
        ComputeTarget to = rule(vm).map(MappingRule::to).orElse(null);
        return to == null ? ComputeTarget.FROM_FACTS : to;
    }

    /** {@link TargetVm#VIRTIO} or {@link TargetVm#BOOT_SAFE}. */
    String profile(Vm vm) {
        Profile profile = overrides.of(vm).profile();
        if (profile == null) {
            profile = target(vm).profile();
        }
        if (profile == null) {
            profile = file.policy().profile();
        }
        boolean virtio = profile == Profile.VIRTIO
                || (profile == Profile.AUTO && GuestSupport.of(vm.guest()).suitsVirtio());
        return virtio ? TargetVm.VIRTIO : TargetVm.BOOT_SAFE;
    }

    /** Disk bus. On arm64 KubeVirt admits virtio and scsi only. */
    public String diskBus(Vm vm) {
        String asked = target(vm).diskBus();
        if (asked != null) {
            return asked;
        }
        boolean virtio = profile(vm).equals(TargetVm.VIRTIO);
        return virtio ? "virtio" : isArm(vm) ? "scsi" : "sata";
    }

    /** Model of network cards. */
    public String nicModel(Vm vm) {
        String asked = target(vm).nicModel();
        if (asked != null) {
            return asked;
        }
        return profile(vm).equals(TargetVm.VIRTIO) || isArm(vm) ? "virtio" : "e1000e";
    }

    String machine(Vm vm) {
        String asked = target(vm).machine();
        if (asked != null) {
            return asked;
        }
        return isArm(vm) ? "virt" : vm.cpu().architecture().equals("s390x") ? "s390-ccw-virtio" : "q35";
    }

    private static boolean isArm(Vm vm) {
        return vm.cpu().architecture().equals("arm64");
    }
}
