package io.vmferry.rules.check;

import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.ArrayList;
import java.util.List;

/** UEFI, Secure Boot, TPM, and the architecture of processors. */
final class FirmwareChecks implements Check {
    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        String subject = Subject.of(vm);
        TargetFacts target = facts.target();
        List<Finding> findings = new ArrayList<>();
        if (vm.firmware().kind() == Firmware.Kind.EFI) {
            findings.add(PlanFinding.FIRMWARE_FALLBACK_LOADER.about(
                    subject,
                    "it boots by UEFI and its boot entries stay behind, so it boots only if its disk has the fallback"
                            + " loader; whether it does is unknown until the disk was read"));
            if (!target.can(TargetFeature.PERSISTENT_EFI)) {
                findings.add(PlanFinding.FIRMWARE_VARIABLES_VOLATILE.about(subject));
            }
        } else if (vm.cpu().architecture().equals("arm64")) {
            findings.add(PlanFinding.FIRMWARE_ARM_NEEDS_EFI.about(subject));
        }
        if (vm.firmware().secureBoot()) {
            findings.add(PlanFinding.FIRMWARE_SECURE_BOOT.about(subject));
        }
        if (vm.firmware().tpm()) {
            findings.add(PlanFinding.FIRMWARE_TPM_CONTENT.about(subject));
            if (!target.can(TargetFeature.TPM)) {
                findings.add(PlanFinding.FIRMWARE_TPM_UNSUPPORTED.about(
                        subject, "KubeVirt " + target.kubevirtVersion() + " has no TPM, so the VM gets none"));
            } else if (!target.can(TargetFeature.PERSISTENT_TPM)) {
                findings.add(PlanFinding.FIRMWARE_TPM_VOLATILE.about(subject));
            }
        }
        if (!target.architectures().isEmpty()
                && !target.architectures().contains(vm.cpu().architecture())) {
            findings.add(PlanFinding.TARGET_ARCHITECTURE.about(
                    subject,
                    "it needs " + vm.cpu().architecture() + ", the target's nodes are "
                            + target.architectures().stream().sorted().toList()));
        }
        return findings;
    }
}
