package io.vmferry.rules.check;

import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;

/** What UEFI, Secure Boot and a TPM keep outside the disks. */
final class FirmwareChecks implements Check {
    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        String subject = Subject.of(vm);
        List<Finding> findings = new ArrayList<>();
        if (vm.firmware().kind() == Firmware.Kind.EFI) {
            findings.add(PlanFinding.FIRMWARE_FALLBACK_LOADER.about(
                    subject,
                    "it boots by UEFI and its boot entries stay behind, so it boots only if its disk has the fallback"
                            + " loader; whether it does is unknown until the disk was read"));
        }
        if (vm.firmware().secureBoot()) {
            findings.add(PlanFinding.FIRMWARE_SECURE_BOOT.about(subject));
        }
        if (vm.firmware().tpm()) {
            findings.add(PlanFinding.FIRMWARE_TPM_CONTENT.about(subject));
        }
        return findings;
    }
}
